package io.headroom.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.failure.Failure;
import io.headroom.forecast.history.History;
import io.headroom.forecast.supply.Supply;
import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.goodput_daily.GoodputDaily;
import io.headroom.mart.host_allocation_hourly.HostAllocationHourly;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.model_flops_daily.ModelFlopsDaily;
import io.headroom.mart.telemetry_device_daily.TelemetryDeviceDaily;
import io.headroom.mart.telemetry_trust_daily.TelemetryTrustDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.setting.Settings;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.job_usage.JobUsage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {

    private static final Instant AS_OF = Instant.parse("2027-01-01T00:00:00Z");
    private static final String SAMPLES = """
            name: samples
            extends: gpu_sample/plain_csv
            files: samples/*
            """;
    private static final String BILLS = """
            name: bills
            extends: cost/plain_csv
            files: bills/*
            """;
    private static final String GOODPUT = """
            name: goodput
            extends: job_goodput/plain_csv
            files: goodput/*
            """;
    private static final String JOBS = """
            name: jobs
            extends: job_usage/plain_csv
            files: jobs/*
            """;
    private static final String HEADER = "cluster,provider,gpu_uuid,sampled_at,interval_s\n";

    private static final String COUNTERS = "cluster,instance,model,counter,sampled_at,value\n";
    private static final String COUNTER_SOURCE = """
            name: counters
            extends: counter_sample/plain_csv
            files: counters/*
            """;

    /** Tells of each day how many samples it has. */
    private static final SelectJob SAMPLES_OF_DAY = new SelectJob(
            InstalledCapacityDaily.TABLE,
            List.of(Input.day(GpuSample.TABLE)),
            "SELECT day, max(provider) AS provider, max(region) AS region, max(cluster) AS cluster,"
                    + " max(accelerator) AS accelerator, count(*) AS contracted_gpus, count(*) AS delivered_gpus,"
                    + " count(*) AS energised_gpus FROM gpu_sample GROUP BY day");

    private static final String DAYS = "SELECT day FROM installed_capacity_daily";

    @TempDir
    Path folder;

    private LakeFixture lake;
    private Runner runner;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(
                folder,
                UtilisationHourly.TABLE,
                CostDaily.TABLE,
                InstalledCapacityDaily.TABLE,
                GoodputDaily.TABLE,
                TelemetryDeviceDaily.TABLE,
                TelemetryTrustDaily.TABLE,
                History.TABLE,
                Supply.TABLE,
                HostAllocationHourly.TABLE,
                TokenHourly.TABLE,
                ModelFlopsDaily.TABLE);
        runner = new Runner(lake.lake(), AS_OF, "run", "test", Settings.DEFAULT);
    }

    @Test
    void recomputesTheTouchedDaysAndNoOther() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-01T00:00:00Z,60\n");
        lake.deliver("samples/2.csv", HEADER + "c,p,g,2026-03-02T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        assertThat(runner.run(SAMPLES_OF_DAY).written()).isEqualTo(2);
        lake.deliver("samples/3.csv", HEADER + "c,p,h,2026-03-02T00:00:00Z,60\nc,p,g,2026-03-03T00:00:00Z,60\n");
        lake.ingest(SAMPLES);

        JobSummary second = runner.run(SAMPLES_OF_DAY);

        assertThat(second.written()).isEqualTo(2);
        assertThat(lake.sql("SELECT day, contracted_gpus FROM installed_capacity_daily"))
                .containsExactly("2026-03-01 | 1", "2026-03-02 | 2", "2026-03-03 | 1");
    }

    @Test
    void unchangedInputsMakeNoCommit() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-01T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(SAMPLES_OF_DAY);
        Map<String, Long> before = lake.versions();

        JobSummary again = runner.run(SAMPLES_OF_DAY);

        assertThat(again.isCommitted()).isFalse();
        assertThat(lake.versions()).isEqualTo(before);
    }

    @Test
    void aRowThatBreaksARuleOfItsTableStopsTheRun() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-01T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        var broken = new SelectJob(
                InstalledCapacityDaily.TABLE,
                List.of(Input.day(GpuSample.TABLE)),
                "SELECT day, provider, region, cluster, accelerator, 1L AS contracted_gpus, 2L AS delivered_gpus,"
                        + " 2L AS energised_gpus FROM gpu_sample");

        assertThatThrownBy(() -> runner.run(broken))
                .isInstanceOf(Failure.class)
                .hasMessage("mart.installed_capacity_daily: a stage has more GPUs than the one before");
        assertThat(lake.sql("SELECT * FROM installed_capacity_daily")).isEmpty();
    }

    @Test
    void aRowOfNoLengthTouchesTheDayOfItsStartAndOneWithoutAStartNone() {
        var started = new SelectJob(
                InstalledCapacityDaily.TABLE,
                List.of(Input.interval(JobUsage.TABLE, JobUsage.STARTED_AT, JobUsage.ENDED_AT)),
                "SELECT CAST(started_at AS DATE) AS day, provider, region, job_id AS cluster, accelerator,"
                        + " 1L AS contracted_gpus, 1L AS delivered_gpus, 1L AS energised_gpus"
                        + " FROM job_usage WHERE started_at IS NOT NULL");
        String header = "job_id,started_at,ended_at,state,allocated_gpus,gpu_seconds\n";
        lake.deliver("jobs/1.csv", header + "a,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,COMPLETED,1,1\n");
        lake.ingest(JOBS);
        runner.run(started);
        lake.deliver(
                "jobs/2.csv",
                header + "b,2026-03-02T00:00:00Z,2026-03-02T00:00:00Z,FAILED,1,0\n"
                        + "c,,2026-03-03T00:00:00Z,CANCELLED,0,0\n");
        lake.ingest(JOBS);

        assertThat(runner.run(started).written()).isEqualTo(1);
        assertThat(lake.sql("SELECT day, cluster FROM installed_capacity_daily"))
                .containsExactly("2026-03-01 | a", "2026-03-02 | b");
    }

    @Test
    void aReportWithAMapTouchesTheDaysOfItsInterval() {
        String header = "cluster,job_id,started_at,ended_at,productive_s,badput_s\n";
        lake.deliver(
                "goodput/1.csv", header + "c,1,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,\"{\"\"other\"\":9}\"\n");
        lake.ingest(GOODPUT);
        runner.run(GoodputDaily.JOB);
        lake.deliver(
                "goodput/2.csv", header + "c,2,2026-03-03T23:00:00Z,2026-03-04T01:00:00Z,7,\"{\"\"other\"\":9}\"\n");
        lake.ingest(GOODPUT);

        assertThat(runner.run(GoodputDaily.JOB).written()).isEqualTo(2);
        assertThat(lake.sql("SELECT day, unmatched_jobs, unmatched_hours FROM goodput_daily"))
                .containsExactly(
                        "2026-03-01 | [1] | 1.000000", "2026-03-03 | [2] | 1.000000", "2026-03-04 | [2] | 1.000000");
    }

    @Test
    void aFileTouchesTheDayOnWhichItBecameKnown() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-02-01T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(TelemetryDeviceDaily.JOB);
        runner.run(TelemetryTrustDaily.JOB);
        lake.deliver("samples/2.csv", HEADER + "c,p,g,2026-02-03T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(TelemetryDeviceDaily.JOB);
        runner.run(TelemetryTrustDaily.JOB);

        assertThat(lake.sql("SELECT day, told_by, cluster, covered_s, files FROM telemetry_trust_daily"))
                .containsExactly(
                        "2026-02-01 | samples | c | 60.0 | null",
                        "2026-02-03 | samples | c | 60.0 | null",
                        "2026-03-01 | deliveries | null | null | 2");
    }

    @Test
    void aDayWhoseRowsAreRestatedAwayIsEmptied() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-01T00:00:00Z,60\n");
        lake.deliver("samples/2.csv", HEADER + "c,p,g,2026-03-02T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(SAMPLES_OF_DAY);
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-05T00:00:00Z,60\n");
        lake.ingest(SAMPLES);

        runner.run(SAMPLES_OF_DAY);

        assertThat(lake.sql(DAYS)).containsExactly("2026-03-02", "2026-03-05");
    }

    @Test
    void aChargeTouchesTheDaysOfItsPeriodBeforeAndAfterItIsRestated() {
        lake.deliver("bills/1.csv", bill("2026-03-01", "2026-03-04", 3));
        lake.deliver("bills/2.csv", bill("2026-03-08", "2026-03-09", 1));
        lake.ingest(BILLS);
        runner.run(CostDaily.JOB);
        lake.deliver("bills/1.csv", bill("2026-03-03", "2026-03-06", 6));
        lake.ingest(BILLS);

        JobSummary second = runner.run(CostDaily.JOB);

        assertThat(second.written()).isEqualTo(3);
        assertThat(lake.sql("SELECT day, CAST(effective_cost AS INT) FROM cost_daily"))
                .containsExactly("2026-03-03 | 2", "2026-03-04 | 2", "2026-03-05 | 2", "2026-03-08 | 1");
    }

    @Test
    void anEarlierAsOfIsRefusedOverWhatWasComputedFromMore() {
        lake.deliver("plan/1.csv", """
                milestone_id,provider,state,planned_on,mw,mw_basis,confidence,known_at,source_url
                m1,p,contracted,2026-09-01,10,it,signed,2026-03-05T00:00:00Z,https://example.com
                """);
        lake.ingest("name: plan\nextends: capacity_milestone/plain_csv\nfiles: plan/*\n");
        runner.run(Supply.JOB);
        assertThat(lake.sql("SELECT provider, supply FROM supply")).contains("p | 10.0");
        var earlier = new Runner(lake.lake(), Instant.parse("2026-03-04T00:00:00Z"), "run", "test", Settings.DEFAULT);

        assertThatThrownBy(() -> earlier.run(Supply.JOB))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("known at 2026-03-05T00:00:00Z");
    }

    @Test
    void aReadingTouchesTheDaysOnEitherSideAndNoOther() {
        for (int day = 1; day <= 7; day++) {
            lake.deliver(
                    "counters/%d.csv".formatted(day), COUNTERS + reading("2026-03-0%dT12:00:00Z".formatted(day), day));
        }
        lake.ingest(COUNTER_SOURCE);
        runner.run(TokenHourly.JOB);
        long before = lake.lake().table(TokenHourly.TABLE).version();
        lake.deliver("counters/late.csv", COUNTERS + reading("2026-03-04T18:00:00Z", 5));
        lake.ingest(COUNTER_SOURCE);

        runner.run(TokenHourly.JOB);

        assertThat(lake.lake()
                        .table(TokenHourly.TABLE)
                        .changesSince(before)
                        .orElseThrow()
                        .days())
                .containsExactlyInAnyOrder(
                        LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-04"), LocalDate.parse("2026-03-05"));
        assertThat(lake.sql("SELECT day, sum(request_count) FROM token_hourly GROUP BY day"))
                .as("a million from noon to noon, half on each day; that from the fourth on was served by 18:00")
                .containsExactly(
                        "2026-03-01 | 500000",
                        "2026-03-02 | 1000000",
                        "2026-03-03 | 1000000",
                        "2026-03-04 | 1500000",
                        "2026-03-05 | 500000",
                        "2026-03-06 | 1000000",
                        "2026-03-07 | 500000");
    }

    @Test
    void aRequestAtMidnightTouchesItsOwnDay() {
        String header = "cluster,model,started_at,ended_at,request_count,uncached_input_tokens,output_tokens\n";
        String source = "name: usage\nextends: token_usage/plain_csv\nfiles: usage/*\n";
        lake.deliver("usage/1.csv", header + "c,m,2026-03-01T12:00:00Z,2026-03-01T13:00:00Z,1,10,1\n");
        lake.ingest(source);
        runner.run(TokenHourly.JOB);
        lake.deliver("usage/2.csv", header + "c,m,2026-03-02T00:00:00Z,2026-03-02T00:00:00Z,1,20,2\n");
        lake.ingest(source);

        runner.run(TokenHourly.JOB);

        assertThat(lake.sql("SELECT day, uncached_input_tokens FROM token_hourly"))
                .containsExactly("2026-03-01 | 10", "2026-03-02 | 20");
    }

    @Test
    void aJobThatNeverStartedTouchesNoDay() {
        String header = "cluster,job_id,started_at,ended_at,state,allocated_gpus,gpu_seconds\n";
        String source = "name: jobs\nextends: job_usage/plain_csv\nfiles: jobs/*\n";
        lake.deliver("jobs/1.csv", header + "c,j1,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,COMPLETED,1,3600\n");
        lake.ingest(source);
        runner.run(ModelFlopsDaily.JOB);
        lake.deliver("jobs/2.csv", header + "c,j2,,2026-03-02T01:00:00Z,CANCELLED,0,0\n");
        lake.ingest(source);

        assertThat(runner.run(ModelFlopsDaily.JOB).isCommitted()).isFalse();
    }

    @Test
    void aBackfillMovesNoWatermark() {
        lake.deliver("samples/1.csv", HEADER + "c,p,g,2026-03-01T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(SAMPLES_OF_DAY);
        lake.deliver("samples/2.csv", HEADER + "c,p,g,2026-03-02T00:00:00Z,60\nc,p,g,2026-03-03T00:00:00Z,60\n");
        lake.ingest(SAMPLES);

        runner.run(SAMPLES_OF_DAY, Set.of(LocalDate.parse("2026-03-02")));
        assertThat(lake.sql(DAYS)).containsExactly("2026-03-01", "2026-03-02");
        runner.run(SAMPLES_OF_DAY);

        assertThat(lake.sql(DAYS)).containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
    }

    private static String reading(String at, int millionsServed) {
        return "c,p,m,requests,%s,%d\n".formatted(at, millionsServed * 1_000_000L);
    }

    private static String bill(String from, String to, int cost) {
        return ("provider,billing_account_id,billing_period_start,billing_period_end,charge_period_start,"
                        + "charge_period_end,charge_category,billed_cost,effective_cost,billing_currency\n"
                        + "P,a,2026-03-01,2026-04-01,%s,%s,Usage,%d,%d,USD\n")
                .formatted(from, to, cost, cost);
    }
}
