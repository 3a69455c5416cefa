package io.headroom.mart.cost_report_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.staging.fx_rate.FxRate;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of an allocated cost, in the currency of its bill and in that of reports. */
public enum CostReportDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who sells the service.").required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster; null where the cost is for none.")),
    MODEL(Spec.string("Model that the cost is for; null where none is named.")),
    WORKLOAD(Spec.string("Workload that the cost is for; null where none is named.")),
    TEAM(Spec.string("Team that the cost is for; null where none is named.")),
    COST_KIND(Spec.string("direct, idle, shared or unallocated, as in mart.cost_allocated_daily.")
            .required()),
    ALLOCATION_RULE(Spec.string("Rule that decided; null where the charge names it itself, or none did.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code of the bill.").required()),
    EFFECTIVE_COST(Spec.money("Effective cost in the currency of the bill.").required()),
    REPORT_CURRENCY(Spec.string("ISO 4217 code of the currency of reports, which the configuration names.")
            .required()),
    FX_RATE(Spec.money("Units of the report currency for one unit of the currency of the bill, at the start of"
            + " the day; to 18 places; null where there is none yet.")),
    FX_PUBLISHER(
            Spec.string("Who published the rate; null where the currencies are the same, or there is no rate yet.")),
    FX_METHOD(Spec.string("same currency; direct: the rate as published; inverse: one over the rate published the"
                    + " other way round; cross: the rates of both currencies in one base of one publisher, one"
                    + " over the other; not_yet: the day had not ended and had no rate.")
            .required()),
    FX_VALID_FROM(Spec.instant("Since when the rate holds: of a cross the later of its two rates; null where the"
            + " currencies are the same, or there is no rate yet.")),
    REPORT_COST(Spec.money("Effective cost times the rate, to 18 places; null where there is none yet."));

    public static final Table TABLE = Table.mart("cost_report_daily")
            .grain("one day of an allocated cost, in the currency of its bill and in that of reports")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
                    CostReportDaily.class,
                    TABLE,
                    Input.day(CostAllocatedDaily.TABLE),
                    Input.interval(FxRate.TABLE, FxRate.VALID_FROM, FxRate.VALID_TO))
            .withSettings();

    private final Spec spec;

    CostReportDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
