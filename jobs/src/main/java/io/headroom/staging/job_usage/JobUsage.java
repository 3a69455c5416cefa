package io.headroom.staging.job_usage;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One job, as its scheduler accounted for it. */
public enum JobUsage implements Field {
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.")),
    JOB_ID(Spec.string("The job, unique in its cluster together with its submission.")
            .required()),
    WORKLOAD(Spec.string("training, inference, agentic or batch.")),
    TEAM(Spec.string("Account that the job is charged to.")),
    MODEL(Spec.string("Model that it trains or serves.")),
    ACCELERATOR(Spec.string("Accelerator that it ran on.")),
    SUBMITTED_AT(Spec.instant("When it was submitted.")),
    STARTED_AT(Spec.instant("When it started; null if it never did.")),
    ENDED_AT(Spec.instant("When it ended.").required()),
    STATE(Spec.string("Final state in Slurm's words: COMPLETED, FAILED, CANCELLED, TIMEOUT, NODE_FAIL, ...")
            .required()),
    ALLOCATED_GPUS(
            Spec.count("GPUs", "GPUs allocated; 0 for a job without any.").required()),
    GPU_SECONDS(Spec.number("GPU s", "GPUs allocated times elapsed seconds.").required()),
    QUEUE_WAIT_S(Spec.number("s", "From submission or eligibility to start.")),
    NODES(Spec.strings("Hosts that it ran on.")),
    TOKENS_PER_S(Spec.number("tokens/s", "Throughput that the job reports of itself."));

    public static final Table TABLE = Table.staging("job_usage")
            .grain("one job, as its scheduler accounted for it")
            .fields(values())
            .key(CLUSTER, JOB_ID, SUBMITTED_AT)
            .partitionedByDayOf(ENDED_AT)
            .rule("ended_at is before started_at", "ended_at >= started_at")
            .rule("allocated_gpus is negative", "allocated_gpus >= 0")
            .rule("gpu_seconds is negative", "gpu_seconds >= 0")
            .rule("tokens_per_s is not positive", "tokens_per_s > 0")
            .build();

    private final Spec spec;

    JobUsage(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
