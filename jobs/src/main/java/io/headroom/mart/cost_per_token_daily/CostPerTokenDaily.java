package io.headroom.mart.cost_per_token_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster in one currency; tokens of no cluster and unallocated cost by provider. */
public enum CostPerTokenDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity; of a cost of no cluster, who bills or owns it.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code; null where there is no cost.")),
    COST_BASIS(Spec.string(
                    "effective: from the bill; own: what an own data centre costs, and what is billed besides; rate_card:"
                            + " GPU-hours times the price, where the charges of the day for the cluster itself are 0 or none;"
                            + " unpriced: some have no price, or none that is clear, so that the cost is not known;"
                            + " none: tokens without a cost.")
            .required()),
    IS_UNALLOCATED(
            Spec.flag("A cost that nothing could be named for; one of no cluster may be for a model, workload or team.")
                    .required()),
    COST(Spec.money("Cost of the day on that basis, for all work: direct, idle and shared cost.")),
    BILL_COST(Spec.money("Of it what bills tell, on any basis; over all rows of a day and currency it adds up to"
            + " mart.cost_allocated_daily. Null where they tell nothing.")),
    DIRECT_COST(Spec.money(
            "Of it what is for the cluster alone: charges, own assets, energy, operations, or the rate card.")),
    IDLE_COST(Spec.money("Of it the unused part of commitments, as FOCUS tells it.")),
    SHARED_COST(Spec.money("Of it the cluster's part of what several share.")),
    SERVING_SHARE(Spec.number(
            "share",
            "Part of the allocated GPU-hours of told workload that is not training, in H100 equivalents (an unknown"
                    + " accelerator as one); 1 where no workload is told.")),
    SERVING_COST(Spec.money("Serving share of the cost: what the tokens cost.")),
    ACTIVE_SHARE(Spec.number(
            "share",
            "SM-active over allocated GPU-hours of the work that serves, in H100 equivalents (an unknown"
                    + " accelerator as one);"
                    + " null where no SM activity is told.")),
    USAGE_COST(Spec.money("Active share of the serving cost: what the tokens cost while they were computed.")),
    IDLE_BRIDGE(Spec.money("Serving cost less usage cost.")),
    REQUEST_COUNT(Spec.count(
            "requests", "Requests served; like tokens, on one row of a cluster that costs several currencies.")),
    UNCACHED_INPUT_TOKENS(Spec.count("tokens", "Input tokens computed.")),
    CACHE_READ_TOKENS(Spec.count("tokens", "Input tokens read from a cache.")),
    CACHE_WRITE_TOKENS(Spec.count("tokens", "Input tokens written to a cache.")),
    OUTPUT_TOKENS(Spec.count("tokens", "Output tokens, reasoning not included.")),
    REASONING_TOKENS(Spec.count("tokens", "Output tokens of reasoning.")),
    TOTAL_TOKENS(Spec.count(
            "tokens",
            "Sum of the disjoint buckets; null on the other rows of a cluster that costs several currencies.")),
    COST_PER_MILLION_TOKENS(Spec.number(
            "currency",
            "Serving cost over all tokens of the cluster and day, times a million; null without tokens, or where no told"
                    + " GPU-hour served. What a cluster costs in several currencies it costs in each of them.")),
    USAGE_COST_PER_MILLION_TOKENS(Spec.number("currency", "Usage cost likewise."));

    public static final Table TABLE = Table.mart("cost_per_token_daily")
            .grain("one day of one cluster on one basis in one currency; of no cluster, the tokens of one"
                    + " provider and region, or"
                    + " the cost of one provider, unallocated or not")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostPerTokenDaily.class,
            TABLE,
            Input.day(CostAllocatedDaily.TABLE),
            Input.day(OwnCostDaily.TABLE),
            Input.day(RateCardCostDaily.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenHourly.TABLE),
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
