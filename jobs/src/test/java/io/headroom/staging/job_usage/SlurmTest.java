package io.headroom.staging.job_usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlurmTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final Path PHILLIPS = Path.of(System.getProperty("headroom.home"))
            .resolve("../shared/real-data/slurm_sacct/phillips.log")
            .normalize();

    /** Every case that makes accounting awkward. New York is four hours behind UTC before 1 November 2026, then five. */
    private static final String AWKWARD = """
            JobID|Cluster|Account|Submit|Eligible|Start|End|Elapsed|State|AllocTRES|NodeList
            100|c|ml|2026-10-01T00:00:00|2026-10-01T00:01:00|2026-10-01T00:11:00|2026-10-01T01:11:00|01:00:00|COMPLETED|billing=8,cpu=8,gres/gpu:h100=8,gres/gpu=8,node=1|n1
            100.batch|c|ml|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T01:11:00|01:00:00|COMPLETED|cpu=8,gres/gpu=8,node=1|n1
            100.extern|c|ml|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T01:11:00|01:00:00|COMPLETED|cpu=8,gres/gpu=8,node=1|n1
            100.0|c|ml|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T00:11:00|2026-10-01T01:11:00|01:00:00|COMPLETED|cpu=8,gres/gpu=8,node=1|n1
            101_4|c|ml|2026-10-01T00:00:00|Unknown|2026-10-01T00:00:00|2026-10-02T01:02:03|1-01:02:03|TIMEOUT|cpu=8,gres/gpu:nvidia_h200_141gb_hbm3e=4|rack[0-1]_blade[09-10],x[1,3-4]-a[7]
            101_[5-9%2]|c|ml|2026-10-01T00:00:00|Unknown|Unknown|Unknown|00:00:00|PENDING||None assigned
            101_[10-12]|c|ml|2026-10-01T00:00:00|Unknown|2026-10-01T03:00:00|2026-10-01T03:00:00|00:00:00|CANCELLED by 1000||None assigned
            102+0|c|ml|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T02:00:00|02:00:00|FAILED|gres/gpu=2|n1
            102+0.0|c|ml|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T02:00:00|02:00:00|FAILED|gres/gpu=2|n1
            102+1|c|ml|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T02:00:00|02:00:00|FAILED|gres/gpu:a100=3,gres/gpu:v100=1|n[2-3]
            103|c|ops|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:30:00|00:30:00|NODE_FAIL|gres/gpu=4|n4
            104|c|ops|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T01:00:00|2026-10-01T02:00:00|01:00:00|REQUEUED|gres/gpu=1|n5
            104|c|ops|2026-10-01T02:00:01|2026-10-01T02:02:01|2026-10-01T03:00:00|2026-10-01T05:00:00|02:00:00|COMPLETED|gres/gpu=1|n6
            105|c|ops|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|Unknown|02:00:00|RUNNING|gres/gpu=1|n7
            106|c|ops|2026-10-01T00:00:00|2026-10-01T00:00:00|None|2026-10-01T00:10:00|00:00:00|CANCELLED by 0||None assigned
            107|c|ops|2026-11-01T00:00:00|2026-11-01T00:00:00|2026-11-01T00:30:00|2026-11-01T01:30:00|02:00:00|COMPLETED|gres/gpu=1|n8
            108|c|ops|2026-11-01T00:00:00|2026-11-01T00:00:00|2026-11-01T01:30:00|2026-11-01T02:30:00|01:00:00|COMPLETED|gres/gpu=1|n8
            109|c|ops|2026-11-01T00:00:00|2026-11-01T00:00:00|2026-11-01T01:45:00|2026-11-01T01:15:00|00:30:00|COMPLETED|gres/gpu=1|n8
            110|c|ops|2026-11-01T01:05:00|2026-11-01T01:05:00|2026-11-01T01:10:00|2026-11-01T01:40:00|00:30:00|COMPLETED|gres/gpu=1|n8
            111|c|cpu|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T01:00:00|01:00:00|OUT_OF_MEMORY|billing=1,cpu=1,gres/gpumem=80G|n9
            112|c|cpu|2026-10-01T00:00:00|2026-10-01T00:00:00|2026-10-01T00:00:00|someday|01:00:00|COMPLETED|gres/gpu=1|n9
            """;

    private static final Case JOBS = CASES.of("""
            name: sacct
            extends: job_usage/slurm_sacct
            files: sacct/*
            parameters: {time_zone: America/New_York}
            tolerated_rejects: 1
            """).deliver("sacct/jobs.txt", AWKWARD);

    @Test
    void everyLineIsAccountedFor() {
        assertThat(JOBS.sql("SELECT read_records, used_records, accepted_rows, rejected_rows FROM delivery"))
                .containsExactly("21 | 15 | 14 | 1");
        assertThat(JOBS.sql("SELECT explode(skipped) FROM delivery")).containsExactly("job step | 4", "not ended | 2");
        assertThat(JOBS.sql("SELECT line, reasons FROM rejected"))
                .containsExactly("22 | [ended_at is not an instant: End someday]");
        assertThat(CASES.lake().brokenEquations()).isEmpty();
    }

    /** 100: 8 for an hour. 101_4: 4 for 90123 s. 102: 2 and 4 for two hours. 103: 4 for half an hour. 104: 1 for one, then two. */
    @Test
    void gpusCountOncePerJobTaskAndComponent() {
        assertThat(
                        JOBS.sql(
                                "SELECT job_id, state, allocated_gpus, accelerator, gpu_seconds FROM job_usage WHERE job_id < '107'"))
                .containsExactly(
                        "100 | COMPLETED | 8 | H100 | 28800.0",
                        "101_4 | TIMEOUT | 4 | H200 | 360492.0",
                        "101_[10-12] | CANCELLED | 0 | null | 0.0",
                        "102+0 | FAILED | 2 | null | 14400.0",
                        "102+1 | FAILED | 4 | null | 28800.0",
                        "103 | NODE_FAIL | 4 | null | 7200.0",
                        "104 | COMPLETED | 1 | null | 7200.0",
                        "104 | REQUEUED | 1 | null | 3600.0",
                        "106 | CANCELLED | 0 | null | 0.0");
        assertThat(JOBS.sql("SELECT allocated_gpus FROM job_usage WHERE job_id = '111'"))
                .containsExactly("0");
        assertThat(JOBS.sql("SELECT quirks['several types of GPU'] FROM delivery"))
                .containsExactly("1");
    }

    @Test
    void hostsOfSeveralRangesAndDimensionsAreNamed() {
        assertThat(JOBS.sql("SELECT job_id, nodes FROM job_usage WHERE job_id IN ('101_4', '102+1', '101_[10-12]')"))
                .containsExactly(
                        "101_4 | [rack0_blade09, rack0_blade10, rack1_blade09, rack1_blade10, x1-a7, x3-a7, x4-a7]",
                        "101_[10-12] | null",
                        "102+1 | [n2, n3]");
    }

    @Test
    void jobsThatNeverStartedHaveNoStart() {
        assertThat(
                        JOBS.sql(
                                "SELECT job_id, started_at, ended_at, queue_wait_s FROM job_usage WHERE job_id IN ('100', '101_[10-12]', '106')"))
                .containsExactly(
                        "100 | 2026-10-01 04:11:00.0 | 2026-10-01 05:11:00.0 | 600.0",
                        "101_[10-12] | null | 2026-10-01 07:00:00.0 | null",
                        "106 | null | 2026-10-01 04:10:00.0 | null");
    }

    /**
     * On 1 November 2026 New York's 01:00 to 02:00 comes at 05:00 and again at 06:00 UTC. 107 began before and took two hours,
     * so that it ended in the second. 108 ended after and took one, so that it began in the second. 109 began in the first
     * and ended in the second. 110 may have been in either.
     */
    @Test
    void theRepeatedHourIsToldByWhatElapsed() {
        assertThat(JOBS.sql("SELECT job_id, started_at, ended_at FROM job_usage WHERE job_id BETWEEN '107' AND '110'"))
                .containsExactly(
                        "107 | 2026-11-01 04:30:00.0 | 2026-11-01 06:30:00.0",
                        "108 | 2026-11-01 06:30:00.0 | 2026-11-01 07:30:00.0",
                        "109 | 2026-11-01 05:45:00.0 | 2026-11-01 06:15:00.0",
                        "110 | 2026-11-01 05:10:00.0 | 2026-11-01 05:40:00.0");
        assertThat(JOBS.sql("SELECT quirks['repeated hour of local time, decided by Elapsed'],"
                        + " quirks['repeated hour of local time, read as the first'] FROM delivery"))
                .containsExactly("3 | 1");
    }

    private static final Case REAL = CASES.of("""
            name: sacct
            extends: job_usage/slurm_sacct_xdmod
            files: sacct/*
            """).deliverIfThere("sacct/phillips.log", PHILLIPS);

    @Test
    void aRealDumpHasTheGpuSecondsThatItsLinesAddUpTo() throws IOException {
        assumeTrue(Files.exists(PHILLIPS), "skipped, there is no real file at " + PHILLIPS);
        List<String> lines = Files.readAllLines(PHILLIPS);
        assertThat(REAL.sql("SELECT read_records, received_rows, accepted_rows, rejected_rows FROM delivery"))
                .containsExactly("%1$d | %1$d | %1$d | 0".formatted(lines.size()));
        assertThat(
                        REAL.sql(
                                "SELECT team, state, count(*), CAST(sum(gpu_seconds) AS BIGINT) FROM job_usage GROUP BY team, state"))
                .containsExactlyElementsOf(counted(lines));
    }

    /** Jobs and GPU-seconds by account and state: the 7th, 17th, 15th and 23rd fields, read as they stand. */
    private static List<String> counted(List<String> lines) {
        Map<String, long[]> sums = new TreeMap<>();
        for (String line : lines) {
            String[] fields = line.split("\\|", -1);
            String key = fields[5] + " | " + fields[16].split(" ", -1)[0];
            long[] sum = sums.computeIfAbsent(key, none -> new long[2]);
            sum[0]++;
            sum[1] += gpus(fields[22]) * seconds(fields[14]);
        }
        List<String> counted = new ArrayList<>();
        sums.forEach((key, sum) -> counted.add("%s | %d | %d".formatted(key, sum[0], sum[1])));
        return counted;
    }

    private static long gpus(String resources) {
        for (String resource : resources.split(",", -1)) {
            if (resource.startsWith("gres/gpu=")) {
                return Long.parseLong(resource.substring("gres/gpu=".length()));
            }
        }
        return 0;
    }

    private static long seconds(String elapsed) {
        String[] days = elapsed.split("-", -1);
        String[] clock = days[days.length - 1].split(":", -1);
        long seconds = 0;
        for (String part : clock) {
            seconds = 60 * seconds + Long.parseLong(part);
        }
        return seconds + (days.length > 1 ? 86_400 * Long.parseLong(days[0]) : 0);
    }
}
