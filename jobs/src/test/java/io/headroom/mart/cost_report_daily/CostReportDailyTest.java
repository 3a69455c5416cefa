package io.headroom.mart.cost_report_daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.staging.fx_rate.FxRate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostReportDailyTest {

    @Test
    void aCostIsToldAtTheSameTheDirectTheInverseOrACrossRate() {
        TestInputs inputs = costs("""
                        day        | provider | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | direct    | USD              | 0.000000000000000001
                        2026-03-01 | P        | direct    | EUR              | -8
                        2026-03-01 | P        | direct    | JPY              | 3200
                        2026-03-01 | P        | direct    | GBP              | 10
                        """).with(FxRate.TABLE, Rows.of(FxRate.TABLE, """
                        base_currency | quote_currency | rate | valid_from | valid_to   | publisher | known_at
                        EUR           | USD            | 1.25 | 2026-02-27 | 2026-03-02 | ECB       | 2026-02-27
                        EUR           | GBP            | 0.5  | 2026-02-28 | 2026-03-02 | ECB       | 2026-02-27
                        CHF           | USD            | 9    | 2026-02-27 | 2026-03-02 | ECB       | 2026-02-27
                        CHF           | GBP            | 1    | 2026-02-27 | 2026-03-02 | SNB       | 2026-02-27
                        USD           | JPY            | 128  | 2026-03-01 | 2026-03-02 | BOJ       | 2026-03-01
                        EUR           | JPY            | 1    | 2026-03-01 | 2026-03-02 | ECB       | 2026-03-02
                        """));

        assertThat(inputs.derived(
                        CostReportDaily.JOB,
                        CostReportDaily.BILLING_CURRENCY,
                        CostReportDaily.REPORT_CURRENCY,
                        CostReportDaily.FX_METHOD,
                        CostReportDaily.FX_PUBLISHER,
                        CostReportDaily.FX_RATE,
                        CostReportDaily.FX_VALID_FROM,
                        CostReportDaily.REPORT_COST))
                .as("for a pound 1.25 over 0.5 dollars, of one publisher")
                .containsExactly(
                        "EUR | USD | direct | ECB | 1.250000000000000000 | 2026-02-27 00:00:00.0 | -10.000000000000000000",
                        "GBP | USD | cross | ECB | 2.500000000000000000 | 2026-02-28 00:00:00.0 | 25.000000000000000000",
                        "JPY | USD | inverse | BOJ | 0.007812500000000000 | 2026-03-01 00:00:00.0 | 25.000000000000000000",
                        "USD | USD | same | null | 1.000000000000000000 | null | 1E-18");
    }

    @Test
    void theRateIsThatWhichHoldsAtTheStartOfTheDayAndIsKnownLast() {
        TestInputs inputs = costs("""
                        day        | provider | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | direct    | EUR              | 1
                        2026-03-02 | P        | direct    | EUR              | 1
                        2026-03-03 | P        | direct    | EUR              | 1
                        """).with(FxRate.TABLE, Rows.of(FxRate.TABLE, """
                        base_currency | quote_currency | rate | valid_from          | valid_to            | publisher | known_at
                        EUR           | USD            | 2    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | ECB       | 2026-03-01
                        EUR           | USD            | 3    | 2026-03-01 12:00:00 | 2026-03-03 00:00:00 | ECB       | 2026-03-01
                        EUR           | USD            | 4    | 2026-03-03 00:00:00 | 2026-03-04 00:00:00 | ECB       | 2026-03-03
                        EUR           | USD            | 5    | 2026-03-03 00:00:00 | 2026-03-04 00:00:00 | ECB       | 2026-03-05
                        EUR           | USD            | 6    | 2026-03-03 00:00:00 | 2026-03-04 00:00:00 | ACB       | 2026-03-04
                        """));

        assertThat(inputs.derived(CostReportDaily.JOB, CostReportDaily.DAY, CostReportDaily.REPORT_COST))
                .containsExactly(
                        "2026-03-01 | 2.000000000000000000",
                        "2026-03-02 | 3.000000000000000000",
                        "2026-03-03 | 5.000000000000000000");
    }

    @Test
    void daysWithoutARateAreAllToldAndNeverGuessed() {
        TestInputs inputs = costs("""
                        day        | provider | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | direct    | EUR              | 1
                        2026-03-02 | P        | direct    | EUR              | 1
                        2026-03-02 | Q        | direct    | EUR              | 1
                        2026-03-02 | Q        | direct    | USD              | 1
                        2026-03-03 | P        | direct    | GBP              | 1
                        2026-03-04 | P        | direct    | EUR              | 1
                        """).with(FxRate.TABLE, Rows.of(FxRate.TABLE, """
                        base_currency | quote_currency | rate | valid_from | valid_to   | publisher | known_at
                        EUR           | USD            | 2    | 2026-03-01 | 2026-03-02 | ECB       | 2026-03-01
                        EUR           | USD            | 2    | 2026-03-04 | 2026-03-05 | ECB       | 2026-03-04
                        EUR           | USD            | 3    | 2026-03-04 | 2026-03-05 | ECB       | 2026-03-04
                        CHF           | USD            | 2    | 2026-03-03 | 2026-03-04 | SNB       | 2026-03-03
                        EUR           | GBP            | 2    | 2026-03-03 | 2026-03-04 | ECB       | 2026-03-03
                        """));

        assertThatThrownBy(() -> inputs.derived(CostReportDaily.JOB, CostReportDaily.REPORT_COST))
                .hasStackTraceContaining(
                        "at the start of 3 days of bills: EUR to USD on 2026-03-02, EUR to USD on 2026-03-04,"
                                + " GBP to USD on 2026-03-03. None is guessed");
    }

    @Test
    void ofManyDaysWithoutARateTheFirstAreNamed() {
        String days = "2026-0%d-%02d | P | direct | EUR | 1\n";
        var drawing = new StringBuilder("day | provider | cost_kind | billing_currency | effective_cost\n");
        for (int place = 0; place < 33; place++) {
            drawing.append(days.formatted(3 + place / 31, 1 + place % 31));
        }

        assertThatThrownBy(() -> costs(drawing.toString()).derived(CostReportDaily.JOB, CostReportDaily.REPORT_COST))
                .hasStackTraceContaining("at the start of 33 days of bills: EUR to USD on 2026-03-01,")
                .hasStackTraceContaining("EUR to USD on 2026-03-31 and others. None is guessed");
    }

    @Test
    void withoutCostsNoRateIsMissing() {
        assertThat(TestInputs.NONE.derived(CostReportDaily.JOB, CostReportDaily.DAY))
                .isEqualTo(List.of());
    }

    @Test
    void aDayThatHasNotEndedMayLackItsRateAPastOneMayNot() {
        TestInputs inputs = costs("""
                day        | provider | cost_kind | billing_currency | effective_cost
                2031-03-01 | P        | direct    | EUR              | 5
                2031-03-01 | P        | direct    | USD              | 7
                """);

        assertThat(inputs.derived(
                        CostReportDaily.JOB,
                        CostReportDaily.BILLING_CURRENCY,
                        CostReportDaily.FX_METHOD,
                        CostReportDaily.FX_RATE,
                        CostReportDaily.EFFECTIVE_COST,
                        CostReportDaily.REPORT_COST))
                .containsExactly(
                        "EUR | not_yet | null | 5.000000000000000000 | null",
                        "USD | same | 1.000000000000000000 | 7.000000000000000000 | 7.000000000000000000");
    }

    private static TestInputs costs(String drawing) {
        return TestInputs.NONE.with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, drawing));
    }
}
