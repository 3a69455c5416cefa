package io.headroom.mart.token_hourly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.counter_sample.CounterSample;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenHourlyTest {

    private static final String USAGE = "day | cluster | model | workload | started_at | ended_at | request_count"
            + " | uncached_input_tokens | cache_read_tokens | output_tokens\n";
    private static final String READINGS = "day | sampled_at | cluster | instance | model | counter | value\n";

    @Test
    void usageIsAddedUpByTheHourAndSpreadOverThoseThatItSpans() {
        // 100 tokens from 9:40 to 11:00 are 25 by 10:00; 10 cached ones are 2.5, of which 2 are whole; 1 request is of
        // the end.
        assertThat(usage(
                        """
                2026-03-01 | c | m | batch | 2026-03-01 09:40:00 | 2026-03-01 11:00:00 | 1 | 100 | 10 | 8
                2026-03-01 | c | m | batch | 2026-03-01 10:15:00 | 2026-03-01 10:15:00 | 1 | 5   |    | 2
                """,
                        TokenHourly.HOUR,
                        TokenHourly.STARTED_AT,
                        TokenHourly.ENDED_AT,
                        TokenHourly.REQUEST_COUNT,
                        TokenHourly.UNCACHED_INPUT_TOKENS,
                        TokenHourly.CACHE_READ_TOKENS,
                        TokenHourly.CACHE_WRITE_TOKENS,
                        TokenHourly.OUTPUT_TOKENS,
                        TokenHourly.METHOD))
                .containsExactly(
                        "2026-03-01 09:00:00.0 | 2026-03-01 09:40:00.0 | 2026-03-01 10:00:00.0 | 0 | 25 | 2 | null | 2 | usage",
                        "2026-03-01 10:00:00.0 | 2026-03-01 10:00:00.0 | 2026-03-01 11:00:00.0 | 2 | 80 | 8 | null | 8 | usage");
    }

    @Test
    void theTotalIsTheSumOfTheKindsWhereInputOrOutputIsTold() {
        assertThat(TestInputs.NONE
                        .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                                day        | cluster | model | started_at          | ended_at            | uncached_input_tokens | cache_read_tokens | cache_write_tokens | output_tokens | reasoning_tokens
                                2026-03-01 | c       | all   | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 | 1                     | 20                | 300                | 4000          | 50000
                                2026-03-01 | c       | in    | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 | 7                     | 3                 |                    |               |
                                2026-03-01 | c       | out   | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 |                       |                   |                    | 5             | 6
                                2026-03-01 | c       | none  | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 |                       | 8                 |                    |               |
                                """))
                        .derived(TokenHourly.JOB, TokenHourly.MODEL, TokenHourly.TOTAL_TOKENS))
                .as("of the last, nobody tells what came in or went out")
                .containsExactly("all | 54321", "in | 10", "none | null", "out | 11");
    }

    @Test
    void timesOfUsageAreSpreadInWholeMilliseconds() {
        // 1.001 s over an hour and twenty minutes are 250.25 ms by 10:00, of which 250 are whole.
        TestInputs inputs = TestInputs.NONE.with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                day        | cluster | model | started_at          | ended_at            | request_count | uncached_input_tokens | output_tokens | prefill_s | decode_s
                2026-03-01 | c       | m     | 2026-03-01 09:40:00 | 2026-03-01 11:00:00 | 1             | 4                     | 4             | 1.001     | 4
                2026-03-01 | c       | m     | 2026-03-01 10:00:00 | 2026-03-01 11:00:00 | 1             | 4                     | 4             | 0.1004    | 2
                """));

        assertThat(inputs.derived(TokenHourly.JOB, TokenHourly.HOUR, TokenHourly.PREFILL_S, TokenHourly.DECODE_S))
                .containsExactly("2026-03-01 09:00:00.0 | 0.25 | 1.0", "2026-03-01 10:00:00.0 | 0.851 | 5.0");
    }

    @Test
    void aTimeThatPartOfTheTokensDoesNotTellIsNotTold() {
        TestInputs inputs = TestInputs.NONE.with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                day        | cluster | model | started_at          | ended_at            | request_count | uncached_input_tokens | output_tokens | prefill_s | decode_s
                2026-03-01 | c       | m     | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 | 1             | 4                     | 4             | 1         | 2
                2026-03-01 | c       | m     | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 | 1             | 4                     | 4             | 3         |
                2026-03-01 | c       | m     | 2026-03-01 09:00:00 | 2026-03-01 10:00:00 | 1             | 0                     | 0             |           |
                """));

        assertThat(inputs.derived(TokenHourly.JOB, TokenHourly.PREFILL_S, TokenHourly.DECODE_S))
                .as("what has no tokens has no time to tell")
                .containsExactly("4.0 | null");
        assertThat(counters("""
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | input_tokens | 0
                2026-03-01 | 2026-03-01 11:00:00 | c | e | m | input_tokens | 10
                2026-03-01 | 2026-03-01 12:00:00 | c | e | m | input_tokens | 20
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | prefill_s    | 0
                2026-03-01 | 2026-03-01 11:00:00 | c | e | m | prefill_s    | 1
                2026-03-01 | 2026-03-01 12:00:00 | c | e | m | prefill_s    | 2
                2026-03-01 | 2026-03-01 10:00:00 | c | f | m | input_tokens | 7
                2026-03-01 | 2026-03-01 11:00:00 | c | f | m | input_tokens | 7
                2026-03-01 | 2026-03-01 12:00:00 | c | f | m | input_tokens | 9
                """, TokenHourly.HOUR, TokenHourly.UNCACHED_INPUT_TOKENS, TokenHourly.PREFILL_S))
                .as("a second engine, which tells no time, serves from 11:00 on")
                .containsExactly("2026-03-01 10:00:00.0 | 10 | 1.0", "2026-03-01 11:00:00.0 | 12 | null");
    }

    @Test
    void usageAcrossMidnightIsOfBothDays() {
        assertThat(usage("""
                2026-03-01 | c | m | | 2026-03-01 23:30:00 | 2026-03-02 00:30:00 | 2 | 11 | | 3
                """, TokenHourly.DAY, TokenHourly.UNCACHED_INPUT_TOKENS, TokenHourly.OUTPUT_TOKENS))
                .containsExactly("2026-03-01 | 5 | 1", "2026-03-02 | 6 | 2");
    }

    @Test
    void countersAreDifferencedIntoDisjointBuckets() {
        // From 10:00 to 10:30 input rises by 1000, of which 400 cached; output by 500, of which 200 reasoning.
        assertThat(counters(
                        """
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | input_tokens        | 7000
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | input_tokens        | 8000
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | cached_input_tokens | 100
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | cached_input_tokens | 500
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | output_tokens       | 0
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | output_tokens       | 500
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | reasoning_tokens    | 0
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | reasoning_tokens    | 200
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | requests            | 3
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | requests            | 10
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | prefill_s           | 1.5
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | prefill_s           | 4.25
                2026-03-01 | 2026-03-01 10:00:00 | c | f | m | input_tokens        | 5000
                2026-03-01 | 2026-03-01 10:20:00 | c | f | m | input_tokens        | 5010
                2026-03-01 | 2026-03-01 10:00:00 | c | f | m | cached_input_tokens | 0
                2026-03-01 | 2026-03-01 10:20:00 | c | f | m | cached_input_tokens | 11
                2026-03-01 | 2026-03-01 10:00:00 | c | f | m | prefill_s           | 0
                2026-03-01 | 2026-03-01 10:20:00 | c | f | m | prefill_s           | 0.5
                """,
                        TokenHourly.METHOD,
                        TokenHourly.REQUEST_COUNT,
                        TokenHourly.UNCACHED_INPUT_TOKENS,
                        TokenHourly.CACHE_READ_TOKENS,
                        TokenHourly.OUTPUT_TOKENS,
                        TokenHourly.REASONING_TOKENS,
                        TokenHourly.PREFILL_S,
                        TokenHourly.DECODE_S,
                        TokenHourly.NEGATIVE_BUCKETS))
                .as("a second engine tells one cached token more than all: its uncached ones are 0, which is counted")
                .containsExactly("counter | 7 | 600 | 411 | 300 | 200 | 3.25 | null | 1");
    }

    @Test
    void aCounterThatFallsCountsFromNothing() {
        assertThat(counters(
                        """
                2026-03-01 | 2026-03-01 10:00:00 | c | e | m | requests      | 100
                2026-03-01 | 2026-03-01 10:10:00 | c | e | m | requests      | 150
                2026-03-01 | 2026-03-01 10:20:00 | c | e | m | requests      | 20
                2026-03-01 | 2026-03-01 10:30:00 | c | e | m | requests      | 25
                2026-03-01 | 2026-03-01 10:10:00 | c | e | m | output_tokens | 900
                2026-03-01 | 2026-03-01 10:20:00 | c | e | m | output_tokens | 0
                """,
                        TokenHourly.REQUEST_COUNT,
                        TokenHourly.OUTPUT_TOKENS,
                        TokenHourly.COUNTER_RESETS,
                        TokenHourly.COUNTER_GAPS))
                .as("50, then 20 since a new start, then 5; all counters of a process fall at once")
                .containsExactly("75 | 0 | 1 | 0");
    }

    @Test
    void aGapIsSpreadEvenlyAndAddedUp() {
        assertThat(counters("""
                2026-03-01 | 2026-03-01 09:30:00 | c | e | m | requests | 0
                2026-03-01 | 2026-03-01 12:00:00 | c | e | m | requests | 500
                """, TokenHourly.HOUR, TokenHourly.REQUEST_COUNT, TokenHourly.COUNTER_GAPS))
                .as("500 in 150 minutes: 100 each 30")
                .containsExactly(
                        "2026-03-01 09:00:00.0 | 100 | 0",
                        "2026-03-01 10:00:00.0 | 200 | 0",
                        "2026-03-01 11:00:00.0 | 200 | 1");
    }

    @Test
    void aDifferenceAcrossMidnightIsOfBothDaysAndLongerSilenceIsNotBridged() {
        assertThat(counters(
                        """
                2026-03-01 | 2026-03-01 23:50:00 | c | e | m | requests | 0
                2026-03-02 | 2026-03-02 00:20:00 | c | e | m | requests | 100
                2026-03-04 | 2026-03-04 00:00:00 | c | e | m | requests | 999
                """, TokenHourly.DAY, TokenHourly.STARTED_AT, TokenHourly.ENDED_AT, TokenHourly.REQUEST_COUNT))
                .as("10 of 30 minutes are of the first day")
                .containsExactly(
                        "2026-03-01 | 2026-03-01 23:50:00.0 | 2026-03-02 00:00:00.0 | 33",
                        "2026-03-02 | 2026-03-02 00:00:00.0 | 2026-03-02 00:20:00.0 | 67");
    }

    @Test
    void whatUsageTellsOfAModelOnAClusterAndDayCountersDoNotTellAgain() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, USAGE + """
                        2026-03-01 | both    | m | | 2026-03-01 10:00:00 | 2026-03-01 11:00:00 | 1 | 10 | | 1
                        2026-03-01 | unnamed |   | | 2026-03-01 10:00:00 | 2026-03-01 11:00:00 | 1 | 10 | | 1
                        """))
                .with(CounterSample.TABLE, Rows.of(CounterSample.TABLE, READINGS + """
                        2026-03-01 | 2026-03-01 15:00:00 | both    | e | m | requests | 0
                        2026-03-01 | 2026-03-01 15:30:00 | both    | e | m | requests | 7
                        2026-03-01 | 2026-03-01 15:00:00 | both    | e | n | requests | 0
                        2026-03-01 | 2026-03-01 15:30:00 | both    | e | n | requests | 8
                        2026-03-02 | 2026-03-02 15:00:00 | both    | e | m | requests | 10
                        2026-03-02 | 2026-03-02 15:30:00 | both    | e | m | requests | 19
                        2026-03-01 | 2026-03-01 15:00:00 | unnamed | e | m | requests | 0
                        2026-03-01 | 2026-03-01 15:30:00 | unnamed | e | m | requests | 7
                        """));

        assertThat(inputs.derived(
                        TokenHourly.JOB,
                        TokenHourly.DAY,
                        TokenHourly.CLUSTER,
                        TokenHourly.MODEL,
                        TokenHourly.METHOD,
                        TokenHourly.REQUEST_COUNT,
                        TokenHourly.IS_COUNTER_LEFT_OUT))
                .as("3 requests lie in the gap of 23 h 30 min from the first day to the second")
                .filteredOn(row -> !row.contains(" | 0 | "))
                .contains(
                        "2026-03-01 | both | m | usage | 1 | true",
                        "2026-03-01 | both | n | counter | 8 | false",
                        "2026-03-02 | both | m | counter | 9 | false",
                        "2026-03-01 | unnamed | null | usage | 1 | true")
                .noneMatch(row -> row.startsWith("2026-03-01 | both | m | counter"))
                .noneMatch(row -> row.startsWith("2026-03-01 | unnamed | m"));
    }

    private static List<String> usage(String rows, Field... columns) {
        return TestInputs.NONE
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, USAGE + rows))
                .derived(TokenHourly.JOB, columns);
    }

    private static List<String> counters(String rows, Field... columns) {
        return TestInputs.NONE
                .with(CounterSample.TABLE, Rows.of(CounterSample.TABLE, READINGS + rows))
                .derived(TokenHourly.JOB, columns);
    }
}
