package io.headroom.mart.cost_per_token_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster in one currency, or the unallocated cost of one provider. */
public enum CostPerTokenDaily implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code; null where there is no cost.")),
    COST_BASIS(
            Spec.string("effective: from the bill; rate_card: GPU-hours times the price; none: tokens without a cost.")
                    .required()),
    IS_UNALLOCATED(Spec.flag("A cost that no cluster could be named for.").required()),
    COST(Spec.money("Cost of the day on that basis.")),
    REQUEST_COUNT(Spec.count("requests", "Requests served.")),
    UNCACHED_INPUT_TOKENS(Spec.count("tokens", "Input tokens computed.")),
    CACHE_READ_TOKENS(Spec.count("tokens", "Input tokens read from a cache.")),
    CACHE_WRITE_TOKENS(Spec.count("tokens", "Input tokens written to a cache.")),
    OUTPUT_TOKENS(Spec.count("tokens", "Output tokens, reasoning not included.")),
    REASONING_TOKENS(Spec.count("tokens", "Output tokens of reasoning.")),
    TOTAL_TOKENS(Spec.count("tokens", "Sum of the disjoint buckets.")),
    COST_PER_MILLION_TOKENS(Spec.number("currency", "Cost over total tokens, times a million; null without tokens."));

    public static final Table TABLE = Table.mart("cost_per_token_daily")
            .grain("one day of one cluster in one currency, or the unallocated cost of one provider")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostPerTokenDaily.class,
            TABLE,
            Input.day(CostDaily.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenUsage.TABLE),
            Input.interval(Price.TABLE, Price.VALID_FROM, Price.VALID_TO),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    CostPerTokenDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
