package io.headroom.staging.counter_sample;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One cumulative counter of one serving process at one instant. */
public enum CounterSample implements Field {
    SAMPLED_AT(Spec.instant("When the counter was read.").required()),
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.")),
    NODE(Spec.string("Host that the process runs on.")),
    INSTANCE(Spec.string("The process that counts, such as an engine or a pod; it counts from 0 when it starts.")
            .required()),
    MODEL(Spec.string("Model that served, as in staging.model where known.")),
    ACCELERATOR(Spec.string("Accelerator that it ran on.")),
    WORKLOAD(Spec.string("inference, agentic, batch or a finer kind that the source tells.")),
    TEAM(Spec.string("Who used it.")),
    COUNTER(Spec.string(
                    "What is counted: requests, input_tokens (cached ones included), cached_input_tokens, output_tokens"
                            + " (reasoning included), reasoning_tokens, prefill_s or decode_s.")
            .required()),
    VALUE(Spec.number("", "The counter's value: tokens, requests or seconds since the process started.")
            .required());

    public static final Table TABLE = Table.staging("counter_sample")
            .grain("one cumulative counter of one serving process at one instant")
            .fields(values())
            .key(CLUSTER, INSTANCE, MODEL, WORKLOAD, COUNTER, SAMPLED_AT)
            .partitionedByDayOf(SAMPLED_AT)
            .rule(
                    "counter is unknown",
                    "counter IN ('requests', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_tokens',"
                            + " 'prefill_s', 'decode_s')")
            .rule("value is negative", "value >= 0")
            .rule("value is beyond 1e15", "value <= 1e15")
            .build();

    private final Spec spec;

    CounterSample(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
