package io.headroom.staging.power_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lines of a Collector's file exporter; 1772323200 is 2026-03-01T00:00:00Z. */
class OtelPowerTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final Case METERS = CASES.of("""
                name: otel
                extends: power_sample/otel_json
                files: otel/*
                """)
            .deliver(
                    "otel/metrics.jsonl",
                    String.join(
                            "\n",
                            """
                {"resourceMetrics":[{"resource":{"attributes":[
                  {"key":"host.name","value":{"stringValue":"n01"}},{"key":"rack","value":{"stringValue":"r1"}},
                  {"key":"k8s.cluster.name","value":{"stringValue":"c"}}]},"scopeMetrics":[{"metrics":[
                  {"name":"hw.host.power","unit":"W","gauge":{"dataPoints":[{"attributes":[{"key":"hw.id","value":{"stringValue":"host"}}],
                    "timeUnixNano":"1772323200100000000","asDouble":5400.5}]}},
                  {"name":"hw.host.energy","unit":"J","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"host"}}],"timeUnixNano":"1772323200100000000","asInt":"9007199254740993"}]}},
                  {"name":"hw.power","unit":"W","gauge":{"dataPoints":[
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"cpu0"}},{"key":"hw.type","value":{"stringValue":"cpu"}}],
                    "timeUnixNano":"1772323200100000000","asDouble":300},
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"chassis-1"}},{"key":"hw.type","value":{"stringValue":"enclosure"}}],
                    "timeUnixNano":"1772323200100000000","asDouble":5400}]}}]}]}]}""".replace("\n", ""),
                            """
                {"resourceMetrics":[{"resource":{"attributes":[
                  {"key":"rack","value":{"stringValue":"r1"}},{"key":"rack_row","value":{"stringValue":"row-a"}}]},"scopeMetrics":[{"metrics":[
                  {"name":"hw.power","unit":"W","gauge":{"dataPoints":[
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"r1-pdu-a"}},{"key":"hw.type","value":{"stringValue":"enclosure"}},
                      {"key":"scope","value":{"stringValue":"rack"}}],"timeUnixNano":"1772323200000000000","asDouble":61000},
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"chassis-7"}},{"key":"hw.type","value":{"stringValue":"enclosure"}}],
                      "timeUnixNano":"1772323200000000000","asDouble":6100},
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"GPU-1"}},{"key":"hw.type","value":{"stringValue":"gpu"}}],
                      "timeUnixNano":"1772323200000000000","asDouble":700}]}}]}]}]}""".replace("\n", ""),
                            """
                {"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[{"name":"hw.power","gauge":{"dataPoints":[
                    {"attributes":[{"key":"hw.type","value":{"stringValue":"cpu"}}],"timeUnixNano":"1772323200000000000","asDouble":1}]}}]}]}]}""".replace("\n", ""),
                            "{\"resourceLogs\":[]}",
                            ""));

    @Test
    void hostsAndEnclosuresAreMeters() {
        assertThat(METERS.sql("SELECT sampled_at, meter_id, scope, cluster, rack_row, rack, node, power_w,"
                        + " CAST(energy_counter_j AS DECIMAL(20)) FROM power_sample"))
                .as("the counter is more than a double holds to the joule")
                .containsExactly(
                        "2026-03-01 00:00:00.0 | chassis-7 | node | null | row-a | r1 | null | 6100.0 | null",
                        "2026-03-01 00:00:00.0 | n01/host | node | c | null | r1 | n01 | 5400.5 | 9007199254740992",
                        "2026-03-01 00:00:00.0 | r1-pdu-a | rack | null | row-a | r1 | null | 61000.0 | null");
        assertThat(METERS.sql("SELECT explode(quirks) FROM delivery"))
                .as("power of a host is told by itself or by its enclosure, never by both")
                .containsExactly("enclosure beside its host, left out | 1");
        assertThat(METERS.sql("SELECT explode(skipped) FROM delivery"))
                .containsExactly("logs | 1", "no power of a host or an enclosure | 1");
    }

    private static final String LINE = """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"%s"}}]},"scopeMetrics":[{"metrics":[
                  {"name":"hw.host.power","unit":"W","gauge":{"dataPoints":[{"attributes":[{"key":"hw.id","value":{"stringValue":"host"}}],
                    "timeUnixNano":"1772323200000000000",%s}]}},
                  {"name":"hw.power","unit":"W","gauge":{"dataPoints":[
                    {"attributes":[{"key":"hw.id","value":{"stringValue":"chassis"}},{"key":"hw.type","value":{"stringValue":"enclosure"}}],
                    "timeUnixNano":"1772323200000000000","asDouble":5000}]}}]}]}]}""".replace("\n", "");

    private static final Case NO_VALUE = CASES.of("""
                name: otel
                extends: power_sample/otel_json
                files: otel/*
                set: {cluster: c}
                """)
            .deliver(
                    "otel/metrics.jsonl",
                    String.join(
                            "\n",
                            LINE.formatted("flagged", "\"flags\":1"),
                            LINE.formatted("empty", "\"flags\":0"),
                            LINE.formatted("told", "\"asDouble\":4900"),
                            ""));

    /** Flag 1 of a point is: no value recorded. */
    @Test
    void anEnclosureTellsTheHostWhoseOwnPointHasNoValue() {
        assertThat(NO_VALUE.sql("SELECT meter_id, scope, node, power_w FROM power_sample"))
                .containsExactly(
                        "empty/chassis | node | empty | 5000.0",
                        "flagged/chassis | node | flagged | 5000.0",
                        "told/host | node | told | 4900.0");
    }
}
