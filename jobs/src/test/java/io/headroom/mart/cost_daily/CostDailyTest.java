package io.headroom.mart.cost_daily;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.cost.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostDailyTest {

    @Test
    void theDaysOfAChargeAddUpToItToTheLastDecimal() {
        TestInputs inputs = inputs("""
                provider | charge_period_start | charge_period_end   | billing_currency | effective_cost
                P        | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 100
                P        | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | USD              | 0.000000000000000001
                Q        | 2026-03-02 00:00:00 | 2026-03-03 00:00:00 | USD              | 12345678901234567890.123456789012345678
                """);

        assertThat(inputs.derived(CostDaily.JOB, CostDaily.PROVIDER, CostDaily.DAY, CostDaily.EFFECTIVE_COST))
                .hasSize(4)
                .contains("Q | 2026-03-02 | 12345678901234567890.123456789012345678");
        assertThat(sums(inputs, "provider")).contains("P | 100.000000000000000001");
    }

    @Test
    void aChargeIsSpreadByTimeAndEachAmountOfItExactly() {
        TestInputs inputs = inputs("""
                charge_period_start | charge_period_end   | billing_currency | effective_cost | list_cost | contracted_cost
                2026-03-01 16:00:00 | 2026-03-04 08:00:00 | USD              | 100            | 200       |
                """);

        assertThat(inputs.derived(
                        CostDaily.JOB,
                        CostDaily.DAY,
                        CostDaily.EFFECTIVE_COST,
                        CostDaily.LIST_COST,
                        CostDaily.CONTRACTED_COST,
                        CostDaily.CHARGE_COUNT))
                .as("8 of 64 hours, 24, 24 and 8")
                .containsExactly(
                        "2026-03-01 | 12.500000000000000000 | 25.000000000000000000 | null | 1",
                        "2026-03-02 | 37.500000000000000000 | 75.000000000000000000 | null | 1",
                        "2026-03-03 | 37.500000000000000000 | 75.000000000000000000 | null | 1",
                        "2026-03-04 | 12.500000000000000000 | 25.000000000000000000 | null | 1");
    }

    @Test
    void whatRoundingLeavesGoesToTheLargestPartTheFirstOfEquals() {
        TestInputs inputs = inputs("""
                provider     | charge_period_start | charge_period_end   | billing_currency | effective_cost
                three days   | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 0.000000000000000002
                first short  | 2026-03-01 12:00:00 | 2026-03-04 00:00:00 | USD              | 0.000000000000000001
                both short   | 2026-03-01 12:00:00 | 2026-03-03 12:00:00 | USD              | 0.000000000000000001
                last longer  | 2026-03-01 23:00:00 | 2026-03-02 02:00:00 | USD              | 0.000000000000000002
                two halves   | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | USD              | -0.000000000000000001
                last shorter | 2026-03-01 22:00:00 | 2026-03-02 01:00:00 | USD              | 0.000000000000000004
                """);

        assertThat(inputs.derive(CostDaily.JOB)
                        .selectExpr("provider", "day(day)", "CAST(round(effective_cost * 1e18) AS INT)")
                        .orderBy("provider", "day(day)")
                        .collectAsList())
                .extracting(Object::toString)
                .as("in the eighteenth decimal")
                .containsExactly(
                        // A quarter of it, a half and a quarter: none, one (rounded up), none.
                        "[both short,1,0]",
                        "[both short,2,1]",
                        "[both short,3,0]",
                        // A fifth, two and two: none is one, so one is left.
                        "[first short,1,0]",
                        "[first short,2,1]",
                        "[first short,3,0]",
                        // A third of two and two thirds: one and one.
                        "[last longer,1,1]",
                        "[last longer,2,1]",
                        // Two thirds of four and a third: three and one.
                        "[last shorter,1,3]",
                        "[last shorter,2,1]",
                        // Two thirds each: one each, which is one too many.
                        "[three days,1,0]",
                        "[three days,2,1]",
                        "[three days,3,1]",
                        // A half of it each: rounded away from zero both, one too many.
                        "[two halves,1,0]",
                        "[two halves,2,-1]");
    }

    @Test
    void aChargeOfAYearHasAPartInEachOfItsDays() {
        TestInputs inputs = inputs("""
                charge_period_start | charge_period_end   | billing_period_start | charge_category | billing_currency | effective_cost
                2026-01-01 00:00:00 | 2027-01-01 00:00:00 | 2026-01-01 00:00:00  | Purchase        | USD              | 1000
                """);

        assertThat(inputs.derive(CostDaily.JOB)
                        .selectExpr(
                                "count(*)",
                                "min(day)",
                                "max(day)",
                                "CAST(sum(effective_cost) AS STRING)",
                                "max(effective_cost) - min(effective_cost) < 1e-12",
                                "min(billing_period_start) = max(billing_period_start)")
                        .head()
                        .toString())
                .isEqualTo("[365,2026-01-01,2026-12-31,1000.000000000000000000,true,true]");
    }

    @Test
    void creditsCorrectionsAndPurchasesStandOnTheDaysOfTheirCharge() {
        TestInputs inputs = inputs("""
                charge_category | charge_class | billing_period_start | charge_period_start | charge_period_end   | billing_currency | billed_cost | effective_cost
                Credit          |              | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-03 00:00:00 | USD              | -100        | -100
                Usage           | Correction   | 2026-03-01 00:00:00  | 2026-02-27 00:00:00 | 2026-02-28 00:00:00 | USD              | -7          | -7
                Purchase        |              | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 500         | 0
                Usage           |              | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | EUR              | 5           | 5
                Usage           |              | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 0           | 0
                """);

        assertThat(inputs.derived(
                        CostDaily.JOB,
                        CostDaily.DAY,
                        CostDaily.CHARGE_CATEGORY,
                        CostDaily.BILLING_CURRENCY,
                        CostDaily.EFFECTIVE_COST))
                .containsExactly(
                        "2026-02-27 | Usage | USD | -7.000000000000000000",
                        "2026-03-01 | Credit | USD | -50.000000000000000000",
                        "2026-03-01 | Purchase | USD | 0E-18",
                        "2026-03-01 | Usage | EUR | 5.000000000000000000",
                        "2026-03-01 | Usage | USD | 0E-18",
                        "2026-03-02 | Credit | USD | -50.000000000000000000");
    }

    @Test
    void aChargeOfAnInstantIsAllOfItsDay() {
        TestInputs inputs = inputs("""
                provider | charge_period_start | charge_period_end   | billing_currency | effective_cost
                midnight | 2026-03-01 00:00:00 | 2026-03-01 00:00:00 | USD              | 5
                noon     | 2026-03-01 12:00:00 | 2026-03-01 12:00:00 | USD              | 7
                """);

        assertThat(inputs.derived(CostDaily.JOB, CostDaily.PROVIDER, CostDaily.DAY, CostDaily.EFFECTIVE_COST))
                .containsExactly(
                        "midnight | 2026-03-01 | 5.000000000000000000", "noon | 2026-03-01 | 7.000000000000000000");
    }

    private static TestInputs inputs(String charges) {
        return TestInputs.NONE.with(Cost.TABLE, Rows.of(Cost.TABLE, charges));
    }

    private static List<String> sums(TestInputs inputs, String by) {
        return inputs
                .derive(CostDaily.JOB)
                .groupBy(by)
                .agg(expr("CAST(sum(effective_cost) AS STRING)"))
                .collectAsList()
                .stream()
                .map(row -> row.get(0) + " | " + row.get(1))
                .toList();
    }
}
