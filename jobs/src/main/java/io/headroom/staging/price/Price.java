package io.headroom.staging.price;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The price of one unit at one provider over one time, as known at a time. */
public enum Price implements Field {
    PROVIDER(Spec.string("Who asks the price.").required()),
    REGION(Spec.string("Region that it holds in; null for all.")),
    CLUSTER(Spec.string("Cluster that it holds for; null for all.")),
    ACCELERATOR(Spec.string("Accelerator that it buys; null for all.")),
    PRICING_CATEGORY(
            Spec.string("standard, list, committed, rate_card or benchmark.").required()),
    MODEL(Spec.string("Model whose tokens it buys; null for all, and where no tokens are priced.")),
    TOKEN_TYPE(Spec.string(
            "Bucket of these tokens: uncached_input, cache_read, cache_write, output or reasoning; null elsewhere.")),
    UNIT(Spec.string(
                    "What is priced: gpu_hour, kwh of energy at the facility, kw_month of its peak demand, cluster_month of"
                            + " operations, or million_tokens.")
            .required()),
    UNIT_PRICE(Spec.money("Price of one unit.").required()),
    CURRENCY(Spec.string("ISO 4217 code.").required()),
    VALID_FROM(Spec.instant("Start of validity, inclusive.").required()),
    VALID_TO(Spec.instant("End of validity, exclusive; null while it holds.")),
    SOURCE_URL(Spec.string("Where the price was published.")),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("price")
            .grain("the price of one unit at one provider over one time, as known at a time")
            .fields(values())
            .rule("unit is unknown", "unit IN ('million_tokens', 'gpu_hour', 'kwh', 'kw_month', 'cluster_month')")
            .rule(
                    "token_type is unknown",
                    "token_type IN ('uncached_input', 'cache_read', 'cache_write', 'output', 'reasoning')")
            .rule(
                    "token_type is told of what is no token, or not told of tokens",
                    "(unit = 'million_tokens') = (token_type IS NOT NULL)")
            .rule("unit_price is negative", "unit_price >= 0")
            .plausible(VALID_FROM)
            .plausible(VALID_TO)
            .rule("valid_to is not after valid_from", "valid_to > valid_from")
            .rule("currency is not an ISO 4217 code", "currency RLIKE '^[A-Z]{3}$'")
            .build();

    private final Spec spec;

    Price(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
