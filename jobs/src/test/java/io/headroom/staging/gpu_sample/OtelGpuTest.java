package io.headroom.staging.gpu_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lines of a Collector's file exporter, shortened to what matters. 1772323200 is 2026-03-01T00:00:00Z. */
class OtelGpuTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String SOURCE = """
            name: otel
            extends: gpu_sample/otel_json
            files: otel/*
            parameters: {interval_s: '15'}
            tolerated_rejects: 1
            """;

    private static final Case METRICS = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(
                                    gauge(
                                            "hw.gpu.utilization",
                                            "1",
                                            point(
                                                    uuid(1),
                                                    "1772323200000120000",
                                                    "\"asDouble\":0.97",
                                                    task("general"))),
                                    gauge(
                                            "hw.power",
                                            "W",
                                            point(uuid(1), "1772323200000130000", "\"asInt\":\"612\"", "")),
                                    sum(
                                            "hw.energy",
                                            2,
                                            point(uuid(1), "1772323200000140000", "\"asDouble\":81234567.25", "")))
                            + line(
                                    gauge(
                                            "hw.gpu.utilization",
                                            "1",
                                            point(uuid(1), "1772323215000120000", "\"asInt\":1", "")),
                                    gauge(
                                            "hw.power",
                                            "W",
                                            point(uuid(1), "1772323215000120000", "\"asDouble\":700.125", ""))));

    @Test
    void theMetricsOfAGpuAtAnInstantAreOneSample() {
        assertThat(METRICS.sql(
                        "SELECT sampled_at, provider, region, cluster, node, gpu_uuid, accelerator, team, is_allocated,"
                                + " interval_s, gpu_util, power_w, energy_counter_j, sm_active FROM gpu_sample"))
                .containsExactly(
                        "2026-03-01 00:00:00.0 | AWS | us-east-1 | train-1 | n01 | " + uuid(1)
                                + " | H100 | research | true | 15.0 | 0.97 | 612.0 | 8.123456725E7 | null",
                        "2026-03-01 00:00:15.0 | AWS | us-east-1 | train-1 | n01 | " + uuid(1)
                                + " | H100 | research | true | 15.0 | 1.0 | 700.125 | null | null");
        assertThat(METRICS.sql("SELECT read_records, used_records, received_rows, size(quirks) FROM delivery"))
                .containsExactly("2 | 2 | 2 | 0");
    }

    private static final Case SPLIT = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(gauge(
                                    "hw.gpu.utilization",
                                    "1",
                                    point(uuid(2), "1772323200000000000", "\"asDouble\":0.5", "")))
                            + line(gauge(
                                    "hw.power", "W", point(uuid(2), "1772323200400000000", "\"asDouble\":400", "")))
                            + line(gauge(
                                    "DCGM_FI_PROF_SM_ACTIVE",
                                    "",
                                    point(uuid(2), "1772323200800000000", "\"asDouble\":0.25", ""))))
            .deliver(
                    "otel/other.jsonl",
                    line(gauge("hw.power", "W", point(uuid(2), "1772323201000000000", "\"asDouble\":401", ""))));

    @Test
    void metricsThatAreSplitOverLinesAreOneSample() {
        assertThat(SPLIT.sql("SELECT sampled_at, gpu_util, sm_active, power_w, path FROM gpu_sample"))
                .containsExactly(
                        "2026-03-01 00:00:00.0 | 0.5 | 0.25 | 400.0 | otel/metrics.jsonl",
                        "2026-03-01 00:00:01.0 | null | null | 401.0 | otel/other.jsonl");
    }

    private static final String INSTANCE = ",{\"key\":\"GPU_I_ID\",\"value\":{\"stringValue\":\"%d\"}}"
            + ",{\"key\":\"GPU_I_PROFILE\",\"value\":{\"stringValue\":\"3g.40gb\"}}";

    private static final Case INSTANCES = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(gauge(
                            "DCGM_FI_PROF_SM_ACTIVE",
                            "1",
                            point(uuid(3), "1772323200120000000", "\"asDouble\":0.9", INSTANCE.formatted(1))
                                    + ","
                                    + point(
                                            uuid(3),
                                            "1772323200120000000",
                                            "\"asDouble\":0.1",
                                            INSTANCE.formatted(2)))));

    @Test
    void instancesOfAGpuAreApart() {
        assertThat(INSTANCES.sql("SELECT gpu_uuid, mig_instance, mig_profile, sm_active FROM gpu_sample"))
                .containsExactly(uuid(3) + " | 1 | 3g.40gb | 0.9", uuid(3) + " | 2 | 3g.40gb | 0.1");
    }

    private static final Case OTHERS = CASES.of(SOURCE)
            .deliver(
                    "otel/all.jsonl",
                    """
                {"resourceSpans":[{"resource":{},"scopeSpans":[]}]}
                {"resourceLogs":[]}
                {"resourceProfiles":[]}
                {"resourceMetrics":[{"resource":{},"scopeMetrics":[{"scope":{},"metrics":[{"name":"up","gauge":{"dataPoints":[{"timeUnixNano":"1772323200000000000","asInt":"1"}]}}]}]}]}
                {"resourceMetrics":[]}
                {"metrics":[]}
                {"resourceMetrics":7}
                {"resourceMetrics":[
                """
                            + line(gauge("hw.power", "W", point("cpu0", "1772323200000000000", "\"asDouble\":200", "")))
                                    .replace("\"gpu\"", "\"cpu\"")
                            + line(gauge(
                                    "hw.gpu.utilization",
                                    "1",
                                    point(uuid(4), "1772323200000000000", "\"asDouble\":0.1", task("encoder"))))
                            + line(gauge(
                                    "hw.power",
                                    "W",
                                    "{\"timeUnixNano\":\"1772323200000000000\",\"flags\":1,\"asDouble\":0}")));

    @Test
    void otherSignalsAndOtherMetricsAreSkippedByName() {
        assertThat(OTHERS.sql("SELECT read_records, used_records, skipped_records, unparsable_records FROM delivery"))
                .containsExactly("11 | 0 | 8 | 3");
        assertThat(OTHERS.sql("SELECT explode(skipped) FROM delivery"))
                .containsExactly("logs | 1", "no value of a GPU | 5", "profiles | 1", "traces | 1");
        assertThat(OTHERS.sql("SELECT line, reasons[0] FROM rejected").get(0))
                .startsWith("6 | The line is no OTLP metrics.");
    }

    private static final Case LEFT_OUT = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(
                            gauge(
                                    "hw.gpu.utilization",
                                    "%",
                                    point(uuid(5), "1772323200000000000", "\"asInt\":\"1\"", "")),
                            gauge(
                                    "hw.gpu.utilization",
                                    "1",
                                    point(uuid(5), "1772323200000000000", "\"asDouble\":0.75", task("encoder"))),
                            sum("hw.energy", 1, point(uuid(5), "1772323200000000000", "\"asDouble\":5", "")),
                            gauge("hw.power", "kW", point(uuid(5), "1772323200000000000", "\"asDouble\":0.4", ""))));

    @Test
    void whatIsLeftOutOfASampleIsCounted() {
        assertThat(LEFT_OUT.sql("SELECT gpu_util, power_w, energy_counter_j FROM gpu_sample"))
                .as("a Collector that says % means that 1 is 1 %")
                .containsExactly("0.01 | null | null");
        assertThat(LEFT_OUT.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly(
                        "hw.energy not cumulative, left out | 1",
                        "hw.gpu.task encoder, left out | 1",
                        "hw.gpu.utilization in % | 1",
                        "hw.power in kW, left out | 1");
    }

    private static final Case INDEX = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(gauge("hw.power", "W", point("0", "1772323200000000000", "\"asDouble\":1", "")))
                            + line(gauge("hw.power", "W", point("0", "1772323200000000000", "\"asDouble\":2", "")))
                                    .replace("n01", "n02"));

    @Test
    void aGpuThatIsNoUuidIsNamedByItsHost() {
        assertThat(INDEX.sql("SELECT gpu_uuid, power_w FROM gpu_sample")).containsExactly("n01/0 | 1.0", "n02/0 | 2.0");
        assertThat(INDEX.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("hw.id is no UUID, named by its host | 2");
    }

    private static final Case UNREADABLE = CASES.of(SOURCE)
            .deliver(
                    "otel/metrics.jsonl",
                    line(gauge("hw.power", "W", point(uuid(7), "soon", "\"asDouble\":1", "")))
                            + line(gauge(
                                    "hw.power", "W", point(uuid(7), "1772323200000000000", "\"asDouble\":\"NaN\"", "")))
                            + line(gauge(
                                    "hw.gpu.utilization",
                                    "1",
                                    point(uuid(7), "1772323201000000000", "\"asDouble\":97", "")))
                            + line(gauge("hw.power", "W", point("", "1772323202000000000", "\"asDouble\":1", ""))));

    @Test
    void whatCannotBeReadIsRefusedByItsText() {
        assertThat(UNREADABLE.sql("SELECT line, reasons[0] FROM rejected"))
                .containsExactly(
                        "1 | sampled_at is not an instant: timeUnixNano soon",
                        "2 | power_w is not a finite number",
                        "3 | gpu_util is not a share",
                        "4 | gpu_uuid is missing");
    }

    /** One export of one host. */
    private static String line(String... metrics) {
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[%s,%s,%s,%s,%s]},\"scopeMetrics\":[{\"scope\":{},\"metrics\":[%s]}]}]}\n"
                .formatted(
                        attribute("host.name", "n01"),
                        attribute("k8s.cluster.name", "train-1"),
                        attribute("k8s.namespace.name", "monitoring"),
                        attribute("cloud.provider", "aws"),
                        attribute("cloud.region", "us-east-1"),
                        String.join(",", metrics));
    }

    private static String gauge(String name, String unit, String point) {
        return "{\"name\":\"%s\",\"unit\":\"%s\",\"gauge\":{\"dataPoints\":[%s]}}".formatted(name, unit, point);
    }

    private static String sum(String name, int temporality, String point) {
        return "{\"name\":\"%s\",\"unit\":\"J\",\"sum\":{\"dataPoints\":[%s],\"aggregationTemporality\":%d,\"isMonotonic\":true}}"
                .formatted(name, point, temporality);
    }

    private static String point(String id, String time, String value, String more) {
        return "{\"attributes\":[%s,%s,%s,%s%s],\"startTimeUnixNano\":\"1772300000000000000\",\"timeUnixNano\":\"%s\",%s}"
                .formatted(
                        attribute("hw.id", id),
                        attribute("hw.type", "gpu"),
                        attribute("hw.model", "NVIDIA H100 80GB HBM3"),
                        attribute("k8s.namespace.name", "research"),
                        more,
                        time,
                        value);
    }

    /** Each case has a GPU of its own. */
    private static String uuid(int gpu) {
        return "GPU-5fd4f087-86f3-7a43-b711-4771313afc%02d".formatted(gpu);
    }

    private static String task(String task) {
        return "," + attribute("hw.gpu.task", task);
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
    }
}
