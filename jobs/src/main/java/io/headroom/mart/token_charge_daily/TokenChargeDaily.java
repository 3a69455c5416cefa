package io.headroom.mart.token_charge_daily;

import io.headroom.job.Job;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the charges for tokens of one bucket of one model, for one target, in one currency. */
public enum TokenChargeDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who sells the service, as the charge names it.").required()),
    REGION(Spec.string("FOCUS RegionId.")),
    ALLOCATION(
            Spec.string("named, rule, spread or none, as in mart.cost_daily.").required()),
    CLUSTER(Spec.string("The cluster; null where none is named, or several share the cost.")),
    MODEL(Spec.string("The model, as the charge or a rule names it.")),
    TOKEN_TYPE(Spec.string(
            "uncached_input, cache_read, cache_write, output or reasoning; null where only a total is told.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    TOKEN_COUNT(Spec.decimal(
            "tokens",
            "Tokens of the charges, spread over their periods by time: by each day's end as many as are whole by then, so"
                    + " that the days of a charge add up to its tokens.")),
    EFFECTIVE_COST(Spec.money("Effective cost, spread as in mart.cost_daily.").required()),
    CHARGE_COUNT(Spec.count("charges", "Charge lines with a part in the day.").required());

    public static final Table TABLE = Table.mart("token_charge_daily")
            .grain("one day of the charges for tokens of one bucket of one model, for one target, in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final Job JOB = new TokenChargeDailyJob();

    private final Spec spec;

    TokenChargeDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
