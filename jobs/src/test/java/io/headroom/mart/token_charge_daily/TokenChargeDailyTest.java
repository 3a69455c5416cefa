package io.headroom.mart.token_charge_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import io.headroom.staging.cost.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenChargeDailyTest {

    /** Three days of 10 tokens and a dollar: what rounding a third of it leaves is on the first day. */
    private static final TestInputs CHARGES = TestInputs.NONE.with(Cost.TABLE, Rows.of(Cost.TABLE, """
            provider | region | sku_id | model | token_type | token_count | charge_period_start | charge_period_end   | billing_currency | effective_cost
            P        | r      | k1     | m     | output     | 10          | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 1
            P        | r      | k2     |       |            | 7           | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | USD              | 5
            P        | r      | k3     | m     |            |             | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | USD              | 99
            """));

    @Test
    void tokensAndCostAreSpreadOverTheDaysOfAChargeExactly() {
        assertThat(CHARGES.derived(
                        TokenChargeDaily.JOB,
                        TokenChargeDaily.DAY,
                        TokenChargeDaily.MODEL,
                        TokenChargeDaily.TOKEN_TYPE,
                        TokenChargeDaily.TOKEN_COUNT,
                        TokenChargeDaily.EFFECTIVE_COST))
                .as("what tells no tokens is no charge for tokens")
                .containsExactly(
                        "2026-03-01 | null | null | 7.000000 | 5.000000000000000000",
                        "2026-03-01 | m | output | 3.000000 | 0.333333333333333400",
                        "2026-03-02 | m | output | 3.000000 | 0.333333333333333300",
                        "2026-03-03 | m | output | 4.000000 | 0.333333333333333300");
    }

    /**
     * Of 10 tokens in 36 hours a third, 3.3, is of the first day. A correction takes back what its charge gave, day by day. Three
     * quarters of a token and a half are none by the second day.
     */
    @Test
    void tokensOfADayAreWholeAndAddUpToTheirCharge() {
        TestInputs inputs = TestInputs.NONE.with(Cost.TABLE, Rows.of(Cost.TABLE, """
                provider | model    | token_count | charge_period_start | charge_period_end   | billing_currency | effective_cost
                P        | half-day | 10          | 2026-03-01 12:00:00 | 2026-03-03 00:00:00 | USD              | 1
                P        | taken    | 10          | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 1
                P        | taken    | -10         | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | -1
                P        | fraction | 1.5         | 2026-03-01 00:00:00 | 2026-03-03 00:00:00 | USD              | 1
                """));

        assertThat(inputs.derived(
                        TokenChargeDaily.JOB,
                        TokenChargeDaily.MODEL,
                        TokenChargeDaily.DAY,
                        TokenChargeDaily.TOKEN_COUNT))
                .containsExactly(
                        "fraction | 2026-03-01 | 0.000000",
                        "fraction | 2026-03-02 | 1.500000",
                        "half-day | 2026-03-01 | 3.000000",
                        "half-day | 2026-03-02 | 7.000000",
                        "taken | 2026-03-01 | 0.000000",
                        "taken | 2026-03-02 | 0.000000",
                        "taken | 2026-03-03 | 0.000000");
    }

    @Test
    void aRuleNamesTheModelThatAChargeDoesNot() {
        var rule = new AllocationRule(
                "k2", null, null, Map.of("sku_id", List.of("k2")), new Target(null, "by-rule", null, null), null);

        assertThat(CHARGES.with(new Settings("USD", TokenWeights.DEFAULT, List.of(rule)))
                        .derived(
                                TokenChargeDaily.JOB,
                                TokenChargeDaily.DAY,
                                TokenChargeDaily.ALLOCATION,
                                TokenChargeDaily.MODEL,
                                TokenChargeDaily.CHARGE_COUNT))
                .startsWith("2026-03-01 | named | m | 1", "2026-03-01 | rule | by-rule | 1");
    }
}
