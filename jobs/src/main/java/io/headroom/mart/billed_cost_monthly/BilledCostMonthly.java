package io.headroom.mart.billed_cost_monthly;

import io.headroom.job.Job;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The billed cost of one billing period, for one target by one rule, in one currency. */
public enum BilledCostMonthly implements Field {
    DAY(Spec.date("First day of the billing period, UTC; the table is partitioned by it.")
            .required()),
    PROVIDER(Spec.string("Who sells the service, as the charge names it.").required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    ALLOCATION(
            Spec.string("named, rule, spread or none, as in mart.cost_daily.").required()),
    ALLOCATION_RULE(Spec.string("The rule that decided.")),
    CLUSTER(Spec.string("The cluster; null where none is named, or several share the cost.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    BILLED_COST(Spec.money("Billed cost, which is told of the billing period and not of the days charged.")
            .required()),
    CHARGE_COUNT(Spec.count("charges", "Charge lines.").required());

    public static final Table TABLE = Table.mart("billed_cost_monthly")
            .grain("the billed cost of one billing period, for one target by one rule, in one currency")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final Job JOB = new BilledCostMonthlyJob();

    private final Spec spec;

    BilledCostMonthly(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
