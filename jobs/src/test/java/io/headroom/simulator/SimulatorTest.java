package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.staging.gpu_sample.GpuSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void simulate() throws IOException {
        lake = new LakeFixture(folder);
        new Simulator(TestSpark.session(), TinyFleet.fleet())
                .write(lake.landing().toString());
        for (Path file : files(lake.landing())) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T00:00:00Z")));
        }
        lake.ingest(SimulatedSources.all());
    }

    private static Dataset<Row> samples() {
        return new Simulator(TestSpark.session(), TinyFleet.fleet()).samples();
    }

    @Test
    void theSameFleetGivesTheSameFilesOnAnyNumberOfPartitions(@TempDir Path other) throws IOException {
        SparkSession session = TestSpark.session().newSession();
        session.conf().set("spark.sql.shuffle.partitions", 5);
        session.conf().set("spark.sql.leafNodeDefaultParallelism", 3);
        session.conf().set("spark.sql.adaptive.enabled", false);
        Files.createDirectories(other.resolve("_simulating/gpu_sample"));
        Files.writeString(
                other.resolve("_simulating/gpu_sample/2025-12.parquet"), "left by a simulation that was killed");

        new Simulator(session, TinyFleet.fleet()).write(other.toString());
        new Simulator(session, TinyFleet.fleet()).write(other.toString());

        assertThat(contents(other)).isEqualTo(contents(lake.landing()));
        assertThat(other.resolve("_simulating")).doesNotExist();
    }

    @Test
    void everyKindHasAFileAMonth() throws IOException {
        assertThat(contents(lake.landing()).keySet())
                .contains(
                        "simulated/_SIMULATED",
                        "simulated/capacity_milestone/capacity_milestone.csv",
                        "simulated/cluster/cluster.csv",
                        "simulated/cost/2025-12/focus_1_0.csv",
                        "simulated/cost/2026-01/focus_1_0.csv",
                        "simulated/cost/2026-02/focus_1_0.csv",
                        "simulated/gpu_sample/2025-12.parquet",
                        "simulated/gpu_sample/2026-01.parquet",
                        "simulated/gpu_sample/2026-02.parquet",
                        "simulated/gpu_sample/2026-02.csv.gz",
                        "simulated/truth/gpu_hours_daily.parquet",
                        "simulated/truth/goodput_daily.parquet",
                        "simulated/job_goodput/2026-01.csv",
                        "simulated/job_usage/2026-01.txt",
                        "simulated/power_sample/2026-02.parquet",
                        "simulated/price/price.csv",
                        "simulated/token_usage/2026-02.csv.gz");
        assertThat(Files.readString(lake.landing().resolve("simulated/_SIMULATED")))
                .isEqualTo("Simulated data, not measured: seed 7, simulator version 4, 2025-12-28 to 2026-02-06.\n");
    }

    @Test
    void everyGpuIsSampledOnceAnInterval() {
        assertThat(samples().count()).isEqualTo((long) TinyFleet.GPUS * TinyFleet.INTERVALS);
        assertThat(samples()
                        .select(GpuSample.GPU_UUID.col(), GpuSample.SAMPLED_AT.col())
                        .distinct()
                        .count())
                .isEqualTo((long) TinyFleet.GPUS * TinyFleet.INTERVALS);
    }

    @Test
    void samplesArePossible() {
        Column shares = Stream.of(
                        GpuSample.GPU_UTIL, GpuSample.SM_ACTIVE, GpuSample.TENSOR_ACTIVE, GpuSample.DRAM_ACTIVE)
                .map(share -> share.col()
                        .between(0, 1)
                        .and(GpuSample.IS_ALLOCATED.col().or(share.col().equalTo(0))))
                .reduce(Column::and)
                .orElseThrow();
        Column power = GpuSample.POWER_W.col().gt(0).and(GpuSample.POWER_W.col().leq(GpuSample.POWER_LIMIT_W.col()));
        Column allocation = GpuSample.IS_ALLOCATED
                .col()
                .equalTo(GpuSample.WORKLOAD.col().isNotNull())
                .and(GpuSample.IS_HEALTHY.col().or(col("is_allocated").equalTo(false)));

        List<Row> impossible = samples()
                .filter(shares.and(power).and(allocation).equalTo(false))
                .limit(5)
                .collectAsList();

        assertThat(impossible).isEmpty();
    }

    @Test
    void hostsAreAllocatedWhole() {
        long parted = samples()
                .select("node", "sampled_at", "workload", "job_id")
                .distinct()
                .groupBy("node", "sampled_at")
                .count()
                .filter("count > 1")
                .count();

        assertThat(parted).isZero();
    }

    @Test
    void aCleanFleetIsAcceptedWhole() {
        assertThat(lake.sql("SELECT path FROM delivery WHERE read_records <> used_records + skipped_records"
                        + " OR accepted_rows <> received_rows OR problem IS NOT NULL"
                        + " OR size(map_filter(quirks, (quirk, n) -> quirk <> 'FOCUS 1.0, by its columns')) > 0"))
                .isEmpty();
    }

    /** Of 12 GPUs at 3.3333 an hour over 40 days, of which one hour is given back on each of two bills. */
    @Test
    void aCommitmentIsUsedOrUnusedToTheLastDecimal() {
        assertThat(lake.sql("SELECT billing_period_start, sum(billed_cost), sum(effective_cost) FROM cost"
                        + " WHERE cluster = 'rented' GROUP BY ALL HAVING sum(billed_cost) <> sum(effective_cost)"))
                .isEmpty();
        assertThat(lake.sql("SELECT sum(billed_cost) FROM cost WHERE cluster = 'rented'"))
                .containsExactly("38319.616800000000000000");
        assertThat(lake.sql("SELECT service_name, sum(effective_cost) FROM cost WHERE cluster IS NULL GROUP BY ALL"))
                .containsExactly("Accelerated compute | -383.996160000000000000", "Support | 1151.988480000000000000");
    }

    @Test
    void jobsHoldTheHostsThatTheirSamplesName() {
        assertThat(lake.sql("WITH sampled AS (SELECT cluster, job_id, sort_array(collect_set(node)) AS nodes"
                        + " FROM gpu_sample WHERE sampled_at < TIMESTAMP'2026-02-01' AND job_id IN"
                        + " (SELECT job_id FROM job_usage) GROUP BY ALL)"
                        + " SELECT sampled.*, job_usage.nodes FROM sampled JOIN job_usage USING (cluster, job_id)"
                        + " WHERE sampled.nodes <> job_usage.nodes"))
                .isEmpty();
        assertThat(lake.sql("SELECT count(*) > 5 FROM job_usage JOIN gpu_sample USING (cluster, job_id)"))
                .containsExactly("true");
        assertThat(lake.sql("SELECT sum(skipped_records) > 0 FROM delivery WHERE source = 'simulated_job_usage'"))
                .containsExactly("true");
    }

    @Test
    void jobsReportAllOfTheirTimeAndWasteProgressWhereTheyDoNotComplete() {
        assertThat(
                        lake.sql(
                                "SELECT count(*) > 20, every(productive_s > 0 AND productive_s + aggregate(map_values(badput_s),"
                                        + " 0L, (sum, s) -> sum + s) = unix_seconds(ended_at) - unix_seconds(started_at)) FROM job_goodput"))
                .containsExactly("true | true");
        assertThat(lake.sql("SELECT count(*) > 0, every(coalesce(badput_s.wasted_progress, 0) > 0) FROM job_goodput"
                        + " JOIN job_usage USING (cluster, job_id) WHERE job_goodput.ended_at = job_usage.ended_at"
                        + " AND state <> 'COMPLETED'"))
                .containsExactly("true | true");
    }

    @Test
    void rackMetersShowWhatTheirGpusDraw() {
        samples().createOrReplaceTempView("simulated_truth");

        assertThat(lake.sql("WITH drawn AS (SELECT rack, sampled_at, sum(power_w) * 1.25 AS gpus"
                        + " FROM simulated_truth GROUP BY ALL)"
                        + " SELECT count(*), min(round(power_w - gpus)), max(round(power_w - gpus)) FROM power_sample"
                        + " JOIN drawn USING (rack, sampled_at) WHERE scope = 'rack' GROUP BY cluster"))
                .containsExactly("160 | 660.0 | 660.0", "320 | 330.0 | 330.0");
        assertThat(lake.sql("SELECT DISTINCT cluster FROM power_sample WHERE scope = 'node'"))
                .containsExactly("own");
    }

    @Test
    void rackMetersTellTheirRowWhereRowsAreTold() {
        assertThat(lake.sql("SELECT DISTINCT scope, rack, rack_row FROM power_sample WHERE rack_row IS NOT NULL"))
                .containsExactly("rack | own-r01 | row-1", "rack | own-r02 | row-2");
    }

    @Test
    void tokensFollowFromServing() {
        assertThat(lake.sql("SELECT DISTINCT cluster, model, workload FROM token_usage"))
                .containsExactly("rented | gpt-oss-120b | agentic", "rented | gpt-oss-120b | inference");
        assertThat(lake.sql("WITH served AS (SELECT sum(sm_active) * 21600 * 9000 AS possible FROM gpu_sample"
                        + " WHERE workload IN ('inference', 'agentic')), moved AS (SELECT sum(uncached_input_tokens"
                        + " + cache_read_tokens + cache_write_tokens + output_tokens + reasoning_tokens) AS tokens"
                        + " FROM token_usage) SELECT tokens / possible BETWEEN 0.98 AND 1.02 FROM served, moved"))
                .containsExactly("true");
    }

    @Test
    void capacityIsReachedAndPlanned() {
        assertThat(lake.sql(
                        "SELECT milestone_id, state, planned_on, actual_on, mw, accelerators FROM capacity_milestone"))
                .containsExactly(
                        "own-expansion-1 | contracted | 2027-03-31 | null | 0.011 | 8",
                        "own-installed | delivered | 2025-10-29 | 2025-10-29 | 0.022 | 16",
                        "own-installed | energised | 2025-11-28 | 2025-11-28 | 0.022 | 16",
                        "rented-installed | delivered | 2025-10-29 | 2025-10-29 | 0.022 | 12",
                        "rented-installed | energised | 2025-11-28 | 2025-11-28 | 0.022 | 12");
        assertThat(lake.sql("SELECT cluster, unit_price FROM price")).containsExactly("own | 2.000000000000000000");
        assertThat(lake.sql("SELECT cluster, installed_gpus, power_envelope_w FROM cluster"))
                .containsExactly("own | 16 | 22000.0", "rented | 12 | 22000.0");
    }

    private static Map<String, String> contents(Path landing) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(landing)) {
            contents.put(landing.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        return contents;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
