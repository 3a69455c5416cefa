package io.headroom.staging.token_usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Token metrics of both temporalities: each preset takes its own and says that it left the other's. */
class OtelTokensTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String USAGE =
            "name: usage\nextends: token_usage/otel_json\nfiles: otel/*\ntolerated_rejects: 1\n";
    private static final String COUNTERS = "name: counters\nextends: counter_sample/otel_json\nfiles: otel/*\n";

    /** 2026-03-01, the first minute. */
    private static final String TIMES =
            "\"startTimeUnixNano\":\"1772323200000000000\",\"timeUnixNano\":\"1772323260000000000\"";

    private static final Case HISTOGRAM = CASES.of(USAGE, COUNTERS)
            .deliver(
                    "otel/delta.jsonl",
                    line(
                            "histogram",
                            "a",
                            histogram(1, point("input", "m-1", 4, 5000), point("output", "m-1", 4, 900))));

    @Test
    void theHistogramCountsAllInputAsUncached() {
        assertThat(usage(HISTOGRAM))
                .containsExactly(
                        "m-1 | research | 2026-03-01 00:00:00.0 | 2026-03-01 00:01:00.0 | 4 | 5000 | null | null | 900 | null");
        assertThat(HISTOGRAM.sql("SELECT source, explode(quirks) FROM delivery"))
                .containsExactly("usage | cached input is not told apart | 1");
        assertThat(HISTOGRAM.sql("SELECT source, explode(skipped) FROM delivery"))
                .containsExactly("counters | no tokens of cumulative temporality | 1");
    }

    private static final Case PARTS = CASES.of(USAGE)
            .deliver(
                    "otel/delta.jsonl",
                    line(
                            "parts",
                            "a",
                            counter(1, "input_tokens", 4000, "text"),
                            counter(1, "input_tokens", 1000, "image"),
                            counter(1, "cache_read.input_tokens", 3000, "text"),
                            counter(1, "cache_write.input_tokens", 500, "text"),
                            counter(1, "output_tokens", 900, "text"),
                            counter(1, "reasoning.output_tokens", 200, "text"),
                            histogram(1, point("input", "m-1", 4, 5000), point("output", "m-1", 4, 900))));

    /** 5000 of input, of which 3000 were read from a cache and 500 written to one: 1500. 900 of output less 200 of reasoning: 700. */
    @Test
    void countersTellThePartsOfInputAndOutput() {
        assertThat(usage(PARTS))
                .containsExactly(
                        "m-1 | research | 2026-03-01 00:00:00.0 | 2026-03-01 00:01:00.0 | 4 | 1500 | 3000 | 500 | 700 | 200");
        assertThat(PARTS.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("histogram beside counters, left out | 1");
    }

    private static final String REQUESTS =
            histogram(1, point("input", "m-1", 3, 1)).replace("token.usage", "inference.duration");

    private static final Case ONE_EXPORT = CASES.of(USAGE)
            .deliver(
                    "otel/delta.jsonl",
                    line(
                            "export",
                            "a",
                            counter(1, "input_tokens", 100, "text"),
                            counter(1, "output_tokens", 20, "text").replace("000000000\"", "000009000\""),
                            REQUESTS.replace("000000000\"", "000017000\"")));

    /** Each instrument of a process reads the clock for itself. */
    @Test
    void instrumentsOfOneExportBelongTogether() {
        assertThat(usage(ONE_EXPORT))
                .containsExactly("m-1 | research | 2026-03-01 00:00:00.0 | 2026-03-01 00:01:00.000017 | 3 | 100 | null"
                        + " | null | 20 | null");
    }

    private static final String FIRST =
            line("processes", "a", histogram(1, point("input", "m-1", 1, 10), point("output", "m-1", 1, 1)));

    private static final String SECOND =
            line("processes", "b", histogram(1, point("input", "m-1", 2, 30), point("output", "m-1", 2, 7)));

    private static final Case PROCESSES = CASES.of(USAGE).deliver("otel/delta.jsonl", FIRST + SECOND + FIRST);

    @Test
    void processesOfOneIntervalAddUpAndAPointToldTwiceCountsOnce() {
        assertThat(PROCESSES.sql("SELECT request_count, uncached_input_tokens, output_tokens FROM token_usage"))
                .containsExactly("3 | 40 | 8");
        assertThat(PROCESSES.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("cached input is not told apart | 1", "point told twice | 1");
    }

    private static final Case CUMULATIVE = CASES.of(USAGE, COUNTERS)
            .deliver(
                    "otel/cumulative.jsonl",
                    line("cumulative", "a", histogram(2, point("input", "m-1", 1, 10), point("output", "m-1", 1, 1)))
                            + line(
                                    "cumulative",
                                    "b",
                                    counter(2, "input_tokens", 70, "text"),
                                    counter(2, "cache_read.input_tokens", 20, "text")));

    @Test
    void cumulativePointsAreCountersOfTheirProcess() {
        assertThat(CUMULATIVE.sql("SELECT sampled_at, instance, node, model, team, counter, value FROM counter_sample"))
                .containsExactly(
                        "2026-03-01 00:01:00.0 | a | n01 | m-1 | research | input_tokens | 10.0",
                        "2026-03-01 00:01:00.0 | a | n01 | m-1 | research | output_tokens | 1.0",
                        "2026-03-01 00:01:00.0 | a | n01 | m-1 | research | requests | 1.0",
                        "2026-03-01 00:01:00.0 | b | n01 | m-1 | research | cached_input_tokens | 20.0",
                        "2026-03-01 00:01:00.0 | b | n01 | m-1 | research | input_tokens | 70.0");
        assertThat(CUMULATIVE.sql("SELECT source, explode(skipped) FROM delivery"))
                .containsExactly("usage | no tokens of delta temporality | 2");
    }

    private static final Case BOTH = CASES.of(USAGE, COUNTERS)
            .deliver(
                    "otel/mixed.jsonl",
                    line(
                            "both",
                            "a",
                            histogram(1, point("input", "m-1", 1, 10), point("output", "m-1", 1, 1)),
                            counter(2, "input_tokens", 70, "text")));

    @Test
    void aLineOfBothTemporalitiesIsTakenByBothAndSaysSo() {
        assertThat(BOTH.sql("SELECT uncached_input_tokens FROM token_usage")).containsExactly("10");
        assertThat(BOTH.sql("SELECT counter, value FROM counter_sample")).containsExactly("input_tokens | 70.0");
        assertThat(BOTH.sql("SELECT source, explode(quirks) FROM delivery"))
                .containsExactly(
                        "counters | beside tokens that are not of cumulative temporality | 1",
                        "usage | beside tokens that are not of delta temporality | 1",
                        "usage | cached input is not told apart | 1");
    }

    private static final Case UNREADABLE = CASES.of(USAGE)
            .deliver(
                    "otel/delta.jsonl",
                    line(
                                    "unreadable",
                                    "a",
                                    histogram(
                                            1,
                                            point("input", "m-1", 1, 10).replace("\"sum\":10", "\"sum\":\"NaN\""),
                                            point("output", "m-1", 1, 1)))
                            + line("unreadable", "a", histogram(1, point("input", "m-2", 1, 10)))
                            + line(
                                    "unreadable",
                                    "a",
                                    counter(1, "output_tokens", 7, "text").replace("m-1", "m-3")));

    @Test
    void whatCannotBeReadIsRefusedByItsText() {
        assertThat(UNREADABLE.sql("SELECT line, reasons FROM rejected"))
                .containsExactly(
                        "1 | [uncached_input_tokens is not a whole number: NaN]",
                        "2 | [output_tokens is missing]",
                        "3 | [request_count is missing, uncached_input_tokens is missing]");
    }

    private static List<String> usage(Case given) {
        return given.sql(
                "SELECT model, team, started_at, ended_at, request_count, uncached_input_tokens, cache_read_tokens,"
                        + " cache_write_tokens, output_tokens, reasoning_tokens FROM token_usage");
    }

    /** One export of one process. Each case has a cluster of its own, so that its tokens are no other's. */
    private static String line(String cluster, String instance, String... metrics) {
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[%s,%s,%s,%s,%s]},\"scopeMetrics\":[{\"scope\":{},\"metrics\":[%s]}]}]}\n"
                .formatted(
                        attribute("service.name", "gateway"),
                        attribute("k8s.cluster.name", cluster),
                        attribute("service.instance.id", instance),
                        attribute("host.name", "n01"),
                        attribute("k8s.namespace.name", "research"),
                        String.join(",", metrics));
    }

    private static String histogram(int temporality, String... points) {
        return "{\"name\":\"gen_ai.client.token.usage\",\"unit\":\"{token}\",\"histogram\":{\"aggregationTemporality\":%d,\"dataPoints\":[%s]}}"
                .formatted(temporality, String.join(",", points));
    }

    private static String point(String type, String model, int count, long sum) {
        return "{\"attributes\":[%s,%s,%s],%s,\"count\":\"%d\",\"sum\":%d,\"bucketCounts\":[\"1\"],\"explicitBounds\":[]}"
                .formatted(
                        attribute("gen_ai.token.type", type),
                        attribute("gen_ai.request.model", model),
                        attribute("gen_ai.operation.name", "chat"),
                        TIMES,
                        count,
                        sum);
    }

    private static String counter(int temporality, String name, long value, String modality) {
        return ("{\"name\":\"gen_ai.client.inference.usage.%s\",\"sum\":{\"aggregationTemporality\":%d,\"isMonotonic\":true,\"dataPoints\":["
                        + "{\"attributes\":[%s,%s],%s,\"asInt\":\"%d\"}]}}")
                .formatted(
                        name,
                        temporality,
                        attribute("gen_ai.response.model", "m-1"),
                        attribute("gen_ai.token.modality", modality),
                        TIMES,
                        value);
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
    }
}
