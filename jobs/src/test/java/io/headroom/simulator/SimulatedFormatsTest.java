package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.job.Job;
import io.headroom.mart.goodput_daily.GoodputDaily;
import io.headroom.mart.gpu_hour_waterfall_daily.GpuHourWaterfallDaily;
import io.headroom.mart.host_allocation_hourly.HostAllocationHourly;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.nvlink_fragmentation_hourly.NvlinkFragmentationHourly;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same fleet, delivered in plain tables and in the formats of the field, gives the same marts. */
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

    private static final List<Job> JOBS = List.of(
            HostAllocationHourly.JOB,
            RackInstant.JOB,
            UtilisationHourly.JOB,
            MeterInstant.JOB,
            PowerInstant.JOB,
            PowerDensityHourly.JOB,
            TokenHourly.JOB,
            GoodputDaily.JOB,
            InstalledCapacityDaily.JOB,
            GpuHourWaterfallDaily.JOB,
            NvlinkFragmentationHourly.JOB);

    /** What is derived from samples alone. dcgm-exporter does not tell health, so what is of health is left out. */
    private static final Map<Job, String> MARTS = Map.of(
            HostAllocationHourly.JOB, "SELECT * FROM host_allocation_hourly",
            RackInstant.JOB, "SELECT * EXCEPT (healthy_gpu_seconds, healthy_reporting_gpu_seconds) FROM rack_instant",
            UtilisationHourly.JOB,
                    "SELECT * EXCEPT (healthy_gpu_hours, healthy_reporting_gpu_hours) FROM utilisation_hourly",
            MeterInstant.JOB, "SELECT * FROM meter_instant",
            PowerInstant.JOB, "SELECT * FROM power_instant",
            PowerDensityHourly.JOB, "SELECT * FROM power_density_hourly",
            NvlinkFragmentationHourly.JOB, "SELECT * FROM nvlink_fragmentation_hourly",
            GpuHourWaterfallDaily.JOB,
                    "SELECT day, provider, region, cluster, accelerator, energised_gpu_hours, unobserved_gpu_hours,"
                            + " allocated_gpu_hours, activity_untold_gpu_hours, held_idle_gpu_hours, sm_active_gpu_hours,"
                            + " tensor_untold_gpu_hours, memory_or_communication_bound_gpu_hours, tensor_active_gpu_hours"
                            + " FROM gpu_hour_waterfall_daily");

    /** Of agentic work the engines of this fleet are silent for days, which counters do not bridge. */
    private static final String TOKENS = "SELECT day, cluster, model, CAST(sum(request_count) AS BIGINT),"
            + " CAST(sum(output_tokens + coalesce(reasoning_tokens, 0)) AS BIGINT) FROM token_hourly"
            + " WHERE workload = 'inference' GROUP BY ALL";

    @TempDir
    static Path folder;

    private static LakeFixture plain;

    @BeforeAll
    static void deliverPlain() {
        plain = fleet("plain", "parquet", "usage", PLAIN, USAGE);
    }

    private static LakeFixture fleet(String name, String telemetry, String tokens, String... sources) {
        var lake = new LakeFixture(folder.resolve(name), JOBS);
        String yaml = TinyFleet.YAML
                .replace("down_host_days: 0.01", "down_host_days: 0")
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
        lake.derive(JOBS);
        return lake;
    }

    private static void assertSameMarts(LakeFixture lake) {
        MARTS.forEach((job, rows) -> assertThat(lake.sql(rows)).as(job.name()).isEqualTo(plain.sql(rows)));
    }

    /** So that what is compared cannot be equal by being empty. */
    @Test
    void martsHaveRows() {
        List<String> empty = MARTS.entrySet().stream()
                .filter(mart -> plain.sql(mart.getValue()).isEmpty())
                .map(mart -> mart.getKey().name())
                .toList();

        assertThat(empty).as("nobody tells of requests").containsExactly(HostAllocationHourly.JOB.name());
    }

    @Test
    void asScrapesOfDcgmExporter() {
        LakeFixture lake = fleet("dcgm", "dcgm", "usage", SAMPLES.formatted("dcgm_exporter"));

        assertThat(lake.sql(ROWS)).isEqualTo(plain.sql(ROWS)).hasSize(TinyFleet.GPUS * TinyFleet.INTERVALS);
        assertSameMarts(lake);
    }

    @Test
    void asResponsesOfPrometheusWithCountersOfVllm() {
        LakeFixture lake = fleet("api", "prometheus_api", "vllm", SAMPLES.formatted("dcgm_prometheus_api"), COUNTERS);

        assertThat(lake.sql(ROWS)).isEqualTo(plain.sql(ROWS)).hasSize(TinyFleet.GPUS * TinyFleet.INTERVALS);
        assertSameMarts(lake);
        assertThat(lake.sql(TOKENS)).isEqualTo(plain.sql(TOKENS)).isNotEmpty();
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
