package io.headroom.mart.utilisation_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One hour of one workload on one accelerator in one cluster. */
public enum UtilisationHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    ACCELERATOR(Spec.string("Accelerator model.")),
    WORKLOAD(Spec.string("Workload; null when unallocated or unknown.")),
    INSTALLED_GPU_HOURS(Spec.number("GPU h", "GPU-hours observed.").required()),
    HEALTHY_GPU_HOURS(Spec.number("GPU h", "Of them healthy.")),
    HEALTHY_REPORTING_GPU_HOURS(
            Spec.number("GPU h", "GPU-hours that tell health: the denominator of the healthy share.")),
    ALLOCATED_GPU_HOURS(Spec.number("GPU h", "Of them allocated.")),
    ALLOCATED_REPORTING_GPU_HOURS(
            Spec.number("GPU h", "GPU-hours that tell allocation: the denominator of the allocated share.")),
    SM_ACTIVE_GPU_HOURS(Spec.number("GPU h", "SM-active GPU-hours.")),
    SM_REPORTING_GPU_HOURS(Spec.number("GPU h", "GPU-hours that tell SM activity: the denominator of SM utilisation.")),
    TENSOR_ACTIVE_GPU_HOURS(Spec.number("GPU h", "Tensor-active GPU-hours.")),
    TENSOR_REPORTING_GPU_HOURS(
            Spec.number("GPU h", "GPU-hours that tell tensor activity: the denominator of tensor utilisation.")),
    H100_EQUIVALENTS(Spec.number("H100e", "H100s that one GPU counts as; null for an unknown accelerator.")),
    ALLOCATED_H100E_HOURS(
            Spec.number("H100e h", "Allocated GPU-hours in H100 equivalents; null where either is not told.")),
    ALLOCATED_REPORTING_H100E_HOURS(
            Spec.number("H100e h", "GPU-hours that tell allocation, in H100 equivalents: its denominator.")),
    GPU_ENERGY_J(Spec.number("J", "Energy of the GPU boards, of those that tell it.")),
    POWER_REPORTING_GPU_HOURS(Spec.number("GPU h", "GPU-hours that tell power.")),
    COUNTER_ENERGY_J(
            Spec.number("J", "Of the energy, that told by the boards' energy counters; the rest is watts over time.")),
    COUNTER_GPU_HOURS(Spec.number("GPU h", "Of the GPU-hours that tell power, those told by energy counters.")),
    ENERGY_COUNTER_RESETS(Spec.count("resets", "Resets of energy counters."));

    public static final Table TABLE = Table.mart("utilisation_hourly")
            .grain("one hour of one workload on one accelerator in one cluster")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB =
            SelectJob.of(UtilisationHourly.class, TABLE, Input.day(RackInstant.TABLE), Input.all(Accelerator.TABLE));

    private final Spec spec;

    UtilisationHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
