package io.headroom.mart.billed_cost_monthly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import io.headroom.staging.cost.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BilledCostMonthlyTest {

    private static final List<AllocationRule> RULES = List.of(
            new AllocationRule(
                    "support",
                    null,
                    null,
                    Map.of("service_name", List.of("Support")),
                    null,
                    new Spread(By.EVEN, Among.FLEET, Map.of())),
            new AllocationRule(
                    "account",
                    null,
                    null,
                    Map.of("sub_account_id", List.of("s1")),
                    new Target("d", null, null, null),
                    null));

    /** A year that is billed in March is of March; rules are those of mart.cost_daily. */
    @Test
    void billedCostIsOfItsBillingPeriodAndOfWhatItsChargeOrARuleNames() {
        TestInputs inputs = TestInputs.NONE
                .with(new Settings("USD", TokenWeights.DEFAULT, RULES))
                .with(Cost.TABLE, Rows.of(Cost.TABLE, """
                        provider | billing_account_id | sub_account_id | service_name | cluster | billing_period_start | billing_period_end | charge_period_start | charge_period_end | billing_currency | billed_cost
                        P        | a                  | s1             | Compute      | c       | 2026-03-01           | 2026-04-01         | 2026-03-01          | 2027-03-01        | USD              | 360
                        P        | a                  | s1             | Compute      | c       | 2026-03-01           | 2026-04-01         | 2026-02-01          | 2026-02-02        | USD              | -5
                        P        | a                  | s1             | Compute      | c       | 2026-03-01           | 2026-04-01         | 2026-03-01          | 2026-03-02        | EUR              | 2
                        P        | a                  | s1             | Compute      |         | 2026-04-01           | 2026-05-01         | 2026-03-31          | 2026-04-01        | USD              | 3
                        P        | a                  | s2             | Compute      |         | 2026-04-01           | 2026-05-01         | 2026-04-01          | 2026-04-02        | USD              | 4
                        P        | a                  | s2             | Support      |         | 2026-04-01           | 2026-05-01         | 2026-04-01          | 2026-04-02        | USD              | 7
                        """));

        assertThat(inputs.derived(
                        BilledCostMonthly.JOB,
                        BilledCostMonthly.DAY,
                        BilledCostMonthly.ALLOCATION,
                        BilledCostMonthly.ALLOCATION_RULE,
                        BilledCostMonthly.CLUSTER,
                        BilledCostMonthly.BILLING_CURRENCY,
                        BilledCostMonthly.BILLED_COST,
                        BilledCostMonthly.CHARGE_COUNT))
                .containsExactly(
                        "2026-03-01 | named | null | c | EUR | 2.000000000000000000 | 1",
                        "2026-03-01 | named | null | c | USD | 355.000000000000000000 | 2",
                        "2026-04-01 | none | null | null | USD | 4.000000000000000000 | 1",
                        "2026-04-01 | rule | account | d | USD | 3.000000000000000000 | 1",
                        "2026-04-01 | spread | support | null | USD | 7.000000000000000000 | 1");
    }
}
