package io.headroom.mart.own_cost_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.asset.Asset;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one kind of cost of an own data centre in one currency. */
public enum OwnCostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("The owner, as clusters name their provider.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster; null for an asset that is shared where no GPU was energised on the day.")),
    COST_KIND(Spec.string("depreciation, energy, demand or operations.").required()),
    IS_SHARED(Spec.flag("Whether it is a part of an asset that several clusters share, in proportion to their"
                    + " energised GPUs in H100 equivalents, an unknown accelerator as one.")
            .required()),
    CURRENCY(Spec.string("ISO 4217 code; null where the cost is not known.")),
    COST(Spec.money("Depreciation by the seconds of life within the day; facility energy times the price of a"
            + " kWh; the day's even part of the month's peak so far times the price of a kW; the day's"
            + " part of the price of a month of operations. Null where that is contradictory, or the"
            + " energy of the day or the peak is not known.")),
    IS_PRICE_CONTRADICTORY(
            Spec.flag("Whether prices of the same standing, or what is known of an asset at once, differ, so"
                            + " that the cost is not known.")
                    .required()),
    IS_PROVISIONAL(Spec.flag("Whether the month is not over, so that the peak behind a demand charge may still rise.")
            .required());

    public static final Table TABLE = Table.mart("own_cost_daily")
            .grain("one day of one kind of cost of an own data centre in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            OwnCostDaily.class,
            TABLE,
            Input.all(Asset.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenHourly.TABLE),
            Input.day(SiteEnergyDaily.TABLE),
            Input.day(InstalledCapacityDaily.TABLE),
            // An open end reaches the last day of the output, which may have none before there is a price.
            Input.all(Price.TABLE),
            Input.all(Cluster.TABLE),
            Input.all(Accelerator.TABLE));

    private final Spec spec;

    OwnCostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
