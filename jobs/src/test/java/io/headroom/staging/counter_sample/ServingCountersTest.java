package io.headroom.staging.counter_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Counters of serving engines as their releases expose them. */
class ServingCountersTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String SOURCE = """
            name: serving
            extends: counter_sample/%s
            files: '**'
            set: {cluster: c1}
            """;

    private static final Case VLLM = CASES.of(SOURCE.formatted("vllm")).deliver("vllm.prom", """
                # HELP vllm:prompt_tokens_total Number of prefill tokens processed.
                # TYPE vllm:prompt_tokens_total counter
                vllm:prompt_tokens_total{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 5.91508e+07 1772323200000
                vllm:prompt_tokens_total{engine="1",model_name="openai/gpt-oss-120b",pod="v-0"} 1000.0 1772323200000
                vllm:prompt_tokens_created{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 1.7917e+09 1772323200000
                vllm:generation_tokens_total{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 739935.0 1772323200000
                vllm:prefix_cache_queries_total{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 5.91508e+07 1772323200000
                vllm:prefix_cache_hits_total{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 3.41766e+07 1772323200000
                vllm:request_success_total{engine="0",finished_reason="stop",model_name="openai/gpt-oss-120b",pod="v-0"} 970.0 1772323200000
                vllm:request_success_total{engine="0",finished_reason="length",model_name="openai/gpt-oss-120b",pod="v-0"} 8.0 1772323200000
                vllm:request_prefill_time_seconds_bucket{engine="0",le="0.3",model_name="openai/gpt-oss-120b",pod="v-0"} 3.0 1772323200000
                vllm:request_prefill_time_seconds_sum{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 1225.3 1772323200000
                vllm:request_decode_time_seconds_sum{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 51132.2 1772323200000
                vllm:kv_cache_usage_perc{engine="0",model_name="openai/gpt-oss-120b",pod="v-0"} 0.5 1772323200000
                """);

    @Test
    void vllm() {
        assertThat(counters(VLLM))
                .containsExactly(
                        "v-0/0 | gpt-oss-120b | cached_input_tokens | 34176600.00",
                        "v-0/0 | gpt-oss-120b | decode_s | 51132.20",
                        "v-0/0 | gpt-oss-120b | input_tokens | 59150800.00",
                        "v-0/0 | gpt-oss-120b | output_tokens | 739935.00",
                        "v-0/0 | gpt-oss-120b | prefill_s | 1225.30",
                        "v-0/0 | gpt-oss-120b | requests | 978.00",
                        "v-0/1 | gpt-oss-120b | input_tokens | 1000.00");
        assertThat(VLLM.sql("SELECT skipped['histogram bucket'], skipped['other metric'], size(quirks) FROM delivery"))
                .containsExactly("1 | 3 | 0");
    }

    private static final Case OTHER_NAMES = CASES.of(SOURCE.formatted("vllm"))
            // No _total where the client library is told not to.
            .deliver("old/a.prom", """
                vllm:prompt_tokens{model_name="m"} 100 1772323200000
                vllm:prefix_cache_hits{model_name="m"} 40 1772323200000
                """)
            // Engines of 2026 tell the cached tokens themselves, which count before the hits of the cache.
            .deliver("new/a.prom", """
                vllm:prompt_tokens_cached_total{model_name="m"} 38 1772323200000
                vllm:prefix_cache_hits_total{model_name="m"} 40 1772323200000
                """);

    @Test
    void vllmUnderItsOtherNames() {
        assertThat(counters(OTHER_NAMES))
                .containsExactly(
                        "new | m | cached_input_tokens | 38.00",
                        "old | m | cached_input_tokens | 40.00",
                        "old | m | input_tokens | 100.00");
    }

    private static final Case GPU_CACHE = CASES.of(SOURCE.formatted("vllm"))
            .deliver("early/a.prom", """
                vllm:prompt_tokens_total{model_name="m"} 1600 1772323200000
                vllm:gpu_prefix_cache_hits_total{model_name="m"} 50 1772323200000
                """)
            .deliver("between/a.prom", """
                vllm:prompt_tokens_total{model_name="m"} 1600 1772323200000
                vllm:prefix_cache_hits_total{model_name="m"} 800 1772323200000
                vllm:gpu_prefix_cache_hits_total{model_name="m"} 800 1772323200000
                """)
            .deliver("alone/a.prom", "vllm:gpu_prefix_cache_hits{model_name=\"m\"} 50 1772323200000\n");

    /** The first engines V1 counted blocks, of 16 tokens as a rule; later ones counted tokens under the same name for a while. */
    @Test
    void vllmsHitsOfTheGpusCacheMayBeBlocksAndAreLeftOut() {
        assertThat(counters(GPU_CACHE))
                .containsExactly(
                        "between | m | cached_input_tokens | 800.00",
                        "between | m | input_tokens | 1600.00",
                        "early | m | input_tokens | 1600.00");
        assertThat(GPU_CACHE.sql(
                        "SELECT path, quirks['gpu_prefix_cache_hits of blocks or tokens, left out'] FROM delivery"))
                .containsExactly("alone/a.prom | 1", "between/a.prom | 1", "early/a.prom | 1");
        assertThat(GPU_CACHE.sql("SELECT path, reasons FROM rejected"))
                .containsExactly("alone/a.prom | [value is missing]");
    }

    static final List<Case> APPENDED = List.of(
            appended("vllm", "vllm:prompt_tokens_total", "vllm:generation_tokens_total"),
            appended("sglang", "sglang:prompt_tokens_total", "sglang:generation_tokens_total"));

    private static Case appended(String preset, String changing, String lasting) {
        return CASES.of(SOURCE.formatted(preset)).deliver("x/appended.prom", """
                %1$s{model_name="m"} 100
                %2$s{model_name="m"} 7
                %1$s{model_name="m"} 160
                %2$s{model_name="m"} 7
                """.formatted(changing, lasting));
    }

    @ParameterizedTest
    @FieldSource("APPENDED")
    void scrapesWithoutTimestampsInOneFileHaveNoInstants(Case appended) {
        assertThat(counters(appended)).containsExactly("x | m | output_tokens | 7.00");
        assertThat(appended.sql("SELECT reasons FROM rejected"))
                .containsExactly("[sampled_at is not an instant: several scrapes in one file, without timestamps]");
        assertThat(appended.sql("SELECT quirks['two values of a series without timestamps'] FROM delivery"))
                .containsExactly("1");
    }

    @Test
    void theProcessIsThatOfLabelsElseAsToldElseTheFolder(@TempDir Path folder) {
        // Paths of this case are whole, since they tell the process.
        var lake = new LakeFixture(folder);
        lake.deliver(
                "x/pod.prom", "vllm:prompt_tokens_total{model_name=\"m\",pod=\"p\",instance=\"10.0.0.1:8000\"} 1\n");
        lake.deliver("x/instance.prom", "vllm:prompt_tokens_total{model_name=\"m\",instance=\"10.0.0.1:8000\"} 2\n");
        lake.deliver("x/y/none.prom", "vllm:prompt_tokens_total{model_name=\"m\"} 3\n");
        lake.deliver("none.prom", "vllm:prompt_tokens_total{model_name=\"m\"} 4\n");

        lake.ingest(SOURCE.formatted("vllm"));

        assertThat(lake.sql("SELECT value, instance FROM counter_sample"))
                .containsExactly("1.0 | p", "2.0 | 10.0.0.1:8000", "3.0 | x/y");
        assertThat(lake.sql("SELECT path, reasons FROM rejected")).containsExactly("none.prom | [instance is missing]");

        lake.ingest(SOURCE.formatted("vllm").replace("serving", "other") + "parameters: {process: engine-7}\n");
        assertThat(lake.sql("SELECT instance FROM counter_sample WHERE value = 4.0"))
                .containsExactly("engine-7");
    }

    private static final Case NAMESPACES = CASES.of(SOURCE.formatted("vllm")).deliver("all.prom", """
                vllm:prompt_tokens_total{namespace="a",pod="v-0",model_name="m"} 1000 1772323200000
                vllm:prompt_tokens_total{namespace="b",pod="v-0",model_name="m"} 400 1772323200000
                vllm:prompt_tokens_total{namespace="b",pod="v-0",model_name="m",cluster="c2"} 30 1772323200000
                """);

    @Test
    void podsOfOneNameInTwoNamespacesAndClustersAreApart() {
        assertThat(NAMESPACES.sql("SELECT cluster, instance, CAST(value AS BIGINT) FROM counter_sample"))
                .containsExactly("c1 | a/v-0 | 1000", "c1 | b/v-0 | 400", "c2 | b/v-0 | 30");
    }

    static final List<Case> ANSWERS = List.of(answer("vllm_prometheus_api"), answer("sglang_prometheus_api"));

    private static Case answer(String preset) {
        return CASES.of(SOURCE.formatted(preset)).deliver("answer.json", """
                {"status":"success","data":{"resultType":"vector","result":[
                  {"metric":{"pod":"p","model_name":"m"},"value":[1772323200,"5000"]}]}}
                """);
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void theAnswerToAnExpressionNamesNoMetricAndIsRefused(Case answer) {
        assertThat(answer.sql("SELECT reasons FROM rejected")).containsExactly("[The series names no metric.]");
    }

    private static final String SERIES =
            "{\"metric\":{\"__name__\":\"vllm:request_success_total\",\"instance\":\"i\",\"model_name\":\"m\","
                    + "\"finished_reason\":\"%s\",\"prometheus_replica\":\"%s\"},\"values\":[[1772323200,\"%s\"],[1772323260,\"%s\"]]}";

    private static final Case REPLICAS = CASES.of(SOURCE.formatted("vllm_prometheus_api"))
            .deliver(
                    "range.json",
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
                            .formatted(String.join(
                                    ",",
                                    List.of(
                                            SERIES.formatted("stop", "a", 5, 9),
                                            SERIES.formatted("stop", "b", 5, 9),
                                            SERIES.formatted("length", "a", 1, 2)))));

    @Test
    void twoReplicasOfPrometheusAreNotAddedUp() {
        assertThat(counters(REPLICAS)).containsExactly("i | m | requests | 11.00", "i | m | requests | 6.00");
        assertThat(REPLICAS.sql("SELECT read_records, received_rows FROM delivery"))
                .containsExactly("6 | 2");
    }

    private static final String LABELS =
            "engine_type=\"unified\",model_name=\"deepseek-ai/DeepSeek-V3\",instance=\"s:30000\"";

    private static final Case SGLANG =
            CASES.of(SOURCE.formatted("sglang")).deliver("sglang.prom", """
                # TYPE sglang:prompt_tokens_total counter
                sglang:prompt_tokens_total{is_streaming="false",%1$s} 7.0 1772323200000
                sglang:prompt_tokens_total{is_streaming="true",%1$s} 93.0 1772323200000
                sglang:generation_tokens_total{is_streaming="true",%1$s} 50.0 1772323200000
                sglang:cached_tokens_total{cache_source="device",%1$s} 30.0 1772323200000
                sglang:cached_tokens_total{cache_source="host",%1$s} 12.0 1772323200000
                sglang:num_requests_total{is_streaming="true",%1$s} 4.0 1772323200000
                sglang:per_stage_req_latency_seconds_bucket{stage="prefill_forward",le="1",%1$s} 4.0 1772323200000
                sglang:per_stage_req_latency_seconds_sum{stage="prefill_forward",tp_rank="0",dp_rank="0",%1$s} 1.5 1772323200000
                sglang:per_stage_req_latency_seconds_sum{stage="prefill_forward",tp_rank="1",dp_rank="0",%1$s} 1.5 1772323200000
                sglang:per_stage_req_latency_seconds_sum{stage="prefill_forward",tp_rank="0",dp_rank="1",%1$s} 2.5 1772323200000
                sglang:per_stage_req_latency_seconds_sum{stage="chunked_prefill",tp_rank="0",dp_rank="0",%1$s} 0.25 1772323200000
                sglang:per_stage_req_latency_seconds_sum{stage="request_process",tp_rank="0",dp_rank="0",%1$s} 9 1772323200000
                sglang:realtime_tokens_total{mode="decode",%1$s} 50.0 1772323200000
                """.formatted(LABELS));

    @Test
    void sglang() {
        // Prefill: the two ranks of tensor parallelism tell the same 1.5 s; 1.5 + 2.5 + 0.25.
        assertThat(counters(SGLANG))
                .containsExactly(
                        "s:30000 | deepseek-v3 | cached_input_tokens | 42.00",
                        "s:30000 | deepseek-v3 | input_tokens | 100.00",
                        "s:30000 | deepseek-v3 | output_tokens | 50.00",
                        "s:30000 | deepseek-v3 | prefill_s | 4.25",
                        "s:30000 | deepseek-v3 | requests | 4.00");
        assertThat(
                        SGLANG.sql(
                                "SELECT skipped['histogram bucket'], skipped['other metric'], skipped['other stage'] FROM delivery"))
                .containsExactly("1 | 1 | 1");
    }

    private static List<String> counters(Case given) {
        return given.sql(
                "SELECT replace(instance, '%s/', ''), model, counter, format_number(value, '0.00') FROM counter_sample"
                        .formatted(given.folder()));
    }
}
