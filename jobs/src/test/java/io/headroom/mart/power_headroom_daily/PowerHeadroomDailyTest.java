package io.headroom.mart.power_headroom_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.staging.cluster.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerHeadroomDailyTest {

    private static final String CLUSTERS = "cluster | racks | rack_nameplate_w | power_envelope_w | facility_envelope_w"
            + " | cooling_envelope_w | rack_positions | network_envelope_gbps | network_gbps_per_rack\n";

    /** IT draws 300 kW, and 350 kW for a minute; the planned PUE is 1.2. Four racks of 100 kW are installed. */
    @Test
    void theNetworkBindsBeforePowerCoolingAndSpace() {
        assertThat(tiers("c | 4 | 100000 | 1000000 | 1500000 | 900000 | 12 | 1600 | 200"))
                .as(
                        "network: (1600 - 4 x 200) / 200 = 4 racks. IT: (1 - 0.35) / 0.1 = 6. Facility: (1.5 - 0.42) / 0.12 = 9."
                                + " Cooling: (0.9 - 0.35) / 0.1 = 5. Space: 12 - 4 = 8")
                .containsExactly(
                        "it | MW | metered | 1.0 | 0.3 | 0.35 | 0.7 | 0.65 | 6 | 0.65 | 0.2 | 4 | network | network",
                        "facility | MW | modelled | 1.5 | 0.36 | 0.42 | 1.14 | 1.08 | 9 | 1.08 | 0.6 | 4 | network | network",
                        "cooling | MW | metered | 0.9 | 0.3 | 0.35 | 0.6 | 0.55 | 5 | 0.55 | 0.1 | 4 | network | network",
                        "space | racks | null | 12.0 | 4.0 | 4.0 | 8.0 | 8.0 | 8 | 8.0 | 4.0 | 4 | network | network",
                        "network | Gbit/s | null | 1600.0 | 800.0 | 800.0 | 800.0 | 800.0 | 4 | 800.0 | 0.0 | 4 | network | network");
    }

    @Test
    void spaceBinds() {
        assertThat(stranded("c | 4 | 100000 | 1000000 | 1500000 | 900000 | 6 | 1600 | 200"))
                .containsExactly(
                        "it 0.4 space",
                        "facility 0.84 space",
                        "cooling 0.3 space",
                        "space 0.0 space",
                        "network 400.0 space");
    }

    @Test
    void coolingBinds() {
        assertThat(stranded("c | 4 | 100000 | 1000000 | 1500000 | 460000 | 12 | 1600 | 200"))
                .as("(0.46 - 0.35) / 0.1: one more rack")
                .containsExactly(
                        "it 0.5 cooling",
                        "facility 0.96 cooling",
                        "cooling 0.0 cooling",
                        "space 7.0 cooling",
                        "network 600.0 cooling");
    }

    @Test
    void powerBindsAtTheTierThatGrantsLess() {
        assertThat(stranded("c | 4 | 100000 | 300000 | 1500000 | 900000 | 12 | 1600 | 200"))
                .as("the envelope is below demand: nothing fits, and all that the others have is stranded")
                .containsExactly(
                        "it 0.0 power",
                        "facility 1.08 power",
                        "cooling 0.5 power",
                        "space 8.0 power",
                        "network 800.0 power");
        assertThat(tiers("c | 4 | 100000 | 1000000 | 560000 | 900000 | 12 | 1600 | 200"))
                .as("(0.56 - 0.42) / 0.12: one more rack at the facility")
                .first()
                .isEqualTo("it | MW | metered | 1.0 | 0.3 | 0.35 | 0.7 | 0.65 | 6 | 0.65 | 0.5 | 1 | power | facility");
    }

    @Test
    void whatIsNotGivenBindsNothingAndOneLimitAloneStrandsNothing() {
        assertThat(tiers("c | 4 | 100000 | 300000 | | | | |"))
                .containsExactly(
                        "it | MW | metered | 0.3 | 0.3 | 0.35 | 0.0 | -0.05 | 0 | 0.0 | null | 0 | power | it",
                        "facility | MW | modelled | null | 0.36 | 0.42 | null | null | null | null | null | 0 | power | it",
                        "cooling | MW | metered | null | 0.3 | 0.35 | null | null | null | null | null | 0 | power | it",
                        "space | racks | null | null | 4.0 | 4.0 | null | null | null | null | null | 0 | power | it");
    }

    @Test
    void theRackAndTheRowNearestToTheirNameplateStandForAll() {
        TestInputs inputs = TestInputs.NONE
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | rack_nameplate_w
                        c       | 100000
                        """))
                .with(PowerInstant.TABLE, Rows.of(PowerInstant.TABLE, """
                        day        | instant             | level | cluster | rack_row | rack | power_basis | is_sum_of_parts | is_told | interval_s | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | A        | r1   | metered     | false           | true    | 3600       | 70000
                        2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | A        | r2   | metered     | false           | true    | 3600       | 90000
                        2026-03-01 | 2026-03-01 11:00:00 | rack  | c       | A        | r2   | gpu_sum     | false           | true    | 3600       | 99000
                        2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | B        | r3   | metered     | false           | true    | 3600       | 85000
                        2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | B        | r3   | gpu_sum     | false           | false   | 3600       | 99000
                        2026-03-01 | 2026-03-01 10:00:00 | row   | c       | A        |      | metered     | true            | true    | 3600       | 160000
                        2026-03-01 | 2026-03-01 10:00:00 | row   | c       | B        |      | metered     | true            | true    | 3600       | 85000
                        2026-03-01 | 2026-03-01 10:00:00 | it    | c       |          |      | gpu_sum     | true            | true    | 3600       | 99000
                        """));

        assertThat(inputs.derived(
                        PowerHeadroomDaily.JOB,
                        PowerHeadroomDaily.TIER,
                        PowerHeadroomDaily.PLACE,
                        PowerHeadroomDaily.CAPACITY,
                        PowerHeadroomDaily.MAX_DEMAND,
                        PowerHeadroomDaily.COVERED_S,
                        PowerHeadroomDaily.BINDING_CONSTRAINT))
                .as(
                        "row B draws 85 of 100 kW, row A 160 of 200; boards tell nothing where a meter does, and no IT demand")
                .containsExactly("rack | r2 | 0.1 | 0.09 | 3600.0 | null", "row | B | 0.1 | 0.085 | 3600.0 | null");
    }

    private static List<String> stranded(String cluster) {
        return tiers(cluster).stream()
                .map(row -> row.split(" \\| "))
                .map(cells -> "%s %s %s".formatted(cells[0], cells[10], cells[12]))
                .toList();
    }

    private static List<String> tiers(String cluster) {
        return TestInputs.NONE
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, CLUSTERS + cluster))
                .with(PueDaily.TABLE, Rows.of(PueDaily.TABLE, """
                        day        | cluster | planned_pue
                        2026-03-01 | c       | 1.2
                        """))
                .with(PowerInstant.TABLE, Rows.of(PowerInstant.TABLE, """
                        day        | instant             | level | cluster | power_basis | is_sum_of_parts | is_told | interval_s | power_w
                        2026-03-01 | 2026-03-01 00:00:00 | it    | c       | metered     | false           | true    | 60         | 350000
                        2026-03-01 | 2026-03-01 00:01:00 | it    | c       | metered     | false           | true    | 86340      | 300000
                        2026-03-01 | 2026-03-01 00:00:00 | it    | c       | metered     | true            | false   | 86400      | 999000
                        """))
                .derive(PowerHeadroomDaily.JOB)
                .selectExpr(
                        "tier",
                        "unit",
                        "power_basis",
                        "round(capacity, 9)",
                        "round(p99_demand, 9)",
                        "round(max_demand, 9)",
                        "round(p99_headroom, 9)",
                        "round(headroom, 9)",
                        "fitting_racks",
                        "round(unused, 9)",
                        "round(stranded, 9)",
                        "usable_racks",
                        "binding_constraint",
                        "binding_tier")
                .orderBy(org.apache.spark.sql.functions.expr(
                        "array_position(array('it', 'facility', 'cooling', 'space', 'network'), tier)"))
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" | "))
                .toList();
    }
}
