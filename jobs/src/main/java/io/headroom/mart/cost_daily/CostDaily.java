package io.headroom.mart.cost_daily;

import io.headroom.job.Job;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the charges of one service, account, region, invoice, target and currency. */
public enum CostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who sells the service, as the charge names it.").required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    SUB_ACCOUNT_ID(Spec.string("FOCUS SubAccountId.")),
    REGION(Spec.string("FOCUS RegionId.")),
    SERVICE_NAME(Spec.string("FOCUS ServiceName.")),
    CHARGE_CATEGORY(Spec.string("FOCUS ChargeCategory.")),
    COMMITMENT_DISCOUNT_ID(Spec.string("FOCUS CommitmentDiscountId.")),
    COMMITMENT_DISCOUNT_STATUS(Spec.string("FOCUS CommitmentDiscountStatus: Used or Unused.")),
    CAPACITY_RESERVATION_STATUS(Spec.string("FOCUS CapacityReservationStatus: Used or Unused.")),
    INVOICE_ISSUER(Spec.string("FOCUS InvoiceIssuerName.")),
    INVOICE_ID(Spec.string("FOCUS InvoiceId; null while no invoice is issued.")),
    BILLING_PERIOD_START(Spec.instant("FOCUS BillingPeriodStart: the bill that the charge is on, whatever its days.")),
    ALLOCATION(Spec.string(
                    "named: the charge names its cluster, model, workload or team itself; rule: a rule fills what of these it"
                            + " does not name; spread: a rule has clusters share it, of a charge that names no cluster; none: it is"
                            + " unallocated. What a charge names itself, no rule changes.")
            .required()),
    ALLOCATION_RULE(Spec.string(
            "The rule that decided: the first that holds when the charge begins, that matches, and that gives"
                    + " the charge something it does not name.")),
    CLUSTER(Spec.string("The cluster; null where none is named, or several share the cost.")),
    MODEL(Spec.string("The model.")),
    WORKLOAD(Spec.string("The workload.")),
    TEAM(Spec.string("The team.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    EFFECTIVE_COST(Spec.money(
                    "Effective cost, each charge spread over its period by time; the days of a charge add up to it exactly.")
            .required()),
    LIST_COST(Spec.money("List cost of the charges that tell it, spread likewise.")),
    CONTRACTED_COST(Spec.money("Contracted cost of the charges that tell it, spread likewise.")),
    CHARGE_COUNT(Spec.count("charges", "Charge lines with a part in the day.").required());

    public static final Table TABLE = Table.mart("cost_daily")
            .grain("one day of the charges of one service, account, region, invoice, target and currency")
            .fields(values())
            .byDay()
            .build();

    public static final Job JOB = new CostDailyJob();

    private final Spec spec;

    CostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
