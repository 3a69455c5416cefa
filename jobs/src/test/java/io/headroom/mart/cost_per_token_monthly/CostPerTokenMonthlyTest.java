package io.headroom.mart.cost_per_token_monthly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.billed_cost_monthly.BilledCostMonthly;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import org.junit.jupiter.api.Test;

class CostPerTokenMonthlyTest {

    private static final String BILLED = "day | provider | billing_account_id | allocation | allocation_rule | cluster"
            + " | billing_currency | billed_cost\n";
    private static final String COSTS =
            "day | provider | cluster | billing_currency | cost_basis | is_unallocated | cost"
                    + " | bill_cost | serving_cost | usage_cost | total_tokens\n";

    /**
     * A year of c is billed in March: 365 dollars, of which a day bears one. Half of c serves. The rest of the bill is for
     * nobody.
     */
    @Test
    void theBasesOfAMonthDifferByExactlyTheirBridges() {
        TestInputs inputs = TestInputs.NONE
                .with(BilledCostMonthly.TABLE, Rows.of(BilledCostMonthly.TABLE, BILLED + """
                2026-03-01 | P | a | named |   | c | USD | 365
                2026-03-01 | P | a | none  |   |   | USD | 10
                2026-03-01 | P | b | none  |   |   | USD | 1
                """))
                .with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, COSTS + """
                2026-03-30 | P | c | USD | effective | false | 1 | 1 | 0.5 | 0.25  | 400000
                2026-03-31 | P | c | USD | effective | false | 1 | 1 | 0.5 | 0.125 | 600000
                2026-03-31 | P |   | USD | effective | true  | 4 | 4 |     |       |
                2026-04-01 | P | c | USD | effective | false | 1 | 1 | 1   |       | 500000
                """));

        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.MONTH,
                        CostPerTokenMonthly.CLUSTER,
                        CostPerTokenMonthly.WHOLE_BILLED_COST,
                        CostPerTokenMonthly.BILLED_COST,
                        CostPerTokenMonthly.EFFECTIVE_COST,
                        CostPerTokenMonthly.USAGE_COST,
                        CostPerTokenMonthly.TIMING_BRIDGE,
                        CostPerTokenMonthly.IDLE_BRIDGE,
                        CostPerTokenMonthly.TOTAL_TOKENS))
                .containsExactly(
                        "2026-03-01 | null | 11.000000000000000000 | 11.000000000000000000 | 4.000000000000000000 | null"
                                + " | -7.000000000000000000 | null | null",
                        "2026-03-01 | c | 365.000000000000000000 | 182.500000000000000000 | 1.000000000000000000"
                                + " | 0.375000000000000000 | -181.500000000000000000 | 0.625000000000000000 | 1000000",
                        "2026-04-01 | c | 0E-18 | 0E-18 | 1.000000000000000000 | null"
                                + " | 1.000000000000000000 | null | 500000");
        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.MONTH,
                        CostPerTokenMonthly.CLUSTER,
                        CostPerTokenMonthly.SERVING_SHARE,
                        CostPerTokenMonthly.BILLED_COST_PER_MILLION_TOKENS,
                        CostPerTokenMonthly.EFFECTIVE_COST_PER_MILLION_TOKENS,
                        CostPerTokenMonthly.USAGE_COST_PER_MILLION_TOKENS))
                .containsExactly(
                        "2026-03-01 | null | null | null | null | null",
                        "2026-03-01 | c | 0.5 | 182.5 | 1.0 | 0.375",
                        "2026-04-01 | c | 1.0 | 0.0 | 2.0 | null");
    }

    /** Support of 100 is billed once; its rule shared 1 to 2 of it so far. A purchase of the rule shared nothing. */
    @Test
    void whatARuleSharesIsBilledAsItIsSpentAndTheRestIsKeptApart() {
        TestInputs inputs = TestInputs.NONE
                .with(BilledCostMonthly.TABLE, Rows.of(BilledCostMonthly.TABLE, BILLED + """
                2026-03-01 | P | a | spread | support | | USD | 100
                2026-03-01 | P | a | spread | upfront | | USD | 7
                2026-03-01 | P | a | rule   | mine    | c | USD | 5
                """))
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                day        | provider | billing_account_id | cluster | cost_kind | allocation_rule | billing_currency | effective_cost
                2026-03-01 | P        | a                  | c       | shared    | support         | USD              | 1
                2026-03-02 | P        | a                  | d       | shared    | support         | USD              | 2
                2026-03-02 | P        | a                  | d       | direct    | mine            | USD              | 9
                2026-03-02 | P        | b                  | e       | shared    | support         | USD              | 9
                2026-04-02 | P        | a                  | c       | shared    | support         | USD              | 9
                """))
                .with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, COSTS + """
                2026-03-01 | P | c | USD | effective | false | 1 | 1 | 1 | 1 |
                2026-03-02 | P | d | USD | effective | false | 11 | 11 | 11 | 11 |
                """));

        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.CLUSTER,
                        CostPerTokenMonthly.WHOLE_BILLED_COST,
                        CostPerTokenMonthly.EFFECTIVE_COST))
                .as("112 in all")
                .containsExactly(
                        "null | 7.000000000000000000 | 0E-18",
                        "c | 38.333333333333330000 | 1.000000000000000000",
                        "d | 66.666666666666670000 | 11.000000000000000000");
    }

    /** Of support, 8 were shared by c and 4 credited to d; on days without a cluster 4 stayed. */
    @Test
    void aRuleThatFoundNoClusterOrGaveCreditIsBilledInProportionToo() {
        TestInputs inputs = TestInputs.NONE
                .with(BilledCostMonthly.TABLE, Rows.of(BilledCostMonthly.TABLE, BILLED + """
                2026-03-01 | P | a | spread | support | | USD | 100
                """))
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                day        | provider | billing_account_id | cluster | cost_kind   | allocation_rule | billing_currency | effective_cost
                2026-03-01 | P        | a                  | c       | shared      | support         | USD              | 8
                2026-03-02 | P        | a                  | d       | shared      | support         | USD              | -4
                2026-03-03 | P        | a                  |         | unallocated | support         | USD              | 4
                2026-03-03 | P        | a                  |         | unallocated |                 | USD              | 50
                """));

        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB, CostPerTokenMonthly.CLUSTER, CostPerTokenMonthly.WHOLE_BILLED_COST))
                .containsExactly(
                        "null | 25.000000000000000000", "c | 50.000000000000000000", "d | 25.000000000000000000");
    }

    /**
     * An own cluster costs 8 a day, and 1 of support, of which 30 are billed in March. Half of it serves. On one day its own
     * cost is not told, on another it is not known.
     */
    @Test
    void aBillStandsOnTheBasisThatSpendsItAndNobodyBillsWhatIsOwn() {
        TestInputs inputs = TestInputs.NONE
                .with(BilledCostMonthly.TABLE, Rows.of(BilledCostMonthly.TABLE, BILLED + """
                2026-03-01 | P | a | rule | mine | c | USD | 30
                """))
                .with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, """
                day        | provider | cluster | billing_currency | cost_basis | cost | bill_cost | serving_share | serving_cost | usage_cost | total_tokens
                2026-03-01 | O        | c       | USD              | own        | 9    | 1         | 0.5           | 4.5          | 2          | 1000000
                2026-03-02 | O        | c       | USD              | own        | 9    | 1         | 0.5           | 4.5          | 2          | 1000000
                2026-03-03 | O        | c       | USD              | effective  | 1    | 1         | 0.5           | 0.5          | 0.5        |
                2026-03-04 | O        | c       |                  | unpriced   |      |           | 0.5           |              |            | 7000000
                2026-03-04 | O        | c       | USD              | unpriced   | 1    | 1         | 0.5           |              |            |
                """));

        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.COST_BASIS,
                        CostPerTokenMonthly.WHOLE_BILLED_COST,
                        CostPerTokenMonthly.WHOLE_BILL_COST,
                        CostPerTokenMonthly.BILLED_COST,
                        CostPerTokenMonthly.TIMING_BRIDGE,
                        CostPerTokenMonthly.UNBILLED_COST,
                        CostPerTokenMonthly.EFFECTIVE_COST))
                .as("billed, timing bridge and unbilled are effective: 15 - 14 + 8 = 9")
                .containsExactly(
                        "effective | 0E-18 | 1.000000000000000000 | 0E-18 | 0.500000000000000000 | 0E-18"
                                + " | 0.500000000000000000",
                        "own | 30.000000000000000000 | 2.000000000000000000 | 15.000000000000000000"
                                + " | -14.000000000000000000 | 8.000000000000000000 | 9.000000000000000000",
                        "unpriced | 0E-18 | 1.000000000000000000 | 0E-18 | 0.500000000000000000 | 0E-18"
                                + " | 0.500000000000000000");
        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.COST_BASIS,
                        CostPerTokenMonthly.TOTAL_TOKENS,
                        CostPerTokenMonthly.EFFECTIVE_COST_PER_MILLION_TOKENS,
                        CostPerTokenMonthly.USAGE_COST))
                .as("the bill of the fourth stays, its tokens do not")
                .containsExactly(
                        "effective | 2000000 | 0.25 | 0.500000000000000000",
                        "own | null | 4.5 | 4.000000000000000000",
                        "unpriced | null | null | null");
    }

    /** Tokens of both days are those of each cost, whatever days it has. */
    @Test
    void ownCostHasNoBillAndTwoCurrenciesAreNotAdded() {
        TestInputs inputs =
                TestInputs.NONE.with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, COSTS + """
                2026-03-01 | P | c | EUR | own       | false | 3 |   | 3 | 1 | 1500000
                2026-03-01 | P | c | USD | own       | false | 8 |   | 8 | 2 |
                2026-03-02 | P | c | USD | effective | false | 5 | 5 | 5 | 5 | 500000
                2026-03-02 | P | d |     | unpriced  | false |   |   |   |   | 500000
                """));

        assertThat(inputs.derived(
                        CostPerTokenMonthly.JOB,
                        CostPerTokenMonthly.CLUSTER,
                        CostPerTokenMonthly.BILLING_CURRENCY,
                        CostPerTokenMonthly.COST_BASIS,
                        CostPerTokenMonthly.WHOLE_BILLED_COST,
                        CostPerTokenMonthly.TIMING_BRIDGE,
                        CostPerTokenMonthly.TOTAL_TOKENS,
                        CostPerTokenMonthly.EFFECTIVE_COST_PER_MILLION_TOKENS,
                        CostPerTokenMonthly.USAGE_COST_PER_MILLION_TOKENS))
                .containsExactly(
                        "c | EUR | own | null | null | 2000000 | 1.5 | 0.5",
                        "c | USD | effective | 0E-18 | 5.000000000000000000 | null | 2.5 | 2.5",
                        "c | USD | own | null | null | null | 4.0 | 1.0");
    }

    @Test
    void aMonthIsCompleteWhereAnythingTellsOfItsLastDay() {
        TestInputs inputs =
                TestInputs.NONE.with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, COSTS + """
                2026-02-28 | P | c | USD | effective | false | 1 | 1 | 1 | 1 | 1
                2026-03-30 | P | c | USD | effective | false | 1 | 1 | 1 | 1 | 1
                2026-03-31 | P | c | USD | effective | false | 1 | 1 | 1 | 1 |
                2026-04-01 | P | c | USD | effective | false | 1 | 1 | 1 | 1 | 1
                """));

        assertThat(inputs.derived(CostPerTokenMonthly.JOB, CostPerTokenMonthly.MONTH, CostPerTokenMonthly.IS_COMPLETE))
                .containsExactly("2026-02-01 | true", "2026-03-01 | false", "2026-04-01 | false");
        assertThat(inputs.with(RateCardCostDaily.TABLE, Rows.of(RateCardCostDaily.TABLE, """
                        day        | cluster
                        2026-03-31 | c
                        """))
                        .derived(CostPerTokenMonthly.JOB, CostPerTokenMonthly.MONTH, CostPerTokenMonthly.IS_COMPLETE))
                .containsExactly("2026-02-01 | true", "2026-03-01 | true", "2026-04-01 | false");
    }
}
