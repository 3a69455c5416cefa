package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.job.Job;
import io.headroom.mart.host_allocation_hourly.HostAllocationHourly;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.mart.rack_instant.RackInstant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose meters deliver in the formats of the field gives the rows and the marts that plain Parquet gives. */
@Tag("truth")
class SimulatedMetersTest {

    private static final String METERS =
            "SELECT sampled_at, %s AS meter_id, scope, provider, region, cluster, rack_row, rack,"
                    + " node, power_w, energy_counter_j FROM power_sample";
    private static final String WHOLE_METERS = METERS.formatted("meter_id");
    private static final String GPUS =
            "SELECT sampled_at, provider, region, cluster, rack, node, gpu_uuid, accelerator, team,"
                    + " interval_s, gpu_util, sm_active, tensor_active, dram_active, power_w, energy_counter_j FROM gpu_sample";

    private static final List<Job> JOBS = List.of(
            HostAllocationHourly.JOB,
            RackInstant.JOB,
            MeterInstant.JOB,
            PowerInstant.JOB,
            PowerDensityHourly.JOB,
            PueDaily.JOB);

    /** What hardware metrics of OpenTelemetry tell of GPUs: nothing of workloads, health and allocation. */
    private static final String USE = "SELECT cluster, rack, node, accelerator, instant, sum(gpu_samples),"
            + " round(sum(gpu_seconds), 3), round(sum(sm_active_gpu_seconds), 3), round(sum(tensor_active_gpu_seconds), 3),"
            + " round(sum(gpu_energy_j), 0), sum(energy_counter_resets) FROM rack_instant GROUP BY ALL";

    private static final String PLAIN_GPUS = """
            name: gpus
            extends: gpu_sample/plain_parquet
            files: simulated/gpu_sample/*.parquet
            """;

    /** OpenTelemetry tells no power limit of a GPU. */
    private static final List<String> MARTS = List.of(
            "SELECT * FROM meter_instant",
            "SELECT * FROM power_instant",
            "SELECT * EXCEPT (envelope_w) FROM power_density_hourly",
            "SELECT * FROM pue_daily");

    @TempDir
    static Path folder;

    private static LakeFixture plain;

    @BeforeAll
    static void ingestPlain() {
        plain = delivered("plain", "parquet", "parquet");
        plain.ingest("""
                name: meters
                extends: power_sample/plain_parquet
                files: simulated/power_sample/*.parquet
                """, PLAIN_GPUS);
        plain.derive(JOBS);
        assertThat(plain.sql(WHOLE_METERS)).hasSizeGreaterThan(TinyFleet.INTERVALS);
    }

    @Test
    void otlp() {
        LakeFixture lake = delivered("otlp", "otel", "otel");

        lake.ingest("""
                name: meters
                extends: power_sample/otel_json
                files: simulated/power_sample/*.jsonl.gz
                """, """
                name: gpus
                extends: gpu_sample/otel_json
                files: simulated/gpu_sample/*.jsonl.gz
                parameters: {interval_s: '21600'}
                """);

        assertThat(lake.sql(WHOLE_METERS)).isEqualTo(plain.sql(WHOLE_METERS));
        assertThat(lake.sql(GPUS)).isEqualTo(plain.sql(GPUS));
        assertThat(lake.brokenEquations()).isEmpty();
        assertSameMarts(lake);
        assertThat(lake.sql(USE)).isEqualTo(plain.sql(USE)).isNotEmpty();
    }

    @Test
    void pduCsv() {
        LakeFixture lake = delivered("pdus", "parquet", "pdu_csv");

        lake.ingest("""
                name: meters
                extends: power_sample/pdu_csv
                files: simulated/power_sample/*.csv
                """, PLAIN_GPUS);

        assertThat(lake.sql(WHOLE_METERS)).isEqualTo(plain.sql(WHOLE_METERS));
        assertThat(lake.brokenEquations()).isEmpty();
        assertSameMarts(lake);
    }

    @Test
    void redfish() {
        LakeFixture lake = delivered("redfish", "parquet", "redfish");

        lake.ingest("""
                name: hosts
                extends: power_sample/redfish_environment_metrics
                files: simulated/power_sample/environment/*
                """, """
                name: pdus
                extends: power_sample/redfish_power_distribution_metrics
                files: simulated/power_sample/distribution/*
                """, PLAIN_GPUS);

        // The host of a node's meter is the meter itself, since a simulated BMC has no other name.
        String meters = "SELECT * EXCEPT (node) FROM (%s)";
        assertThat(lake.sql(meters.formatted(METERS.formatted("regexp_replace(meter_id, '/redfish/.*', '')"))))
                .isEqualTo(plain.sql(meters.formatted(WHOLE_METERS)));
        assertThat(lake.brokenEquations()).isEmpty();
        lake.derive(JOBS);
        String ownMeters =
                "SELECT * EXCEPT (coincidence_factor) FROM power_density_hourly WHERE level <> 'node' AND NOT is_sum_of_parts";
        assertThat(lake.sql(ownMeters)).isEqualTo(plain.sql(ownMeters)).isNotEmpty();
    }

    private static void assertSameMarts(LakeFixture lake) {
        lake.derive(JOBS);
        assertThat(MARTS)
                .allSatisfy(rows ->
                        assertThat(lake.sql(rows)).isEqualTo(plain.sql(rows)).isNotEmpty());
    }

    private static LakeFixture delivered(String name, String telemetry, String meters) {
        String yaml = TinyFleet.YAML
                .replace("    telemetry: csv\n", "")
                .replaceAll(
                        "(?m)^    pue: ", "    telemetry: %s\n    meters: %s\n    pue: ".formatted(telemetry, meters));
        var lake = new LakeFixture(folder.resolve(name), JOBS);
        new Simulator(TestSpark.session(), Fleet.parse(yaml, "tiny.yml"))
                .write(lake.landing().toString());
        return lake;
    }

    /** So that the lists above cannot be equal by being empty. */
    @Test
    void everyScopeIsMetered() {
        List<String> scopes = plain.sql("SELECT DISTINCT scope FROM power_sample");

        assertThat(scopes).containsExactly("facility", "it", "node", "rack");
    }
}
