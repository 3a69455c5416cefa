package io.headroom.mart.cost_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.cost.Cost;
import org.junit.jupiter.api.Test;

class CostDailyTest {

    @Test
    void theDaysOfAChargeAddUpToItToTheLastDecimal() {
        TestInputs inputs = TestInputs.NONE.with(Cost.TABLE, Rows.of(Cost.TABLE, """
                provider | charge_period_start | charge_period_end   | billing_currency | effective_cost
                P        | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 100
                P        | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | USD              | 0.000000000000000001
                Q        | 2026-03-02 00:00:00 | 2026-03-03 00:00:00 | USD              | 12345678901234567890.123456789012345678
                """));

        assertThat(inputs.derived(CostDaily.JOB, CostDaily.PROVIDER, CostDaily.DAY, CostDaily.EFFECTIVE_COST))
                .hasSize(4)
                .contains("Q | 2026-03-02 | 12345678901234567890.123456789012345678");
        assertThat(TestInputs.NONE
                        .with(Cost.TABLE, inputs.rows(Cost.TABLE))
                        .derive(CostDaily.JOB)
                        .filter("provider = 'P'")
                        .selectExpr("CAST(sum(effective_cost) AS STRING)")
                        .head()
                        .getString(0))
                .isEqualTo("100.000000000000000001");
    }
}
