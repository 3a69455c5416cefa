package io.headroom.mart.rate_card_cost_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the GPU-hours of one accelerator in one cluster at the price of a rate card. */
public enum RateCardCostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.").required()),
    ACCELERATOR(Spec.string("Accelerator model.")),
    GPU_HOURS(Spec.number(
                    "GPU h",
                    "GPUs that mart.installed_capacity_daily says are energised, for 24 h, where telemetry"
                            + " does not see more or other ones; else the GPU-hours seen.")
            .required()),
    IS_OFFERED(Spec.flag("Whether any price holds for them, clear or not.").required()),
    CURRENCY(Spec.string("ISO 4217 code; null without a clear price.")),
    UNIT_PRICE(Spec.money(
            "Price of a GPU-hour; null where none holds, or prices of the same standing contradict each other.")),
    COST(Spec.money("GPU-hours times the price."));

    public static final Table TABLE = Table.mart("rate_card_cost_daily")
            .grain("one day of the GPU-hours of one accelerator in one cluster at the price of a rate card")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            RateCardCostDaily.class,
            TABLE,
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenHourly.TABLE),
            Input.day(InstalledCapacityDaily.TABLE),
            Input.interval(Price.TABLE, Price.VALID_FROM, Price.VALID_TO));

    private final Spec spec;

    RateCardCostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
