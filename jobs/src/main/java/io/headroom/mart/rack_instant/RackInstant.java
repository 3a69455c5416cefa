package io.headroom.mart.rack_instant;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.host_allocation_hourly.HostAllocationHourly;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** GPUs of one workload and accelerator in one rack, or on one host outside any rack, in one slot of time. */
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
                    "Start of the slot; slots are as long as the interval of the samples, counted from every hour.")
            .required()),
    INTERVAL_S(Spec.number("s", "Length of the slot; it never passes the end of the hour.")
            .required()),
    GPU_SAMPLES(Spec.count("samples", "GPU samples taken in the slot.").required()),
    GPU_SECONDS(Spec.number(
                    "GPU s", "GPU time that samples stand for within the slot; a MIG instance is a part of its GPU.")
            .required()),
    HEALTHY_GPU_SECONDS(Spec.number("GPU s", "Of it healthy; null when no sample tells.")),
    HEALTHY_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell health.")),
    ALLOCATED_GPU_SECONDS(
            Spec.number("GPU s", "Of it allocated, as samples tell, else what pods ask for; null when neither tells.")),
    ALLOCATED_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose allocation is told.")),
    SM_ACTIVE_GPU_SECONDS(Spec.number("GPU s", "SM-active time; null when no sample tells.")),
    SM_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell SM activity.")),
    TENSOR_ACTIVE_GPU_SECONDS(Spec.number("GPU s", "Tensor-active time; null when no sample tells.")),
    TENSOR_REPORTING_GPU_SECONDS(Spec.number("GPU s", "GPU time whose samples tell tensor activity.")),
    GPU_ENERGY_J(Spec.number(
            "J",
            "Energy of the boards, that of a GPU with MIG instances once: by their counters where these tell, else watts"
                    + " over time; null when no sample tells.")),
    POWER_REPORTING_GPU_SECONDS(Spec.number(
            "GPU s", "GPU time whose energy is told; by a counter also where no sample stands for the time.")),
    COUNTER_ENERGY_J(Spec.number("J", "Of the energy, that told by counters.")),
    COUNTER_GPU_SECONDS(Spec.number("GPU s", "Of the time whose energy is told, that told by counters.")),
    ENERGY_COUNTER_RESETS(Spec.count(
                    "resets",
                    "Times that a counter fell, or rose by more than a board can draw, after a sample of the slot.")
            .required());

    public static final Table TABLE = Table.mart("rack_instant")
            .grain(
                    "GPUs of one workload and accelerator in one rack, or on one host outside any rack, in one slot of time")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB =
            SelectJob.of(RackInstant.class, TABLE, Input.day(GpuSample.TABLE), Input.day(HostAllocationHourly.TABLE));

    private final Spec spec;

    RackInstant(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
