package io.headroom.mart.power_reconciliation_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_instant.PowerInstant;
import org.junit.jupiter.api.Test;

class PowerReconciliationDailyTest {

    @Test
    void softwareIsComparedWithTheMeterOverHoursThatBothTell() {
        TestInputs inputs = TestInputs.NONE.with(PowerInstant.TABLE, Rows.of(PowerInstant.TABLE, """
                day        | instant             | level | cluster | rack | power_basis | is_sum_of_parts | interval_s | energy_j
                2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | r    | metered     | false           | 1800       | 12000000
                2026-03-01 | 2026-03-01 10:30:00 | rack  | c       | r    | metered     | false           | 1800       | 24000000
                2026-03-01 | 2026-03-01 11:00:00 | rack  | c       | r    | metered     | false           | 3600       | 72000000
                2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | r    | gpu_sum     | false           | 3600       | 25200000
                2026-03-01 | 2026-03-01 11:00:00 | rack  | c       | r    | gpu_sum     | false           | 1800       | 18000000
                2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | r    | metered     | true            | 3600       | 32400000
                2026-03-01 | 2026-03-01 11:00:00 | rack  | c       | r    | metered     | true            | 3600       | 64800000
                2026-03-01 | 2026-03-01 10:00:00 | rack  | c       | dumb | gpu_sum     | false           | 3600       | 25200000
                """));

        assertThat(inputs.derived(
                        PowerReconciliationDaily.JOB,
                        PowerReconciliationDaily.RACK,
                        PowerReconciliationDaily.SOFTWARE,
                        PowerReconciliationDaily.HOURS,
                        PowerReconciliationDaily.SOFTWARE_ENERGY_J,
                        PowerReconciliationDaily.METER_ENERGY_J,
                        PowerReconciliationDaily.SOFTWARE_SHARE,
                        PowerReconciliationDaily.MISSING_POWER_W))
                .as("boards: 7 of 10 kW in the hour that they cover; hosts: 9 of 10 and 18 of 20 kW")
                .containsExactly(
                        "r | gpu_sum | 1 | 2.52E7 | 3.6E7 | 0.7 | 3000.0",
                        "r | hosts | 2 | 9.72E7 | 1.08E8 | 0.9 | 1500.0");
    }
}
