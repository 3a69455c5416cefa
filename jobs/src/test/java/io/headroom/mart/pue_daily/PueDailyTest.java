package io.headroom.mart.pue_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.staging.cluster.Cluster;
import org.junit.jupiter.api.Test;

class PueDailyTest {

    @Test
    void pueIsARatioOfSumsOverTheHoursThatBothAreMetered() {
        TestInputs inputs = TestInputs.NONE
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | hour                | level    | cluster | power_basis | is_sum_of_parts | mean_power_w | covered_s | planned_pue
                        2026-03-01 | 2026-03-01 00:00:00 | it       | c       | metered     | true            | 1000         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 00:00:00 | facility | c       | metered     | false           | 1300         | 3500      | 1.2
                        2026-03-01 | 2026-03-01 01:00:00 | it       | c       | metered     | false           | 3000         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 01:00:00 | facility | c       | metered     | false           | 3300         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 02:00:00 | it       | c       | metered     | false           | 5000         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 02:00:00 | facility | c       | metered     | false           | 9000         | 3000      | 1.2
                        2026-03-01 | 2026-03-01 03:00:00 | it       | c       | gpu_sum     | true            | 5000         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 03:00:00 | facility | c       | metered     | false           | 9000         | 3600      | 1.2
                        2026-03-01 | 2026-03-01 00:00:00 | it       | below   | metered     | false           | 1000         | 3600      |
                        2026-03-01 | 2026-03-01 00:00:00 | facility | below   | metered     | false           | 900          | 3600      |
                        2026-03-01 | 2026-03-01 00:00:00 | it       | planned | metered     | false           | 1000         | 3600      | 1.3
                        2026-03-01 | 2026-03-01 00:00:00 | facility | planned | modelled    | false           | 1300         | 3600      | 1.3
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | pue_category
                        c       | 2
                        """));

        assertThat(inputs.derived(
                        PueDaily.JOB,
                        PueDaily.CLUSTER,
                        PueDaily.HOURS,
                        PueDaily.IT_ENERGY_J,
                        PueDaily.FACILITY_ENERGY_J,
                        PueDaily.PUE,
                        PueDaily.IS_BELOW_1,
                        PueDaily.PUE_CATEGORY,
                        PueDaily.PLANNED_PUE))
                .as(
                        "(1.3 + 3.3) / (1 + 3), not the mean of 1.3 and 1.1; covered 3500 s stand for the hour, 3000 s do not")
                .containsExactly(
                        "below | 1 | 3600000.0 | 3240000.0 | 0.9 | true | null | null",
                        "c | 2 | 1.44E7 | 1.656E7 | 1.15 | false | 2 | 1.2",
                        "planned | 0 | null | null | null | null | null | 1.3");
    }
}
