package io.headroom.mart.token_hourly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.counter_sample.CounterSample;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One hour of one model on one cluster for one workload and team, as usage or counters tell. */
public enum TokenHourly implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    HOUR(Spec.instant("Start of the hour.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    MODEL(Spec.string("Model that served.")),
    ACCELERATOR(Spec.string("Accelerator that it ran on.")),
    WORKLOAD(Spec.string("inference, agentic, batch or a finer kind that the source tells.")),
    TEAM(Spec.string("Who used it.")),
    METHOD(Spec.string("usage: added up from usage; counter: differenced from counters of serving processes.")
            .required()),
    STARTED_AT(Spec.instant("Start of what is told of the hour.")),
    ENDED_AT(Spec.instant("End of what is told of the hour.")),
    REQUEST_COUNT(Spec.count("requests", "Requests served.")),
    UNCACHED_INPUT_TOKENS(
            Spec.count("tokens", "Input tokens computed; all input where the source does not tell cached from not.")),
    CACHE_READ_TOKENS(Spec.count("tokens", "Input tokens read from a cache; null when not told.")),
    CACHE_WRITE_TOKENS(Spec.count("tokens", "Input tokens written to a cache; null when not told.")),
    OUTPUT_TOKENS(Spec.count("tokens", "Output tokens, reasoning not included.")),
    REASONING_TOKENS(Spec.count("tokens", "Output tokens of reasoning; null when not told.")),
    TOTAL_TOKENS(Spec.count("tokens", "Tokens of all these kinds; null where neither input nor output is told.")),
    PREFILL_S(Spec.number(
            "s",
            "Time that requests spent in prefill, added up over requests; null where any that"
                    + " has tokens in the hour does not tell it.")),
    DECODE_S(Spec.number("s", "Time that requests spent in decode, likewise.")),
    COUNTER_RESETS(Spec.count("resets", "Times that a process's counters fell, which is a new start from 0.")
            .required()),
    COUNTER_GAPS(Spec.count("gaps", "Times that a process's counters were not read for more than an hour.")
            .required()),
    NEGATIVE_BUCKETS(Spec.count(
                    "buckets",
                    "Times that a process's part of a count exceeded the whole: cached tokens the input, reasoning the output."
                            + " The other part is 0 then.")
            .required()),
    IS_COUNTER_LEFT_OUT(Spec.flag(
                    "Counters tell of the model, cluster and day as well; only usage is added up, so that nothing is twice.")
            .required());

    public static final Table TABLE = Table.mart("token_hourly")
            .grain("one hour of one model on one cluster for one workload and team, as usage or counters tell")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TokenHourly.class,
            TABLE,
            Input.interval(TokenUsage.TABLE, TokenUsage.STARTED_AT, TokenUsage.ENDED_AT),
            Input.around(CounterSample.TABLE, 1));

    private final Spec spec;

    TokenHourly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
