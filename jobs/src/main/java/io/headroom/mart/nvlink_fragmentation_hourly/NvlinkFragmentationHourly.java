package io.headroom.mart.nvlink_fragmentation_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.gpu_request.GpuRequest;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/**
 * One hour of the free GPUs of one accelerator in one cluster, by the NVLink domains that they are in, beside the queue. Hours
 * of something that is counted, over {@code covered_h}, are its mean over the hour by time.
 */
public enum NvlinkFragmentationHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.").required()),
    ACCELERATOR(Spec.string("Accelerator model.")),
    COVERED_H(Spec.decimal("h", "Time of the hour in which any GPU tells whether it is allocated.")
            .required()),
    DOMAINS(Spec.count("domains", "NVLink domains, the most at once, with a GPU that tells it.")
            .required()),
    DOMAIN_GPUS(Spec.count(
                    "GPUs",
                    "Size of the largest of the domains: as staging.cluster tells, else the most GPUs of it"
                            + " that are seen at once on the day.")
            .required()),
    OBSERVED_GPU_HOURS(Spec.decimal("GPU h", "GPU-hours that tell allocation.").required()),
    FREE_GPU_HOURS(Spec.decimal(
                    "GPU h", "Of them free: not allocated, no MIG instance either, and not told to be down or drained.")
            .required()),
    STRANDED_GPU_HOURS(Spec.decimal("GPU h", "Of those free, the ones in domains that are not free as a whole.")
            .required()),
    WHOLE_FREE_DOMAIN_HOURS(Spec.decimal("domain h", "Domains that are free as a whole, over time.")
            .required()),
    STARTABLE_72_GPU_JOB_HOURS(
            Spec.decimal("job h", "Jobs of 72 GPUs that could start, each within one domain, over time.")
                    .required()),
    STARTABLE_36_GPU_JOB_HOURS(
            Spec.decimal("job h", "Jobs of 36 GPUs that could start instead, each within one domain, over time.")
                    .required()),
    QUEUED_H(Spec.decimal(
            "h",
            "Covered time in which a job or a pod waits for GPUs; null where neither accounting nor"
                    + " Kubernetes tells of the cluster on the day.")),
    WAITING_GPU_HOURS(Spec.decimal(
            "GPU h",
            "GPUs that jobs and pods wait for, over the covered time. Those that name no accelerator wait for each of the"
                    + " cluster, so that this does not add up over accelerators.")),
    IDLE_WHILE_QUEUED_GPU_HOURS(Spec.decimal("GPU h", "Free GPU-hours while the queue is not empty."));

    public static final Table TABLE = Table.mart("nvlink_fragmentation_hourly")
            .grain("one hour of the free GPUs of one accelerator in one cluster, by NVLink domains, beside the queue")
            .fields(values())
            .partitionedByDay()
            .rule(
                    "more is free, stranded or idle than there is",
                    "observed_gpu_hours >= free_gpu_hours AND free_gpu_hours >= stranded_gpu_hours"
                            + " AND free_gpu_hours >= coalesce(idle_while_queued_gpu_hours, 0)")
            .build();

    public static final SelectJob JOB = SelectJob.of(
            NvlinkFragmentationHourly.class,
            TABLE,
            Input.day(GpuSample.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(GpuRequest.TABLE),
            Input.interval(JobUsage.TABLE, JobUsage.SUBMITTED_AT, JobUsage.ENDED_AT),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    NvlinkFragmentationHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
