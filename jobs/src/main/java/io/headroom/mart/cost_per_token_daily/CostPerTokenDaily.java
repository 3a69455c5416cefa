package io.headroom.mart.cost_per_token_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster in one currency; tokens of no cluster and unallocated cost by provider. */
public enum CostPerTokenDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code; null where there is no cost.")),
    COST_BASIS(Spec.string(
                    "effective: from the bill; rate_card: GPU-hours times the price; unpriced: some GPU-hours have no"
                            + " price, or none that is clear, so that the cost is not known; none: tokens without a cost.")
            .required()),
    IS_UNALLOCATED(Spec.flag("A cost that no cluster could be named for.").required()),
    COST(Spec.money(
            "Cost of the day on that basis. A rate card prices the GPUs that mart.installed_capacity_daily says are energised,"
                    + " for 24 h, where telemetry does not see more or other ones; else the GPU-hours seen.")),
    SERVING_SHARE(Spec.number(
            "share",
            "Part of the allocated GPU-hours of told workload that is not training, in H100 equivalents (an unknown"
                    + " accelerator as one); 1 where no workload is told.")),
    SERVING_COST(Spec.money("Serving share of the cost: what the tokens cost.")),
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
                    + " GPU-hour served. What a cluster costs in several currencies it costs in each of them."));

    public static final Table TABLE = Table.mart("cost_per_token_daily")
            .grain(
                    "one day of one cluster in one currency; of no cluster, the tokens of one provider and region, or the"
                            + " unallocated cost of one provider")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostPerTokenDaily.class,
            TABLE,
            Input.day(CostDaily.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenHourly.TABLE),
            Input.interval(Price.TABLE, Price.VALID_FROM, Price.VALID_TO),
            Input.day(InstalledCapacityDaily.TABLE),
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
