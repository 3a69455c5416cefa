package io.headroom.staging.job_goodput;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** What one training job reports of its time within one interval. Schedulers do not know it, so it is apart from job_usage. */
public enum JobGoodput implements Field {
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.")),
    JOB_ID(Spec.string("The job, as in staging.job_usage.").required()),
    MODEL(Spec.string("Model that it trains, as in staging.model where known.")),
    STARTED_AT(Spec.instant("Start of the interval, inclusive.").required()),
    ENDED_AT(Spec.instant("End of the interval, exclusive.").required()),
    PRODUCTIVE_S(Spec.number("s", "Time in which training steps made progress that was kept.")
            .required()),
    BADPUT_S(Spec.counts("Other time in seconds, by its kind: initialisation, data_loading, checkpoint_save,"
            + " checkpoint_restore, wasted_progress, infrastructure_recovery or other.")),
    TOKENS(Spec.count("tokens", "Tokens trained on in the interval; null when not told."));

    public static final Table TABLE = Table.staging("job_goodput")
            .grain("what one training job reports of its time within one interval")
            .fields(values())
            .key(CLUSTER, JOB_ID, STARTED_AT)
            .partitionedByDayOf(STARTED_AT)
            .rule("ended_at is not after started_at", "ended_at > started_at")
            .rule("productive_s is negative", "productive_s >= 0")
            .rule("badput_s is negative", "forall(map_values(badput_s), seconds -> seconds >= 0)")
            .rule("tokens is negative", "tokens >= 0")
            .build();

    private final Spec spec;

    JobGoodput(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
