package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to queries as the Prometheus HTTP API is documented to give them. */
class PrometheusApiReaderTest {

    private static final Options OPTIONS = new Options(",", "\"", true, List.of(), "", "");

    private static final String MATRIX = """
            {
               "status" : "success",
               "data" : {
                  "resultType" : "matrix",
                  "result" : [
                     {
                        "metric" : {
                           "__name__" : "up",
                           "job" : "prometheus",
                           "instance" : "localhost:9090"
                        },
                        "values" : [
                           [ 1435781430.781, "1" ],
                           [ 1435781445.781, "NaN" ]
                        ]
                     },
                     {
                        "metric" : {"__name__" : "up", "job" : "node"},
                        "values" : [ [ 1435781430, "0" ] ]
                     }
                  ]
               }
            }
            """;
    private static final String VECTOR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":"
                    + "{\"__name__\":\"up\",\"job\":\"a\\\"b\"},\"value\":[1435781451.781,\"1\"]}]}}";

    @Test
    void eachPairOfASeriesIsARecordAtItsLine() {
        List<Parsed> records = read(MATRIX, "job");

        assertThat(records)
                .extracting(Parsed::values)
                .containsExactly(
                        List.of("up", "1", "2015-07-01T20:10:30.781Z", "prometheus"),
                        List.of("up", "NaN", "2015-07-01T20:10:45.781Z", "prometheus"),
                        List.of("up", "0", "2015-07-01T20:10:30Z", "node"));
        assertThat(records).extracting(Parsed::line).containsExactly(13L, 14L, 19L);
        assertThat(records.get(2).raw())
                .isEqualTo("{\"metric\":{\"__name__\":\"up\",\"job\":\"node\"},\"value\":[1435781430,\"0\"]}");
        assertThat(records.get(0).quirks()).containsExactly("undeclared column instance");
        assertThat(records.get(2).quirks()).isEmpty();
    }

    @Test
    void responsesMayFollowEachOther() {
        List<Parsed> records = read("\uFEFF" + VECTOR + "\n" + VECTOR + "\n" + MATRIX, "job");

        assertThat(records).extracting(Parsed::problem).containsOnlyNulls().hasSize(5);
        assertThat(records).extracting(Parsed::line).startsWith(1L, 2L);
        assertThat(records.get(1).values()).containsExactly("up", "1", "2015-07-01T20:10:51.781Z", "a\"b");
    }

    @Test
    void anExpressionHasNoMetricName() {
        assertThat(read(VECTOR.replace("\"__name__\":\"up\",", ""), "job")
                        .get(0)
                        .values())
                .startsWith((String) null);
    }

    @Test
    void anErrorRefusesTheFileAndSaysWhatItSaid() {
        String error =
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter \\\"query\\\"\"}";

        assertThat(refusal(error)).isEqualTo("Prometheus answered with error: bad_data: invalid parameter \"query\"");
        assertThat(refusal(VECTOR + "\n" + error)).startsWith("Prometheus answered with error");
        assertThat(refusal(VECTOR.replace("success", "error"))).isEqualTo("Prometheus answered with error: ");
    }

    @Test
    void aDocumentThatIsCutOffIsRefused() {
        assertThat(refusal(MATRIX.substring(0, MATRIX.indexOf("\"NaN\""))))
                .isEqualTo("The document is cut off in line 14.");
        assertThat(refusal(VECTOR.substring(0, VECTOR.length() - 1))).isEqualTo("The document is cut off in line 1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{}",
                "{\"data\":{\"result\":[]}}",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1435781451.781,\"1\"]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1,\"1\"]],\"metric\":{}}]}}",
                "{\"status\":\"success\",\"status\":\"success\"}",
                "<html>bad gateway</html>"
            })
    void whatIsNoResponseOfSeriesIsRefused(String document) {
        assertThat(refusal(document)).isNotBlank();
    }

    @Test
    void aPairThatIsNoSampleIsUnparsableByItself() {
        assertThat(read(MATRIX.replace("\"NaN\"", "\"much\"").replace("1435781430, \"0\"", "\"soon\", \"0\""), "job"))
                .extracting(Parsed::problem)
                .containsExactly(null, "The value 'much' is not a number.", "The time 'soon' is not a time.");
        assertThat(read(VECTOR.replace("[1435781451.781,\"1\"]", "[1435781451.781,\"1\",2]"), "job"))
                .extracting(Parsed::problem)
                .containsExactly("The sample is no pair of time and value.");
        assertThat(read(VECTOR.replace("[1435781451.781,\"1\"]", "[]"), "job"))
                .extracting(Parsed::problem)
                .containsExactly("The sample is no pair of time and value.");
        assertThat(read(
                        VECTOR.replace("\"value\":[1435781451.781,\"1\"]", "\"histogram\":[1,{\"count\":\"3\"}]"),
                        "job"))
                .extracting(Parsed::problem)
                .containsExactly("A native histogram is no sample.");
    }

    @Test
    void aWarningIsTold() {
        assertThat(read(
                        VECTOR.substring(0, VECTOR.length() - 1) + ",\"warnings\":[\"no store\"],\"infos\":[\"x\"]}",
                        "job"))
                .extracting(Parsed::problem)
                .containsExactly(null, "Prometheus warned: no store");
    }

    @Test
    void aMillionSamplesAreReadAsTheyAreAskedFor() {
        var in = new ManySamples(1_000_000);
        Iterator<Parsed> records =
                Records.of(in, Format.PROMETHEUS_API, OPTIONS, new Columns(List.of(), List.of("job")));

        records.next();
        assertThat(in.given).as("bytes read for the first record").isLessThan(1 << 20);
        long count = 1;
        while (records.hasNext()) {
            assertThat(records.next().problem()).isNull();
            count++;
        }
        assertThat(count).isEqualTo(1_000_000);
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(refusal("")).isEqualTo("The file is empty.");
        assertThat(refusal("\n \n")).isEqualTo("The file is empty.");
    }

    @Test
    void bytesThatAreNoTextRefuseTheFile() {
        List<Parsed> records = new ArrayList<>();
        byte[] latin1 = VECTOR.replace("a\\\"b", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        Records.of(new ByteArrayInputStream(latin1), Format.PROMETHEUS_API, OPTIONS, new Columns(List.of(), List.of()))
                .forEachRemaining(records::add);

        assertThat(records).extracting(Parsed::refusesFile).containsExactly(true);
        assertThat(records.get(0).problem()).startsWith("The document is not UTF-8");
    }

    private static String refusal(String document) {
        List<Parsed> records = read(document, "job");
        Parsed last = records.get(records.size() - 1);
        assertThat(last.refusesFile()).isTrue();
        return String.valueOf(last.problem());
    }

    private static List<Parsed> read(String text, String... labels) {
        List<Parsed> records = new ArrayList<>();
        Records.of(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        Format.PROMETHEUS_API,
                        OPTIONS,
                        new Columns(List.of(), List.of(labels)))
                .forEachRemaining(records::add);
        return records;
    }

    /** A response of one series of many samples, made as it is read. */
    private static final class ManySamples extends InputStream {

        private static final byte[] START =
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"job\":\"a\"},\"values\":["
                        .getBytes(StandardCharsets.UTF_8);
        private static final byte[] END = "]}]}}".getBytes(StandardCharsets.UTF_8);

        private final int samples;
        private int made;
        private byte[] part = START;
        private int at;
        private long given;

        ManySamples(int samples) {
            this.samples = samples;
        }

        @Override
        public int read() throws IOException {
            while (at == part.length) {
                if (made > samples) {
                    return -1;
                }
                part = made == samples
                        ? END
                        : "%s[%d,\"1\"]"
                                .formatted(made == 0 ? "" : ",\n", 1_400_000_000L + made)
                                .getBytes(StandardCharsets.UTF_8);
                made++;
                at = 0;
            }
            given++;
            return part[at++];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = 0;
            while (read < length) {
                int next = read();
                if (next < 0) {
                    return read == 0 ? -1 : read;
                }
                buffer[offset + read++] = (byte) next;
            }
            return read;
        }
    }
}
