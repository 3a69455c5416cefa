package io.headroom.forecast.demand;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The forecast of one measure of one provider and region for one day. */
public enum Demand implements Field {
    MEASURE(Spec.string("gpu_hours (allocated, H100 equivalents), tokens or mw (mean IT power).")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity; all for the fleet.").required()),
    REGION(Spec.string("Region; all for the whole provider or fleet.").required()),
    ORIGIN(Spec.date("Last day of history that the forecast knows.").required()),
    DAY(Spec.date("Day that is forecast.").required()),
    P10(Spec.number("of the measure", "10th percentile of the day; those of regions do not add up to the total's.")
            .required()),
    P50(Spec.number("of the measure", "Median of the day; a total's is the sum of its regions'.")
            .required()),
    P90(Spec.number("of the measure", "90th percentile of the day; those of regions do not add up to the total's.")
            .required()),
    MODEL_ID(Spec.string("Model that made it.").required());

    public static final Table TABLE = Table.forecast("demand")
            .grain("the forecast of one measure of one provider and region for one day")
            .fields(values())
            .build();

    private final Spec spec;

    Demand(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
