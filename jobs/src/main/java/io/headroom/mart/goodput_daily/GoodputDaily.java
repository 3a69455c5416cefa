package io.headroom.mart.goodput_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/**
 * One day of the training of one model on one accelerator in one cluster. It stands apart from the waterfall, which has no
 * models, and whose hours come from the GPUs' telemetry, while these come from schedulers and from the jobs themselves.
 */
public enum GoodputDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity; null for reports that no job matches.")),
    REGION(Spec.string("Region, as the provider names it; null for reports that no job matches.")),
    CLUSTER(Spec.string("The cluster.")),
    ACCELERATOR(Spec.string("Accelerator that the jobs ran on, where their accounting tells.")),
    MODEL(Spec.string("Model that the reports tell, else that the jobs' accounting tells.")),
    JOBS(Spec.count("jobs", "Jobs that ran on the day and train, whose workload is not told, or that report goodput.")
            .required()),
    JOB_GPU_HOURS(Spec.decimal("GPU h", "GPU-hours of these jobs: GPUs allocated, from start to end.")
            .required()),
    STATE_GPU_HOURS(Spec.decimals(
                    "GPU h",
                    "The same by final state; those of FAILED, NODE_FAIL, TIMEOUT, CANCELLED and the like may be badput that"
                            + " nobody reports, and are not added to it.")
            .required()),
    REPORTED_GPU_HOURS(Spec.decimal("GPU h", "Time that reports cover, times the GPUs of their jobs.")
            .required()),
    PRODUCTIVE_GPU_HOURS(Spec.decimal("GPU h", "Goodput: productive time that is reported, times the GPUs of the job.")
            .required()),
    BADPUT_GPU_HOURS(Spec.decimals("GPU h", "Badput that is reported, by its kind, times the GPUs of the job.")
            .required()),
    UNREPORTED_GPU_HOURS(Spec.decimal(
                    "GPU h",
                    "GPU-hours of these jobs that are reported neither productive nor badput, each job by itself.")
            .required()),
    TOKENS(Spec.count("tokens", "Tokens trained on, as reported; null where no report tells.")),
    UNMATCHED_REPORTS(Spec.count(
                    "reports",
                    "Reports with a part in the day in which no job of their name runs, so that"
                            + " their GPUs are not known: of a job that has not ended, or that no accounting tells.")
            .required()),
    UNMATCHED_HOURS(Spec.decimal("h", "Time that these reports cover; hours of jobs, not of GPUs.")
            .required()),
    UNMATCHED_PRODUCTIVE_HOURS(Spec.decimal("h", "Of it productive.").required()),
    UNMATCHED_JOBS(
            Spec.strings("Names of their jobs, the first hundred in order.").required());

    public static final Table TABLE = Table.mart("goodput_daily")
            .grain("one day of the training of one model on one accelerator in one cluster")
            .fields(values())
            .byDay()
            .rule(
                    "job_gpu_hours is not the sum of its states",
                    "job_gpu_hours = aggregate(map_values(state_gpu_hours), CAST(0 AS DECIMAL(20, 6)),"
                            + " (sum, hours) -> CAST(sum + hours AS DECIMAL(20, 6)))")
            .build();

    public static final SelectJob JOB = SelectJob.of(
            GoodputDaily.class,
            TABLE,
            Input.interval(JobGoodput.TABLE, JobGoodput.STARTED_AT, JobGoodput.ENDED_AT),
            Input.interval(JobUsage.TABLE, JobUsage.STARTED_AT, JobUsage.ENDED_AT));

    private final Spec spec;

    GoodputDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
