package io.headroom.mart.job_efficiency;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One job. */
public enum JobEfficiency implements Field {
    DAY(Spec.date("UTC day on which the job ended.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    JOB_ID(Spec.string("The job.").required()),
    STATE(Spec.string("Final state.")),
    STARTED_AT(Spec.instant("When it started.")),
    ENDED_AT(Spec.instant("When it ended.").required()),
    ALLOCATED_GPUS(Spec.count("GPUs", "GPUs allocated.")),
    GPU_SECONDS(Spec.number("GPU s", "GPUs allocated times elapsed seconds.")),
    METERS(Spec.count("meters", "Host meters that read within the job's own time.")
            .required()),
    METERED_HOSTS(
            Spec.count("hosts", "Hosts of the job that have such a meter.").required()),
    HOSTS(Spec.count("hosts", "Hosts that the job ran on.").required()),
    MEAN_POWER_W(
            Spec.number(
                    "W",
                    "Sum over the job's host meters of their mean reading from its start to its end, both inclusive; null unless every host is metered.")),
    ENERGY_J(Spec.number("J", "Mean power times elapsed seconds.")),
    TOKENS_PER_S(Spec.number("tokens/s", "Throughput that the job reports of itself.")),
    JOULES_PER_TOKEN(Spec.number("J/token", "Mean power over tokens per second.")),
    TOKENS_PER_S_PER_MW(Spec.number("tokens/s/MW", "Tokens per second over mean power in MW."));

    public static final Table TABLE = Table.mart("job_efficiency")
            .grain("one job")
            .fields(values())
            .byDay()
            .build();

    /** A job that ran longer than this is measured by the readings of its last days only. */
    private static final int LONGEST_JOB_DAYS = 31;

    public static final SelectJob JOB = SelectJob.of(
            JobEfficiency.class, TABLE, Input.day(JobUsage.TABLE), Input.lookback(PowerSample.TABLE, LONGEST_JOB_DAYS));

    private final Spec spec;

    JobEfficiency(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
