package io.headroom.mart.cost_per_token_monthly;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.billed_cost_monthly.BilledCostMonthly;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One month of one cluster on one basis in one currency; what names no cluster by provider. */
public enum CostPerTokenMonthly implements Field {
    DAY(Spec.date("First day of the month, UTC, by which a month is replaced.").required()),
    MONTH(Spec.date("First day of the month, UTC.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    CLUSTER(Spec.string("The cluster; null for what is for none.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    COST_BASIS(Spec.string(
                    "effective, own or rate_card, as in mart.cost_per_token_daily; unpriced: what bills tell of days"
                            + " whose whole cost is not known.")
            .required()),
    SERVING_SHARE(Spec.number(
            "share",
            "Serving cost of the month over its whole cost: the part that is for tokens; 1 where the"
                    + " month has no cost, null for no cluster.")),
    WHOLE_BILLED_COST(
            Spec.money("Billed cost of the month for all work; over clusters, and over what is for none, it adds"
                    + " up to the bill. Null where nothing is billed or spread.")),
    WHOLE_BILL_COST(
            Spec.money("Effective cost of the month's days that bills tell, for all work; over all rows it adds up to"
                    + " mart.cost_allocated_daily. Null likewise.")),
    BILLED_COST(Spec.money("Serving share of the whole billed cost.")),
    EFFECTIVE_COST(Spec.money("Serving part of the effective cost of the month's days.")),
    USAGE_COST(Spec.money("Of it what was used; null where a day's is not known.")),
    TIMING_BRIDGE(Spec.money(
            "Serving share of the whole bill cost, less billed cost: what falls into the month and is billed in"
                    + " another, or the other way round.")),
    UNBILLED_COST(
            Spec.money("Effective cost that is on no bill, of an own data centre or by a rate card: effective cost"
                    + " is billed cost, timing bridge and this.")),
    IDLE_BRIDGE(Spec.money("Effective less usage cost.")),
    TOTAL_TOKENS(
            Spec.count(
                    "tokens",
                    "Tokens of the cluster on the month's days whose cost is known; on one row of a cluster that has several.")),
    BILLED_COST_PER_MILLION_TOKENS(Spec.number(
            "currency",
            "Billed cost over all these tokens of the cluster, times a million;"
                    + " null where the basis is unpriced.")),
    EFFECTIVE_COST_PER_MILLION_TOKENS(Spec.number("currency", "Effective cost likewise.")),
    USAGE_COST_PER_MILLION_TOKENS(Spec.number("currency", "Usage cost likewise.")),
    IS_COMPLETE(Spec.flag("Whether tokens or telemetry of any cluster tell of the month's last day.")
            .required());

    public static final Table TABLE = Table.mart("cost_per_token_monthly")
            .grain("one month of one cluster on one basis in one currency; what names no cluster by provider")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostPerTokenMonthly.class,
            TABLE,
            Input.month(CostPerTokenDaily.TABLE),
            Input.month(CostAllocatedDaily.TABLE),
            Input.month(BilledCostMonthly.TABLE),
            Input.month(RateCardCostDaily.TABLE));

    private final Spec spec;

    CostPerTokenMonthly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
