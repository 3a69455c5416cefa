package io.headroom.mart.rack_instant;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** GPUs of one workload and accelerator in one rack, or on one host outside any rack, at one instant. */
public enum RackInstant implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK(Spec.string("The rack; on NVL72 an NVLink domain.")),
    NODE(Spec.string("The host, where no rack is told.")),
    ACCELERATOR(Spec.string("Accelerator model.")),
    WORKLOAD(Spec.string("Workload; null when unallocated or unknown.")),
    INSTANT(Spec.instant(
                    "Start of the time that samples stand for: their intervals counted from midnight, and cut at each hour.")
            .required()),
    INTERVAL_S(Spec.number("s", "Time that the instant stands for; it never passes the end of the hour.")
            .required()),
    GPU_SAMPLES(Spec.count("samples", "GPU samples; those of a time cut at an hour count at its start.")
            .required()),
    GPU_SECONDS(Spec.number("GPU s", "GPU time observed; a MIG instance is an equal part of its GPU.")
            .required()),
    HEALTHY_GPU_SECONDS(Spec.number("GPU s", "Of it healthy; null when no sample tells.")),
    HEALTHY_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell health.")),
    ALLOCATED_GPU_SECONDS(Spec.number("GPU s", "Of it allocated; null when no sample tells.")),
    ALLOCATED_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell allocation.")),
    SM_ACTIVE_GPU_SECONDS(Spec.number("GPU s", "SM-active time; null when no sample tells.")),
    SM_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell SM activity.")),
    TENSOR_ACTIVE_GPU_SECONDS(Spec.number("GPU s", "Tensor-active time; null when no sample tells.")),
    TENSOR_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell tensor activity.")),
    GPU_ENERGY_J(Spec.number(
            "J", "Board power over time, that of a GPU with MIG instances once; null when no sample tells.")),
    POWER_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell power."));

    public static final Table TABLE = Table.mart("rack_instant")
            .grain("GPUs of one workload and accelerator in one rack, or on one host outside any rack, at one instant")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(RackInstant.class, TABLE, Input.day(GpuSample.TABLE));

    private final Spec spec;

    RackInstant(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
