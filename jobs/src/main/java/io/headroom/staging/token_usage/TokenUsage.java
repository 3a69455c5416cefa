package io.headroom.staging.token_usage;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** Tokens that one model served on one cluster in one interval, in disjoint buckets. */
public enum TokenUsage implements Field {
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.")),
    MODEL(Spec.string("Model that served, as in staging.model where known.")),
    ACCELERATOR(Spec.string("Accelerator that it ran on.")),
    WORKLOAD(Spec.string("inference, agentic, batch or a finer kind that the source tells.")),
    TEAM(Spec.string("Who used it.")),
    STARTED_AT(Spec.instant("Start of the interval, inclusive.").required()),
    ENDED_AT(Spec.instant("End of the interval, exclusive; equal to the start for one request whose end is not known.")
            .required()),
    REQUEST_COUNT(Spec.count("requests", "Requests served.").required()),
    UNCACHED_INPUT_TOKENS(
            Spec.count("tokens", "Input tokens computed; all input where the source does not tell cached from not.")
                    .required()),
    CACHE_READ_TOKENS(Spec.count("tokens", "Input tokens read from a cache; null when not told.")),
    CACHE_WRITE_TOKENS(Spec.count("tokens", "Input tokens written to a cache; null when not told.")),
    OUTPUT_TOKENS(Spec.count("tokens", "Output tokens, reasoning not included.").required()),
    REASONING_TOKENS(Spec.count("tokens", "Output tokens of reasoning; null when not told.")),
    PREFILL_S(Spec.number("s", "Time that requests spent in prefill, added up over requests; null when not told.")),
    DECODE_S(Spec.number("s", "Time that requests spent in decode, added up over requests; null when not told."));

    public static final Table TABLE = Table.staging("token_usage")
            .grain("tokens that one model served on one cluster in one interval, in disjoint buckets")
            .fields(values())
            .key(PROVIDER, REGION, CLUSTER, MODEL, ACCELERATOR, WORKLOAD, TEAM, STARTED_AT, ENDED_AT)
            .partitionedByDayOf(STARTED_AT)
            .rule("ended_at is before started_at", "ended_at >= started_at")
            .rule(
                    "a token count is negative",
                    "request_count >= 0 AND uncached_input_tokens >= 0 AND output_tokens >= 0"
                            + " AND coalesce(cache_read_tokens, 0) >= 0 AND coalesce(cache_write_tokens, 0) >= 0"
                            + " AND coalesce(reasoning_tokens, 0) >= 0")
            .rule("prefill_s or decode_s is negative", "prefill_s >= 0 AND decode_s >= 0")
            .build();

    private final Spec spec;

    TokenUsage(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
