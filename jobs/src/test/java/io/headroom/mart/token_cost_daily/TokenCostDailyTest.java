package io.headroom.mart.token_cost_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.token_charge_daily.TokenChargeDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCostDailyTest {

    private static final String COSTS = "day | provider | cluster | billing_currency | cost_basis | is_unallocated"
            + " | serving_cost | total_tokens\n";
    private static final String TOKENS = "day | cluster | model | uncached_input_tokens | cache_read_tokens"
            + " | cache_write_tokens | output_tokens | reasoning_tokens | prefill_s | decode_s\n";
    private static final String CHARGES = "day | provider | region | allocation | cluster | model | token_type"
            + " | billing_currency | token_count | effective_cost\n";

    /**
     * 100 s of prefill and decode for 100 dollars. The prefill of m, 30 s, is for 100 tokens uncached, 100 written, and 1000
     * read at a tenth of an uncached one: ten dollars each.
     */
    @Test
    void aCostIsSplitByTimeWhereAllModelsTellIt() {
        TestInputs inputs = own("""
                2026-03-01 | P | c | USD | effective | false | 100 | 2000
                """, """
                2026-03-01 | c | m | 60  | 1000 | 100 | 300 | 200 | 10 | 50
                2026-03-01 | c | m | 40  |      |     |     |     | 20 | 0
                2026-03-01 | c | n | 150 | 0    |     | 50  |     | 5  | 15
                2026-03-01 | c | o |     |      |     |     |     |    |
                """);

        assertThat(told(inputs))
                .as("weights of other ratios to cache reads do not matter")
                .isEqualTo(told(inputs.with(new Settings("USD", new TokenWeights(10, 1, 7, 8, 9), List.of()))))
                .containsExactly(
                        "c | m | cache_read | USD | 1000 | 10.000000000000000000 | 10000.0 | time",
                        "c | m | cache_write | USD | 100 | 10.000000000000000000 | 100000.0 | time",
                        "c | m | output | USD | 300 | 30.000000000000000000 | 100000.0 | time",
                        "c | m | reasoning | USD | 200 | 20.000000000000000000 | 100000.0 | time",
                        "c | m | uncached_input | USD | 100 | 10.000000000000000000 | 100000.0 | time",
                        "c | n | output | USD | 50 | 15.000000000000000000 | 300000.0 | time",
                        "c | n | uncached_input | USD | 150 | 5.000000000000000000 | 33333.333333333336 | time");
    }

    /** 100 s for 100 dollars. The first model has no output, the last no input; both have time of both phases. */
    @Test
    void theTimeOfAPhaseWithoutTokensIsOfTheModelsOther() {
        TestInputs inputs = own("""
                2026-03-01 | P | c | USD | effective | false | 100 | 400
                """, """
                2026-03-01 | c | m | 100 | | | 0   | | 10 | 20
                2026-03-01 | c | n | 100 | | | 100 | | 20 | 40
                2026-03-01 | c | o |     | | | 100 | | 7  | 3
                """);

        assertThat(told(inputs))
                .containsExactly(
                        "c | m | uncached_input | USD | 100 | 30.000000000000000000 | 300000.0 | time",
                        "c | n | output | USD | 100 | 40.000000000000000000 | 400000.0 | time",
                        "c | n | uncached_input | USD | 100 | 20.000000000000000000 | 200000.0 | time",
                        "c | o | output | USD | 100 | 10.000000000000000000 | 100000.0 | time");
    }

    /** The second model tells no decode; the weights are 1, 0.1, 1.25, 4 and 4. */
    @Test
    void aCostIsSplitByWeightWhereAModelTellsNoTime() {
        TestInputs inputs = own("""
                2026-03-01 | P | c | USD | own | false | 60 | 1405
                """, """
                2026-03-01 | c | m | 100 | 1000 | 80 | 25 | 25 | 10 | 50
                2026-03-01 | c |   | 100 |      |    | 0  |    | 10 |
                """);

        assertThat(told(inputs))
                .as("each weighs 100")
                .containsExactly(
                        "c | null | uncached_input | USD | 100 | 10.000000000000000000 | 100000.0 | weight",
                        "c | m | cache_read | USD | 1000 | 10.000000000000000000 | 10000.0 | weight",
                        "c | m | cache_write | USD | 80 | 10.000000000000000000 | 125000.0 | weight",
                        "c | m | output | USD | 25 | 10.000000000000000000 | 400000.0 | weight",
                        "c | m | reasoning | USD | 25 | 10.000000000000000000 | 400000.0 | weight",
                        "c | m | uncached_input | USD | 100 | 10.000000000000000000 | 100000.0 | weight");
    }

    @Test
    void partsAddUpToTheServingCostAndTheLargestHasWhatRoundingLeaves() {
        TestInputs inputs = own("""
                2026-03-01 | P | c | USD | effective | false | 1    | 3
                2026-03-01 | P | c | EUR | effective | false | -100 |
                """, """
                2026-03-01 | c | m | 1 | | | | | |
                2026-03-01 | c | n | 1 | | | | | |
                2026-03-01 | c | o | 1 | | | | | |
                """);

        assertThat(told(inputs))
                .as("the first by name of equals; tokens are told once; a credit is spread like a cost")
                .containsExactly(
                        "c | m | uncached_input | EUR | null | -33.333333333333340000 | -3.3333333333333343E7 | weight",
                        "c | m | uncached_input | USD | 1 | 0.333333333333333400 | 333333.33333333343 | weight",
                        "c | n | uncached_input | EUR | null | -33.333333333333330000 | -3.333333333333333E7 | weight",
                        "c | n | uncached_input | USD | 1 | 0.333333333333333300 | 333333.3333333333 | weight",
                        "c | o | uncached_input | EUR | null | -33.333333333333330000 | -3.333333333333333E7 | weight",
                        "c | o | uncached_input | USD | 1 | 0.333333333333333300 | 333333.3333333333 | weight");
    }

    @Test
    void aCostWithoutTokensIsKeptAndHasNoPrice() {
        TestInputs inputs = own("""
                2026-03-01 | P | zero   | USD | effective | false | 5 | 0
                2026-03-01 | P | silent | USD | effective | false | 6 |
                2026-03-01 | P | free   |     | none      | false |   | 10
                2026-03-01 | P |        | USD | effective | true  | 7 |
                """, """
                2026-03-01 | zero | m | 0  | | | 0 | | |
                2026-03-01 | free | m | 10 | | | 0 | | |
                """);

        assertThat(told(inputs))
                .containsExactly(
                        "free | m | uncached_input | null | 10 | null | null | weight",
                        "silent | null | null | USD | null | 6.000000000000000000 | null | null",
                        "zero | null | null | USD | 0 | 5.000000000000000000 | null | null");
    }

    /** All were read from a cache, which is set to cost nothing. */
    @Test
    void tokensThatWeighNothingLeaveTheCostWhole() {
        TestInputs inputs = own("""
                2026-03-01 | P | c | USD | effective | false | 5 | 10
                """, """
                2026-03-01 | c | m | | 10 | | | | |
                """).with(new Settings("USD", new TokenWeights(1, 0, 1, 1, 1), List.of()));

        assertThat(told(inputs)).containsExactly("c | null | null | USD | 10 | 5.000000000000000000 | 500000.0 | null");
    }

    @Test
    void boughtTokensCostWhatTheirChargesTell() {
        TestInputs inputs =
                TestInputs.NONE.with(TokenChargeDaily.TABLE, Rows.of(TokenChargeDaily.TABLE, CHARGES + """
                2026-03-01 | A | r | named  |   | m | output         | USD | 1500000 | 30
                2026-03-01 | A | r | named  |   | m | output         | USD | 500000  | 10
                2026-03-01 | A | r | named  |   | m | uncached_input | EUR | 1000000 | 3
                2026-03-01 | A | r | none   |   |   |                | USD | 1000000 | 9
                2026-03-01 | A | s | named  |   | m | output         | USD | -10     | -1
                2026-03-01 | A | r | named  | c | m | output         | USD | 1       | 99
                2026-03-01 | A | r | spread |   | m | output         | USD | 1       | 99
                """));

        assertThat(inputs.derived(
                        TokenCostDaily.JOB,
                        TokenCostDaily.SUPPLY,
                        TokenCostDaily.PROVIDER,
                        TokenCostDaily.REGION,
                        TokenCostDaily.MODEL,
                        TokenCostDaily.TOKEN_TYPE,
                        TokenCostDaily.BILLING_CURRENCY,
                        TokenCostDaily.TOKENS,
                        TokenCostDaily.COST,
                        TokenCostDaily.COST_PER_MILLION_TOKENS,
                        TokenCostDaily.SPLIT_BY))
                .as("what is for a cluster, or shared by clusters, is in their cost")
                .containsExactly(
                        "api | A | r | null | null | USD | 1000000 | 9.000000000000000000 | 9.0 | charge",
                        "api | A | r | m | output | USD | 2000000 | 40.000000000000000000 | 20.0 | charge",
                        "api | A | r | m | uncached_input | EUR | 1000000 | 3.000000000000000000 | 3.0 | charge",
                        "api | A | s | m | output | USD | -10 | -1.000000000000000000 | null | charge");
    }

    private static TestInputs own(String costs, String tokens) {
        return TestInputs.NONE
                .with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, COSTS + costs))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, TOKENS + tokens));
    }

    private static List<String> told(TestInputs inputs) {
        return inputs.derived(
                TokenCostDaily.JOB,
                TokenCostDaily.CLUSTER,
                TokenCostDaily.MODEL,
                TokenCostDaily.TOKEN_TYPE,
                TokenCostDaily.BILLING_CURRENCY,
                TokenCostDaily.TOKENS,
                TokenCostDaily.COST,
                TokenCostDaily.COST_PER_MILLION_TOKENS,
                TokenCostDaily.SPLIT_BY);
    }
}
