package io.headroom.mart.site_energy_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.staging.carbon_intensity.CarbonIntensity;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster. */
public enum SiteEnergyDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    IT_ENERGY_J(Spec.number("J", "Energy of the racks and hosts over the time metered; null where no meter tells.")),
    IT_COVERED_S(Spec.number("s", "Time metered, summed over racks and hosts outside any rack.")),
    IT_EXPECTED_S(Spec.number("s", "A whole day of every rack, and every host outside any rack, seen on it.")),
    IT_DAY_ENERGY_J(Spec.number("J", "IT energy of the whole day; null where less than 95 % is metered.")),
    FACILITY_DAY_ENERGY_J(Spec.number("J", "Facility energy of the whole day.")),
    FACILITY_BASIS(Spec.string("metered, or modelled: IT energy times the PUE to plan with.")),
    ENERGY_PRICE(Spec.money("Price of a kWh at the facility.")),
    ENERGY_CURRENCY(Spec.string("Currency of that price, ISO 4217.")),
    ENERGY_COST(Spec.money("Facility energy of the day times its price.")),
    PEAK_DEMAND_KW(Spec.number("kW", "Highest moment of facility power in the month, as far as it is known.")),
    PEAK_DEMAND_BASIS(Spec.string("How that is told: metered or modelled.")),
    DEMAND_PRICE(Spec.money("Price of a kW of the month's peak.")),
    DEMAND_CURRENCY(Spec.string("Currency of that price, ISO 4217.")),
    DEMAND_CHARGE(Spec.money("The day's even part of the month's demand charge.")),
    IS_DEMAND_CHARGE_PROVISIONAL(Spec.flag("Whether the month is not over, so that its peak may still rise.")),
    KG_CO2E_PER_KWH(Spec.number("kg CO2e/kWh", "Carbon intensity of the grid region, by location.")),
    CARBON_PERIOD_START(Spec.date("First day of the period that it was published for.")),
    CARBON_PERIOD_END(Spec.date("Last day of that period, which may be over before the day.")),
    EMISSIONS_KG(Spec.number("kg CO2e", "Facility energy of the day times the carbon intensity.")),
    CUE(Spec.number("kg CO2e/kWh", "Carbon usage effectiveness: emissions over IT energy."));

    public static final Table TABLE = Table.mart("site_energy_daily")
            .grain("one day of one cluster")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            SiteEnergyDaily.class,
            TABLE,
            Input.day(PowerDensityHourly.TABLE),
            Input.day(PueDaily.TABLE),
            Input.month(PowerHeadroomDaily.TABLE),
            Input.interval(Price.TABLE, Price.VALID_FROM, Price.VALID_TO),
            Input.all(Cluster.TABLE),
            Input.all(CarbonIntensity.TABLE));

    private final Spec spec;

    SiteEnergyDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
