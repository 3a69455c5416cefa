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
    MONTH(Spec.date("First day of the month, UTC.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    CLUSTER(Spec.string("The cluster; null for what is for none.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    COST_BASIS(Spec.string("effective: from bills, which alone have a billed cost; own or rate_card, as in"
                    + " mart.cost_per_token_daily.")
            .required()),
    SERVING_SHARE(Spec.number(
            "share",
            "Serving cost of the month over its whole cost: the part that is for tokens; 1 where the"
                    + " month has no cost, null for no cluster.")),
    WHOLE_BILLED_COST(
            Spec.money("Billed cost of the month for all work; over clusters, and over what is for none, it adds"
                    + " up to the bill.")),
    BILLED_COST(Spec.money("Of it the serving share.")),
    EFFECTIVE_COST(Spec.money("Serving part of the effective cost of the month's days.")),
    USAGE_COST(Spec.money("Of it what was used; null where a day's is not known.")),
    TIMING_BRIDGE(Spec.money(
            "Effective less billed cost: what falls into the month and is billed in another, or the other way round.")),
    IDLE_BRIDGE(Spec.money("Effective less usage cost.")),
    TOTAL_TOKENS(Spec.count(
            "tokens", "Tokens of the month; on one row of a cluster that costs several currencies on a day.")),
    BILLED_COST_PER_MILLION_TOKENS(Spec.number("currency", "Billed cost over tokens, times a million.")),
    EFFECTIVE_COST_PER_MILLION_TOKENS(Spec.number("currency", "Effective cost over tokens, times a million.")),
    USAGE_COST_PER_MILLION_TOKENS(Spec.number("currency", "Usage cost over tokens, times a million.")),
    IS_COMPLETE(Spec.flag("Whether the month was over on the last day of which tokens or telemetry tell.")
            .required());

    public static final Table TABLE = Table.mart("cost_per_token_monthly")
            .grain("one month of one cluster on one basis in one currency; what names no cluster by provider")
            .fields(values())
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostPerTokenMonthly.class,
            TABLE,
            Input.all(CostPerTokenDaily.TABLE),
            Input.all(CostAllocatedDaily.TABLE),
            Input.all(BilledCostMonthly.TABLE),
            Input.all(RateCardCostDaily.TABLE));

    private final Spec spec;

    CostPerTokenMonthly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
