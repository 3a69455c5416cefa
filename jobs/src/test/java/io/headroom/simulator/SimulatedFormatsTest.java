package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same fleet, delivered in plain tables and in the formats of the field, is the same in staging. */
@Tag("truth")
class SimulatedFormatsTest {

    private static final String SAMPLES = """
            name: samples
            extends: gpu_sample/%s
            files: simulated/gpu_sample/*
            parameters: {interval_s: '21600'}
            """;
    private static final String PLAIN = """
            name: samples
            extends: gpu_sample/plain_parquet
            files: simulated/gpu_sample/*
            """;
    private static final String COUNTERS = """
            name: counters
            extends: counter_sample/vllm
            files: simulated/counter_sample/*
            """;
    private static final String USAGE = """
            name: usage
            extends: token_usage/plain_csv
            files: simulated/token_usage/*
            """;

    /** Whole percents are what dcgm-exporter tells of field 203. */
    private static final String ROWS =
            "SELECT sampled_at, cluster, rack, node, gpu_uuid, accelerator, workload, team, job_id,"
                    + " interval_s, is_allocated, floor(gpu_util * 100 + 0.5), sm_active, tensor_active, dram_active, power_w,"
                    + " power_limit_w FROM gpu_sample";

    @TempDir
    static Path folder;

    private static LakeFixture plain;

    @BeforeAll
    static void deliverPlain() {
        plain = fleet("plain", "parquet", "usage", PLAIN, USAGE);
    }

    private static LakeFixture fleet(String name, String telemetry, String tokens, String... sources) {
        var lake = new LakeFixture(folder.resolve(name));
        String yaml = TinyFleet.YAML
                .replace("    telemetry: csv\n", "")
                .replaceAll(
                        "(?m)^    utc_offset_h",
                        "    telemetry: %s\n    tokens: %s\n    utc_offset_h".formatted(telemetry, tokens));
        new Simulator(TestSpark.session(), Fleet.parse(yaml, "tiny.yml"))
                .write(lake.landing().toString());
        lake.ingest(sources);
        assertThat(lake.brokenEquations()).isEmpty();
        assertThat(lake.sql("SELECT path FROM delivery WHERE accepted_rows <> received_rows OR unparsable_records > 0"
                        + " OR problem IS NOT NULL"))
                .isEmpty();
        return lake;
    }

    @Test
    void asScrapesOfDcgmExporter() {
        LakeFixture lake = fleet("dcgm", "dcgm", "usage", SAMPLES.formatted("dcgm_exporter"));

        assertThat(lake.sql(ROWS)).isEqualTo(plain.sql(ROWS)).hasSize(TinyFleet.GPUS * TinyFleet.INTERVALS);
    }

    @Test
    void asResponsesOfPrometheusWithCountersOfVllm() {
        LakeFixture lake = fleet("api", "prometheus_api", "vllm", SAMPLES.formatted("dcgm_prometheus_api"), COUNTERS);

        assertThat(lake.sql(ROWS)).isEqualTo(plain.sql(ROWS)).hasSize(TinyFleet.GPUS * TinyFleet.INTERVALS);
        assertThat(increases(lake)).isEqualTo(plain.sql("""
                SELECT cluster, model, workload, counter, CAST(sum(tokens) AS BIGINT)
                FROM (
                  SELECT cluster, model, workload, explode(map(
                    'requests', request_count,
                    'input_tokens', uncached_input_tokens + cache_read_tokens + cache_write_tokens,
                    'cached_input_tokens', cache_read_tokens,
                    'output_tokens', output_tokens + reasoning_tokens)) AS (counter, tokens)
                  FROM token_usage)
                GROUP BY ALL"""));
        assertThat(lake.sql(
                        "SELECT count(*) > 0 FROM (SELECT value < lag(value) OVER (PARTITION BY cluster, instance, counter"
                                + " ORDER BY sampled_at) AS is_reset FROM counter_sample) WHERE is_reset"))
                .as("some engines are started anew")
                .containsExactly("true");
    }

    /** By how much counters rose; one that falls began again at 0. */
    private static List<String> increases(LakeFixture lake) {
        return lake.sql("""
                SELECT cluster, model, workload, counter, CAST(sum(if(value < before, value, value - before)) AS BIGINT)
                FROM (
                  SELECT *, lag(value) OVER (PARTITION BY cluster, instance, counter ORDER BY sampled_at) AS before
                  FROM counter_sample)
                GROUP BY ALL""");
    }
}
