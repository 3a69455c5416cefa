package io.headroom.mart.own_cost_daily;

import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.asset.Asset;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OwnCostDailyTest {

    /** 2028 has 366 days. */
    @Test
    void theDaysOfALifeAddUpToCostLessSalvageToTheLastDecimal() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, days("2028-01-01", "2029-02-01"))
                .with(Asset.TABLE, Rows.of(Asset.TABLE, """
                        asset_id | provider | cluster | kind | cost   | salvage_value | currency | in_service_from     | life_ends_at
                        even     | P        | even    | it   | 400000 | 34000         | USD      | 2028-01-01 00:00:00 | 2029-01-01 00:00:00
                        odd      | P        | odd     | it   | 100    |               | USD      | 2028-01-01 06:00:00 | 2029-01-01 06:00:00
                        """));

        Dataset<Row> derived = inputs.derive(OwnCostDaily.JOB).cache();

        assertThat(drawn(derived.filter("cluster = 'even'"), "count(*)", "min(cost)", "max(cost)", "max(day)"))
                .as("366000 over 366 days, of which 29 February is one")
                .isEqualTo("[366,1000.000000000000000000,1000.000000000000000000,2028-12-31]");
        assertThat(drawn(derived.filter("cluster = 'odd'"), "count(*)", "sum(cost)"))
                .isEqualTo("[367,100.000000000000000000]");
        assertThat(drawn(derived.filter("cluster = 'odd' AND day = '2029-01-01'"), "round(max(cost), 12)"))
                .as("a quarter of a day: 100 / 366 / 4")
                .isEqualTo("[0.068306010929]");
    }

    @Test
    void aDayBearsTheSecondsOfLifeWithinIt() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, days("2026-03-01", "2026-03-04"))
                .with(Asset.TABLE, Rows.of(Asset.TABLE, """
                        asset_id | provider | region | cluster | kind    | cost | currency | in_service_from     | life_ends_at
                        a        | P        | r      | c       | network | 36   | EUR      | 2026-03-01 18:00:00 | 2026-03-03 06:00:00
                        b        | P        | r      | c       | it      | 24   | EUR      | 2026-03-02 00:00:00 | 2026-03-02 00:00:01
                        c        | P        | r      | c       | it      | 7    | USD      | 2026-03-04 00:00:00 | 2026-03-05 00:00:00
                        """));

        assertThat(inputs.derived(
                        OwnCostDaily.JOB,
                        OwnCostDaily.DAY,
                        OwnCostDaily.REGION,
                        OwnCostDaily.COST_KIND,
                        OwnCostDaily.CURRENCY,
                        OwnCostDaily.COST))
                .as("days that nothing tells of are not there")
                .containsExactly(
                        "2026-03-01 | r | depreciation | EUR | 6.000000000000000000",
                        "2026-03-02 | r | depreciation | EUR | 48.000000000000000000",
                        "2026-03-03 | r | depreciation | EUR | 6.000000000000000000");
    }

    @Test
    void whatSeveralClustersShareIsSplitByEnergisedGpusInH100EquivalentsExactly() {
        TestInputs inputs = TestInputs.NONE
                .with(InstalledCapacityDaily.TABLE, Rows.of(InstalledCapacityDaily.TABLE, """
                        day        | provider | region | cluster | accelerator | energised_gpus
                        2026-03-01 | P        | r      | a       | GB200       | 1
                        2026-03-01 | P        | r      | b       | H100        | 4
                        2026-03-01 | P        | r      | b       | unheard-of  | 2
                        2026-03-01 | P        | s      | z       | H100        | 9
                        2026-03-01 | P        | s      | dark    | H100        | 0
                        2026-03-01 | Q        | r      | q       | H100        | 9
                        2026-03-01 | R        | u      | dark    | H100        | 0
                        """))
                .with(TokenHourly.TABLE, days("2026-03-01", "2026-03-02"))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | h100_equivalents
                        GB200       | 3
                        H100        | 1
                        """))
                .with(Asset.TABLE, Rows.of(Asset.TABLE, """
                        asset_id | provider | region | kind     | cost | currency | in_service_from | life_ends_at
                        hall     | P        | r      | building | 100  | USD      | 2026-03-01      | 2026-03-02
                        backbone | P        |        | network  | 36   | USD      | 2026-03-01      | 2026-03-02
                        unlit    | R        | u      | building | 5    | USD      | 2026-03-01      | 2026-03-02
                        """));

        assertThat(inputs.derived(
                        OwnCostDaily.JOB,
                        OwnCostDaily.PROVIDER,
                        OwnCostDaily.REGION,
                        OwnCostDaily.CLUSTER,
                        OwnCostDaily.IS_SHARED,
                        OwnCostDaily.COST))
                .as("the hall 3 to 6, the backbone 3 to 6 to 9; what rounding a third leaves is on the larger part")
                .containsExactly(
                        "P | r | a | true | 39.333333333333330000",
                        "P | r | b | true | 78.666666666666670000",
                        "P | s | z | true | 18.000000000000000000",
                        "R | u | null | true | 5.000000000000000000");
    }

    @Test
    void anAssetCountsAsItIsKnownLastAndIsNotKnownWhereThatDiffers() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, days("2026-03-01", "2026-03-02"))
                .with(Asset.TABLE, Rows.of(Asset.TABLE, """
                        asset_id | provider | cluster | kind | cost | currency | in_service_from | life_ends_at | known_at
                        a        | P        | a       | it   | 10   | USD      | 2026-03-01      | 2026-03-03   | 2026-01-01
                        a        | P        | a       | it   | 30   | USD      | 2026-03-01      | 2026-03-03   | 2026-02-01
                        a        | P        | a       | it   | 30   | USD      | 2026-03-01      | 2026-03-03   | 2026-02-01
                        a        | Q        | q       | it   | 8    | USD      | 2026-03-01      | 2026-03-03   | 2026-01-01
                        sold     | P        | a       | it   | 99   | USD      | 2026-01-01      | 2027-01-01   | 2026-01-01
                        sold     | P        | a       | it   | 99   | USD      | 2026-01-01      | 2026-02-01   | 2026-02-01
                        b        | P        | b       | it   | 10   | USD      | 2026-03-01      | 2026-03-03   | 2026-01-01
                        b        | P        | b       | it   | 11   | USD      | 2026-03-01      | 2026-03-03   | 2026-01-01
                        """));

        assertThat(inputs.derived(
                        OwnCostDaily.JOB,
                        OwnCostDaily.CLUSTER,
                        OwnCostDaily.CURRENCY,
                        OwnCostDaily.COST,
                        OwnCostDaily.IS_PRICE_CONTRADICTORY))
                .containsExactly(
                        "a | USD | 15.000000000000000000 | false",
                        "b | null | null | true",
                        "q | USD | 4.000000000000000000 | false");
    }

    /** 300 kWh a day and a peak of 20 kW so far; March has 31 days. */
    @Test
    void energyAndDemandCostWhatTheSiteTellsAndOperationsTheirPartOfTheMonth() {
        TestInputs inputs = metered("1080000000")
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                provider | region | cluster | pricing_category | unit          | unit_price | currency | valid_from          | known_at
                p        | r      |         | standard         | kwh           | 0.05       | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        |        |         | standard         | kwh           | 0.99       | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                p        |        |         | standard         | kw_month      | 9.3        | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        |        |         | standard         | cluster_month | 310        | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        |        |         | benchmark        | cluster_month | 99         | USD      | 2026-03-01 00:00:00 | 2026-01-01 00:00:00
                """))
                .after(SiteEnergyDaily.JOB);

        assertThat(told(inputs))
                .containsExactly(
                        "c | demand | USD | 6.000000000000000000 | false | true",
                        "c | energy | EUR | 15.000000000000000000 | false | false",
                        "c | operations | USD | 10.000000000000000000 | false | false");
        assertThat(inputs.derived(SiteEnergyDaily.JOB, SiteEnergyDaily.ENERGY_COST, SiteEnergyDaily.DEMAND_CHARGE))
                .containsExactly("15.000000000000000000 | 6.000000000000000000");
    }

    @Test
    void aPriceThatContradictsAnotherIsNoPriceAndSaysSo() {
        TestInputs inputs = metered("1080000000")
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                provider | pricing_category | unit          | unit_price | currency | valid_from          | known_at
                p        | standard         | kwh           | 0.05       | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        | standard         | kwh           | 0.05       | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        | standard         | cluster_month | 310        | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                p        | standard         | cluster_month | 310        | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                """))
                .after(SiteEnergyDaily.JOB);

        assertThat(told(inputs))
                .containsExactly(
                        "c | energy | null | null | true | false",
                        "c | operations | USD | 10.000000000000000000 | false | false");
    }

    @Test
    void energyThatIsNotKnownCostsWhatIsNotKnown() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster
                        2026-03-01 | c
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | region
                        c       | p        | r
                        d       | p        | r
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | pricing_category | unit | unit_price | currency | valid_from          | known_at
                        p        | standard         | kwh  | 0.05       | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        """));

        assertThat(told(inputs)).as("d does not run").containsExactly("c | energy | EUR | null | false | false");
    }

    /** 8 GPUs are installed, of which nothing is told on the day; another provider's tokens are. March has 31 days. */
    @Test
    void aDataCentreThatIsSilentCostsItsDepreciationAndOperations() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | provider | cluster
                        2026-03-01 | q        | other
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | region | accelerator | installed_gpus
                        c       | p        | r      | H100        | 8
                        """))
                .with(Asset.TABLE, Rows.of(Asset.TABLE, """
                        asset_id | provider | region | cluster | kind     | cost | currency | in_service_from | life_ends_at
                        racks    | p        | r      | c       | it       | 31   | USD      | 2026-03-01      | 2026-04-01
                        hall     | p        | r      |         | building | 62   | USD      | 2026-03-01      | 2026-04-01
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | pricing_category | unit          | unit_price | currency | valid_from | known_at
                        p        | standard         | kwh           | 0.05       | EUR      | 2026-01-01 | 2026-01-01
                        p        | standard         | cluster_month | 310        | USD      | 2026-01-01 | 2026-01-01
                        """))
                .after(InstalledCapacityDaily.JOB);

        assertThat(inputs.derived(
                        OwnCostDaily.JOB,
                        OwnCostDaily.CLUSTER,
                        OwnCostDaily.COST_KIND,
                        OwnCostDaily.IS_SHARED,
                        OwnCostDaily.CURRENCY,
                        OwnCostDaily.COST))
                .as("its energy is not known, and not 0")
                .containsExactly(
                        "c | depreciation | false | USD | 1.000000000000000000",
                        "c | depreciation | true | USD | 2.000000000000000000",
                        "c | energy | false | EUR | null",
                        "c | operations | false | USD | 10.000000000000000000");
    }

    @Test
    void theDaysOfAMonthAddUpToItsPriceOfOperations() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, days("2028-01-01", "2029-01-01"))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | cluster | pricing_category | unit          | unit_price             | currency | valid_from | known_at
                        P        | c       | standard         | cluster_month | 100.000000000000000001 | USD      | 2028-01-01 | 2028-01-01
                        """));

        List<String> months = inputs.derive(OwnCostDaily.JOB)
                .groupBy(month(OwnCostDaily.DAY.col()))
                .agg(sum(OwnCostDaily.COST.col()).as("cost"))
                .selectExpr("CAST(cost AS STRING)")
                .as(Encoders.STRING())
                .collectAsList();

        assertThat(months).hasSize(12).containsOnly("100.000000000000000001");
    }

    private static TestInputs metered(String facilityJoules) {
        return TestInputs.NONE
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | level    | provider | region | cluster | rack | power_basis | covered_s | energy_j
                        2026-03-01 | rack     | p        | r      | c       | r1   | metered     | 86400     | 864000000
                        2026-03-01 | facility | p        | r      | c       |      | metered     | 86400     | %s
                        """.formatted(facilityJoules)))
                .with(PowerHeadroomDaily.TABLE, Rows.of(PowerHeadroomDaily.TABLE, """
                        day        | cluster | tier     | power_basis | max_demand
                        2026-03-01 | c       | facility | metered     | 0.015
                        2026-03-02 | c       | facility | metered     | 0.020
                        """));
    }

    private static List<String> told(TestInputs inputs) {
        return inputs.derived(
                OwnCostDaily.JOB,
                OwnCostDaily.CLUSTER,
                OwnCostDaily.COST_KIND,
                OwnCostDaily.CURRENCY,
                OwnCostDaily.COST,
                OwnCostDaily.IS_PRICE_CONTRADICTORY,
                OwnCostDaily.IS_PROVISIONAL);
    }

    /** Tokens of one cluster on every day of a time, its end not included. */
    private static Dataset<Row> days(String from, String to) {
        var drawing = new StringBuilder("day | provider | cluster\n");
        LocalDate.parse(from).datesUntil(LocalDate.parse(to)).forEach(day -> drawing.append(day + " | P | c\n"));
        return Rows.of(TokenHourly.TABLE, drawing.toString());
    }

    private static String drawn(Dataset<Row> rows, String... columns) {
        return rows.selectExpr(columns).head().toString();
    }
}
