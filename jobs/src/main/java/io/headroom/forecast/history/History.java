package io.headroom.forecast.history;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One measure of one provider and region on one complete day. */
public enum History implements Field {
    DAY(Spec.date("UTC day.").required()),
    MEASURE(Spec.string(
                    "gpu_hours (allocated, H100 equivalents), tokens or mw (mean metered IT power; clusters without meters have none).")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity; all for the fleet.").required()),
    REGION(Spec.string("Region; all for the whole provider or fleet.").required()),
    VALUE(Spec.number(
                    "of the measure",
                    "Actual of the day: H100e-hours, tokens, or MW; what telemetry covers, at least 95 %, stands for all of it.")
            .required());

    public static final Table TABLE = Table.forecast("history")
            .grain("one measure of one provider and region on one complete day")
            .fields(values())
            .build();

    public static final SelectJob JOB = SelectJob.of(
            History.class,
            TABLE,
            Input.all(UtilisationHourly.TABLE),
            Input.all(PowerDensityHourly.TABLE),
            Input.all(TokenHourly.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    History(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
