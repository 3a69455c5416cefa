package io.headroom.mart.site_energy_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.staging.carbon_intensity.CarbonIntensity;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import org.junit.jupiter.api.Test;

class SiteEnergyDailyTest {

    /** 240 kWh of IT in a day, 300 kWh of the facility. */
    private static final TestInputs METERED =
            TestInputs.NONE.with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
            day        | level    | provider | region | cluster | rack | power_basis | covered_s | energy_j
            2026-03-01 | rack     | p        | r      | c       | r1   | metered     | 86400     | 864000000
            2026-03-01 | facility | p        | r      | c       |      | metered     | 86400     | 1080000000
            """));

    @Test
    void whatIsCoveredStandsForADayThatIsNearlyCovered() {
        TestInputs inputs = TestInputs.NONE
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | level    | cluster | rack | node | power_basis | covered_s | energy_j
                        2026-03-01 | rack     | nearly  | r1   |      | metered     | 82080     | 82080
                        2026-03-01 | rack     | half    | r1   |      | metered     | 86400     | 86400
                        2026-03-01 | rack     | half    | r2   |      | gpu_sum     | 86400     | 86400
                        2026-03-01 | node     | half    | r2   | n1   | metered     | 86400     | 86400
                        2026-03-01 | rack     | site    | r1   |      | gpu_sum     | 86400     | 86400
                        2026-03-01 | it       | site    |      |      | metered     | 43200     | 129600
                        2026-03-01 | it       | site    |      |      | metered     | 43200     | 129600
                        2026-03-01 | facility | site    |      |      | metered     | 86400     | 345600
                        2026-03-01 | facility | half    |      |      | modelled    | 86400     | 999999
                        """))
                .with(PueDaily.TABLE, Rows.of(PueDaily.TABLE, """
                        day        | cluster | planned_pue
                        2026-03-01 | nearly  | 1.25
                        2026-03-01 | half    | 1.25
                        2026-03-01 | site    | 1.25
                        """));

        assertThat(inputs.derived(
                        SiteEnergyDaily.JOB,
                        SiteEnergyDaily.CLUSTER,
                        SiteEnergyDaily.IT_COVERED_S,
                        SiteEnergyDaily.IT_EXPECTED_S,
                        SiteEnergyDaily.IT_DAY_ENERGY_J,
                        SiteEnergyDaily.FACILITY_DAY_ENERGY_J,
                        SiteEnergyDaily.FACILITY_BASIS))
                .containsExactly(
                        "half | 86400.0 | 172800.0 | null | null | null",
                        "nearly | 82080.0 | 86400.0 | 86400.0 | 108000.0 | modelled",
                        "site | null | 86400.0 | 259200.0 | 345600.0 | metered");
    }

    @Test
    void energyCostsItsPriceAndTheMonthsPeakIsSpreadOverItsDays() {
        TestInputs inputs = METERED.with(PowerHeadroomDaily.TABLE, Rows.of(PowerHeadroomDaily.TABLE, """
                        day        | cluster | tier     | power_basis | max_demand
                        2026-02-28 | c       | facility | metered     | 0.090
                        2026-03-01 | c       | facility | metered     | 0.015
                        2026-03-02 | c       | facility | modelled    | 0.020
                        2026-03-02 | c       | it       | metered     | 0.050
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | region | cluster | pricing_category | unit     | unit_price | currency | valid_from          | known_at
                        p        |        |         | standard         | kwh      | 0.99       | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        p        | r      |         | standard         | kwh      | 0.05       | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        p        | r      |         | standard         | kwh      | 0.04       | EUR      | 2026-01-01 00:00:00 | 2025-01-01 00:00:00
                        p        | r      |         | standard         | kwh      | 0.03       | EUR      | 2026-03-02 00:00:00 | 2026-01-01 00:00:00
                        p        |        |         | benchmark        | kw_month | 99         | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        p        |        |         | standard         | kw_month | 9.3        | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        p        |        |         | standard         | gpu_hour | 2          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        """));

        assertThat(inputs.derived(
                        SiteEnergyDaily.JOB,
                        SiteEnergyDaily.ENERGY_PRICE,
                        SiteEnergyDaily.ENERGY_CURRENCY,
                        SiteEnergyDaily.ENERGY_COST,
                        SiteEnergyDaily.PEAK_DEMAND_KW,
                        SiteEnergyDaily.PEAK_DEMAND_BASIS,
                        SiteEnergyDaily.DEMAND_CURRENCY,
                        SiteEnergyDaily.DEMAND_CHARGE,
                        SiteEnergyDaily.IS_DEMAND_CHARGE_PROVISIONAL))
                .as("300 kWh at 0.05 EUR; 20 kW at 9.3 USD in a month of 31 days")
                .containsExactly("0.050000000000000000 | EUR | 15.000000000000000000 | 20.0 | modelled | USD"
                        + " | 6.000000000000000000 | true");
    }

    @Test
    void theDemandChargeIsFinalOnceTheMonthIsOver() {
        TestInputs inputs = METERED.with(PowerHeadroomDaily.TABLE, Rows.of(PowerHeadroomDaily.TABLE, """
                day        | cluster | tier     | power_basis | max_demand
                2026-03-01 | c       | facility | metered     | 0.015
                2026-03-31 | c       | facility | metered     | 0.010
                """));

        assertThat(inputs.derived(
                        SiteEnergyDaily.JOB,
                        SiteEnergyDaily.PEAK_DEMAND_KW,
                        SiteEnergyDaily.DEMAND_CHARGE,
                        SiteEnergyDaily.IS_DEMAND_CHARGE_PROVISIONAL))
                .as("no price of a kW is known")
                .containsExactly("15.0 | null | false");
    }

    @Test
    void aPriceInTwoCurrenciesIsNoPrice() {
        TestInputs inputs = METERED.with(Price.TABLE, Rows.of(Price.TABLE, """
                provider | pricing_category | unit | unit_price | currency | valid_from          | known_at
                p        | standard         | kwh  | 0.05       | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        | standard         | kwh  | 0.05       | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                """));

        assertThat(inputs.derived(
                        SiteEnergyDaily.JOB,
                        SiteEnergyDaily.ENERGY_PRICE,
                        SiteEnergyDaily.ENERGY_CURRENCY,
                        SiteEnergyDaily.ENERGY_COST))
                .containsExactly("null | null | null");
    }

    @Test
    void carbonIsThatOfTheGridByLocationInThePeriodThatHoldsOrTheLastBefore() {
        TestInputs inputs = METERED.with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | grid_region
                        c       | p        | PJM
                        """))
                .with(CarbonIntensity.TABLE, Rows.of(CarbonIntensity.TABLE, """
                        grid_region | period_start | period_end | kg_co2e_per_kwh | basis
                        PJM         | 2024-01-01   | 2024-12-31 | 0.9             | location
                        PJM         | 2025-01-01   | 2025-12-31 | 0.4             | location
                        PJM         | 2025-01-01   | 2025-12-31 | 0.1             | market
                        PJM         | 2026-04-01   | 2026-12-31 | 0.8             | location
                        ERCOT       | 2026-01-01   | 2026-12-31 | 0.7             | location
                        """));

        assertThat(inputs.derived(
                        SiteEnergyDaily.JOB,
                        SiteEnergyDaily.KG_CO2E_PER_KWH,
                        SiteEnergyDaily.CARBON_PERIOD_END,
                        SiteEnergyDaily.EMISSIONS_KG,
                        SiteEnergyDaily.CUE))
                .as("300 kWh x 0.4; over 240 kWh of IT")
                .containsExactly("0.4 | 2025-12-31 | 120.0 | 0.5");
    }
}
