package io.headroom.mart.host_allocation_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.gpu_request.GpuRequest;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One host in one hour whose GPU samples tell no allocation, while its cluster tells what pods ask for. */
public enum HostAllocationHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    CLUSTER(Spec.string("The cluster.").required()),
    NODE(Spec.string("The host.").required()),
    GPUS(Spec.count("GPUs", "GPUs of the host that were sampled in the hour.").required()),
    COVERED_S(Spec.number("s", "Time of the hour for which the cluster tells what its pods ask for.")
            .required()),
    REQUESTED_GPUS(Spec.number(
                    "GPUs",
                    "GPUs that pods bound to the host and running asked for, mean over that time; a MIG instance is as many"
                            + " sevenths of a GPU as it has compute slices.")
            .required()),
    ALLOCATED_GPUS(Spec.number("GPUs", "The lesser of the two.").required()),
    WORKLOAD(Spec.string("Workload of the host: that of its pods where they tell one and hold all its GPUs.")),
    TEAM(Spec.string("Team of the host, likewise."));

    public static final Table TABLE = Table.mart("host_allocation_hourly")
            .grain(
                    "one host in one hour whose GPU samples tell no allocation, while its cluster tells what pods ask for")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB =
            SelectJob.of(HostAllocationHourly.class, TABLE, Input.day(GpuRequest.TABLE), Input.day(GpuSample.TABLE));

    private final Spec spec;

    HostAllocationHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
