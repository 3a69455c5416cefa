package io.headroom.mart.power_density_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One hour of one rack, or of one host outside any rack. */
public enum PowerDensityHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK(Spec.string("The rack.")),
    NODE(Spec.string("The host, where no rack is told.")),
    POWER_BASIS(Spec.string("metered: the sum of the rack's own meters or, where none read, of all its hosts' meters;"
                    + " else gpu_sum: the boards alone.")
            .required()),
    MEAN_POWER_W(Spec.number("W", "Mean over the time covered.")),
    P95_POWER_W(Spec.number("W", "Power that is not exceeded for 95 % of the time covered.")),
    MAX_POWER_W(Spec.number("W", "Highest moment.")),
    COVERED_S(
            Spec.number(
                    "s",
                    "Time that is covered by as many meters as read at any moment of the hour, or by telemetry of the boards.")),
    ENERGY_J(Spec.number("J", "Energy over the time covered.")),
    TGP_W(Spec.number("W", "Sum of the total graphics power of the GPUs observed.")),
    NAMEPLATE_W(Spec.number("W", "Rack nameplate power of the cluster."));

    public static final Table TABLE = Table.mart("power_density_hourly")
            .grain("one hour of one rack, or of one host outside any rack")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            PowerDensityHourly.class,
            TABLE,
            Input.day(PowerSample.TABLE),
            Input.day(GpuSample.TABLE),
            Input.day(RackInstant.TABLE),
            Input.all(Accelerator.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    PowerDensityHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
