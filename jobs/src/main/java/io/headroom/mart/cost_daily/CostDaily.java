package io.headroom.mart.cost_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the charges of one service, account, region and cluster in one currency. */
public enum CostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("FOCUS ProviderName.").required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    SUB_ACCOUNT_ID(Spec.string("FOCUS SubAccountId.")),
    REGION(Spec.string("FOCUS RegionId.")),
    SERVICE_NAME(Spec.string("FOCUS ServiceName.")),
    CHARGE_CATEGORY(Spec.string("FOCUS ChargeCategory.")),
    CLUSTER(Spec.string("The cluster; null where the cost is unallocated.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    EFFECTIVE_COST(Spec.money(
                    "Effective cost, each charge spread over its period by seconds; the days of a charge add up to it exactly.")
            .required()),
    CHARGE_COUNT(Spec.count("charges", "Charge lines with a part in the day.").required());

    public static final Table TABLE = Table.mart("cost_daily")
            .grain("one day of the charges of one service, account, region and cluster in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            CostDaily.class, TABLE, Input.interval(Cost.TABLE, Cost.CHARGE_PERIOD_START, Cost.CHARGE_PERIOD_END));

    private final Spec spec;

    CostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
