package io.headroom.forecast.capacity_gap;

import io.headroom.forecast.demand.Demand;
import io.headroom.forecast.supply.Supply;
import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One measure of one provider and region under one scenario. */
public enum CapacityGap implements Field {
    SCENARIO(Spec.string("The scenario; base for milestones as planned and demand as forecast.")
            .required()),
    MEASURE(Spec.string("gpu_hours (allocated, H100 equivalents) or mw (mean IT power); tokens have no supply.")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity; all for the fleet.").required()),
    REGION(Spec.string("Region; all for the whole provider or fleet.").required()),
    ORIGIN(Spec.date("Last day of history that the forecast knows.").required()),
    COMPARED_FROM(
            Spec.date("First day forecast with supply known, from which on it is compared; null if there is none.")),
    UNTIL(Spec.date("Last day looked at.").required()),
    FIRST_DAY_P50_EXCEEDS(Spec.date(
            "First day whose mean demand at P50 exceeds supply; null if it never does, or if supply is unknown.")),
    FIRST_DAY_P90_EXCEEDS(Spec.date(
            "First day whose mean demand at P90 exceeds supply; null if it never does, or if supply is unknown.")),
    SUPPLY_AT_END(Spec.number("of the measure", "Supply on the last day; null if no step of it is known.")),
    P50_AT_END(Spec.number("of the measure", "P50 demand on the last day.")),
    P90_AT_END(Spec.number("of the measure", "P90 demand on the last day.")),
    MAX_SHORT_P50(
            Spec.number("of the measure", "Largest excess of P50 over supply; 0 if none, null if supply is unknown.")),
    MAX_SHORT_P90(
            Spec.number("of the measure", "Largest excess of P90 over supply; 0 if none, null if supply is unknown.")),
    DAYS_P50_EXCEEDS(Spec.count(
            "days", "Days until the last on which mean demand at P50 exceeds supply: a short spell has few of them."));

    public static final Table TABLE = Table.forecast("capacity_gap")
            .grain("one measure of one provider and region under one scenario")
            .fields(values())
            .build();

    public static final SelectJob JOB =
            SelectJob.of(CapacityGap.class, TABLE, Input.all(Demand.TABLE), Input.all(Supply.TABLE));

    private final Spec spec;

    CapacityGap(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
