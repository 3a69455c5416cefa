package io.headroom.mart.cost_allocated_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of what one cluster, model, workload and team costs in one way; all parts add up to the bill. */
public enum CostAllocatedDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who bills it, also where a cluster of another shares it.")
            .required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    REGION(Spec.string("FOCUS RegionId of the charges, also where a cluster of another region shares them.")),
    CLUSTER(Spec.string("The cluster that it is for.")),
    MODEL(Spec.string("The model.")),
    WORKLOAD(Spec.string("The workload.")),
    TEAM(Spec.string("The team.")),
    COST_KIND(Spec.string(
                    "direct: charges name it, or a rule does; idle: likewise, of commitments that nobody used (FOCUS Unused);"
                            + " shared: a part of what a rule has clusters share, whose parts add up to it exactly; unallocated: no rule and no name, or nothing on the day to share it over.")
            .required()),
    ALLOCATION_RULE(Spec.string("The rule that decided; kept where it found nothing to share a cost over.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    EFFECTIVE_COST(Spec.money(
                    "Effective cost. All of a day in a currency adds up to mart.cost_daily to the last decimal; a run in which"
                            + " it does not, fails.")
            .required());

    public static final Table TABLE = Table.mart("cost_allocated_daily")
            .grain(
                    "one day of what one provider and account bill of one region, for one cluster, model, workload and team, by"
                            + " one kind of cost and one rule, in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
                    CostAllocatedDaily.class,
                    TABLE,
                    Input.day(CostDaily.TABLE),
                    Input.day(UtilisationHourly.TABLE),
                    Input.day(InstalledCapacityDaily.TABLE))
            .withSettings();

    private final Spec spec;

    CostAllocatedDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
