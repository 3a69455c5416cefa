package io.headroom.mart.power_density_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.pue.Pue;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One hour of one place at one level. */
public enum PowerDensityHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    LEVEL(Spec.string(
                    "gpu, node, rack, row, it or facility; racks and hosts outside any rack together are all of a cluster, once.")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK_ROW(Spec.string("Row of racks: the one measured, or in which the rack stands that day.")),
    RACK(Spec.string("The rack, or that of the host or the GPUs.")),
    NODE(Spec.string("The host; at level gpu only where no rack is told.")),
    POWER_BASIS(Spec.string(
                    "metered: meters of the place, else of all its parts; gpu_sum: GPU boards alone, or some part of which they tell;"
                            + " modelled: IT power times PUE.")
            .required()),
    IS_SUM_OF_PARTS(Spec.flag("Whether it is the sum of its parts, not its own meter or boards.")
            .required()),
    ENERGY_METHOD(
            Spec.string(
                    "How meters tell energy: counter, watts times time, or both; null for boards, whose energy mart.rack_instant tells.")),
    PARTS(Spec.integer("parts", "GPUs, hosts or racks told within it.")),
    MEAN_POWER_W(Spec.number("W", "Mean over the time covered; at level gpu of one GPU.")),
    P95_POWER_W(
            Spec.number(
                    "W",
                    "Power that is not exceeded for 95 % of the time covered; at level gpu by 95 % of the GPUs in their mean,"
                            + " null in an hour that counters alone tell, or into which no more than the end of a sample reaches.")),
    MAX_POWER_W(Spec.number("W", "Highest moment; at level gpu the highest mean of a GPU, null as its p95 is.")),
    COVERED_S(
            Spec.number(
                    "s",
                    "Time that is covered by as many meters as read at any moment of the hour, by all parts, or by telemetry of the boards; at level gpu GPU time.")),
    ENERGY_J(Spec.number("J", "Energy over the time covered; at level gpu of all GPUs.")),
    COINCIDENCE_FACTOR(Spec.number(
            "share",
            "Highest sum of the parts over the sum of their highest; null where it has no parts that all tell.")),
    TGP_W(Spec.number("W", "Sum of the total graphics power of the GPUs observed; at level gpu of one GPU.")),
    NAMEPLATE_W(Spec.number("W", "Rack nameplate power of the cluster; at level row and it that of all racks told.")),
    ENVELOPE_W(Spec.number("W", "Power granted: the enforced limit of a GPU, the envelope of IT or of the facility.")),
    PLANNED_PUE(Spec.number("ratio", "PUE to plan with, at level it and facility."));

    public static final Table TABLE = Table.mart("power_density_hourly")
            .grain(
                    "one hour of one place at one level: gpu (the GPUs of one rack, or of one host outside any rack), node, rack, row, it or facility")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            PowerDensityHourly.class,
            TABLE,
            Input.day(PowerInstant.TABLE),
            Input.day(GpuSample.TABLE),
            Input.day(RackInstant.TABLE),
            Input.all(Accelerator.TABLE),
            Input.all(Cluster.TABLE),
            Input.all(Pue.TABLE));

    private final Spec spec;

    PowerDensityHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
