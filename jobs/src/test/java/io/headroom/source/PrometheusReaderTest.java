package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Prometheus text format 0.0.4 and OpenMetrics 1.0, after their specifications. */
class PrometheusReaderTest {

    private static final Options OPTIONS = new Options(",", "\"", true, List.of(), "", "");

    @Test
    void commentsAreNoRecordsAndLinesAreCounted() {
        List<Parsed> records = read("""
                # HELP http_requests_total The total number of HTTP requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000

                # A comment that has no meaning
                   # TYPE x gauge
                http_requests_total{method="post",code="400"}    3 1395066363000
                # UNIT x seconds
                # EOF
                """, "method", "code");

        assertThat(records).extracting(Parsed::problem).containsOnlyNulls();
        assertThat(records).extracting(Parsed::line).containsExactly(3L, 7L);
        assertThat(records.get(0).values())
                .containsExactly("http_requests_total", "1027", "2014-03-17T14:26:03Z", "post", "200");
        assertThat(records.get(1).raw())
                .isEqualTo("http_requests_total{method=\"post\",code=\"400\"}    3 1395066363000");
    }

    @Test
    void aSampleMayBeMinimal() {
        assertThat(values("metric_without_timestamp_and_labels 12.47"))
                .containsExactly("metric_without_timestamp_and_labels", "12.47", null);
        assertThat(values("\t x{} \t 1")).containsExactly("x", "1", null);
        assertThat(values("vllm:prompt_tokens_total 1.234e+06 "))
                .containsExactly("vllm:prompt_tokens_total", "1.234e+06", null);
    }

    @Test
    void labelsAreUnescaped() {
        assertThat(values("""
                        msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT", error="Cannot find file:\\n\\"FILE.TXT\\"",} 1.458255915e9""", "path", "error"))
                .containsExactly(
                        "msdos_file_access_time_seconds",
                        "1.458255915e9",
                        null,
                        "C:\\DIR\\FILE.TXT",
                        "Cannot find file:\n\"FILE.TXT\"");
        assertThat(values("x{a=\"one \\d, two }\"} 1", "a")).endsWith("one \\d, two }");
    }

    @Test
    void aMetricAmongTheLabelsMayBeQuoted() {
        assertThat(values("{\"my.metric\", \"my.label\"=\"v\"} 1", "my.label"))
                .containsExactly("my.metric", "1", null, "v");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "+Inf, Infinity",
        "-Inf, -Infinity",
        "Inf, Infinity",
        "-1.5E-3, -1.5E-3",
        ".5, .5",
        "9223372036854775794, 9223372036854775794"
    })
    void valuesAreNumbers(String written, String value) {
        assertThat(values("x " + written).get(1)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        // Milliseconds of Prometheus, seconds of OpenMetrics.
        "1772323200000, 2026-03-01T00:00:00Z",
        "1772323200123, 2026-03-01T00:00:00.123Z",
        "1772323200, 2026-03-01T00:00:00Z",
        "1772323200.25, 2026-03-01T00:00:00.250Z",
        "1.7723232e+09, 2026-03-01T00:00:00Z",
        "99999999999, 5138-11-16T09:46:39Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "-1.5, 1969-12-31T23:59:58.500Z"
    })
    void timestampsAreToldApartByTheirSize(String written, String instant) {
        assertThat(values("x 1 " + written).get(2)).isEqualTo(instant);
    }

    @Test
    void exemplarsArePassedOver() {
        assertThat(values("foo_bucket{le=\"10\"} 17 # {trace_id=\"oHg5SJYRHA0\"} 9.8 1520879607.789", "le"))
                .containsExactly("foo_bucket", "17", null, "10");
        assertThat(values("foo_total 17.0 1520879607.789 # {trace_id=\"a # b\"} 0.67"))
                .containsExactly("foo_total", "17.0", "2018-03-12T18:33:27.789Z");
    }

    @Test
    void histogramsAndSummariesAreSeries() {
        assertThat(read("""
                # TYPE d histogram
                d_bucket{le="0.05"} 24054
                d_bucket{le="+Inf"} 144320
                d_sum 53423
                d_count 144320
                # TYPE r summary
                r{quantile="0.5"} 4773
                """, "le", "quantile"))
                .extracting(
                        record -> record.values().get(0),
                        record -> record.values().get(3))
                .containsExactly(
                        tuple("d_bucket", "0.05"),
                        tuple("d_bucket", "+Inf"),
                        tuple("d_sum", null),
                        tuple("d_count", null),
                        tuple("r", null));
    }

    @Test
    void labelsThatAreNotDeclaredAreQuirksAndDifferInCaseOnlyOnce() {
        Parsed record = read("x{Hostname=\"a\",zone=\"z\"} 1\n", "hostname").get(0);

        assertThat(record.values()).containsExactly("x", "1", null, "a");
        assertThat(record.quirks()).containsExactly("undeclared column zone");
        assertThat(values("x{HOSTNAME=\"b\",hostname=\"a\"} 1", "hostname")).endsWith("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x                          | The sample has no value.",
                "x{a=\"1\"}                 | The sample has no value.",
                "x one                      | The value 'one' is not a number.",
                "x 0x1p3                    | The value '0x1p3' is not a number.",
                "x 1 soon                   | The timestamp 'soon' is not a time.",
                "x 1 1e99                   | The timestamp '1e99' is not a time.",
                "x 1 2 3                    | The line goes on after its timestamp: '3'.",
                "x{a=\"1\" 1                | The labels are not closed by a brace.",
                "x{a=\"1} 1                 | A quote is never closed.",
                "x{a=1} 1                   | The value of the label a is not quoted.",
                "x{a} 1                     | The label a has no value.",
                "x{a=\"1\",a=\"2\"} 1       | The label a is given twice.",
                "x{1a=\"1\"} 1              | The label has no name where it says '1a=\"1\"} 1'.",
                "{a=\"1\"} 1                | The line names no metric.",
                "<html>                     | The metric has no name where it says '<html>'."
            })
    void aLineThatIsNoSampleIsUnparsableByItself(String line, String problem) {
        List<Parsed> records = read("y 1\n" + line + "\nz 2\n");

        assertThat(records).extracting(Parsed::problem).containsExactly(null, problem, null);
        assertThat(records.get(1).raw()).isEqualTo(line);
        assertThat(records.get(1).refusesFile()).isFalse();
    }

    @Test
    void aRequiredLabelMustBeThere() {
        List<Parsed> records = new ArrayList<>();
        Records.of(
                        in("x{b=\"1\"} 1\nx{a=\"1\"} 1\n"),
                        Format.PROMETHEUS,
                        OPTIONS,
                        new Columns(List.of("a"), List.of("b")))
                .forEachRemaining(records::add);

        assertThat(records).extracting(Parsed::problem).containsExactly("The sample lacks the label a.", null);
    }

    @Test
    void aLastLineWithoutALineFeedMayBeCutOff() {
        String problem = "The last line does not end with a line feed: it may be cut off.";

        assertThat(read("x 1\ny 10")).extracting(Parsed::problem).containsExactly(null, problem);
        assertThat(read("x 1\ny 10").get(1))
                .as("it may have been 1027")
                .returns("y 10", Parsed::raw)
                .returns(2L, Parsed::line)
                .returns(false, Parsed::refusesFile);
        assertThat(read("x 1\n# TYPE y gau")).extracting(Parsed::problem).containsExactly(null, problem);
    }

    @Test
    void aLineEndsWithALineFeedAndOpenMetricsMayEndWithItsEof() {
        assertThat(List.of("x 1\n", "x 1\r\n", "x 1\n\n  ", "x 1\n# EOF", "x 1\n# EOF\n", "# EOF\nx 1\n"))
                .allSatisfy(text ->
                        assertThat(read(text)).extracting(Parsed::problem).containsExactly((String) null));
    }

    @Test
    void aSeriesThatIsToldAnewWithoutATimestampIsOfAnotherScrape() {
        assertThat(read("""
                x{a="1"} 5
                x{a="2"} 6
                y NaN
                x{a="1"} 5.0
                y NaN
                x{a="1"} 7
                x{a="1"} 8 1772323200000
                x{a="1"} 9 1772323260000
                """, "a"))
                .as("what is told alike, and what tells its time, contradicts nothing")
                .extracting(Parsed::line, Parsed::quirks)
                .containsExactly(
                        tuple(1L, List.of()),
                        tuple(2L, List.of()),
                        tuple(3L, List.of()),
                        tuple(4L, List.of()),
                        tuple(5L, List.of()),
                        tuple(6L, List.of("two values of a series without timestamps")),
                        tuple(7L, List.of()),
                        tuple(8L, List.of()));
    }

    @Test
    void ofManySeriesTheOneThatIsContradictedIsFound() {
        var text = new StringBuilder();
        for (int scrape = 0; scrape < 2; scrape++) {
            for (int series = 0; series < 10_000; series++) {
                text.append("x{a=\"%d\"} %d\n".formatted(series, series == 7_777 ? scrape : series));
            }
        }

        assertThat(read(text.toString(), "a"))
                .filteredOn(record -> !record.quirks().isEmpty())
                .extracting(record -> record.values().get(3))
                .containsExactly("7777");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(read("")).extracting(Parsed::problem).containsExactly("The file is empty.");
        assertThat(read("# EOF\n")).isEmpty();
    }

    private static List<Object> values(String line, String... labels) {
        List<Parsed> records = read(line + "\n", labels);
        assertThat(records).extracting(Parsed::problem).containsExactly((String) null);
        return records.get(0).values();
    }

    private static List<Parsed> read(String text, String... labels) {
        List<Parsed> records = new ArrayList<>();
        Records.of(in(text), Format.PROMETHEUS, OPTIONS, new Columns(List.of(), List.of(labels)))
                .forEachRemaining(records::add);
        return records;
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
