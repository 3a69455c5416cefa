package io.headroom.mart.goodput_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoodputDailyTest {

    private static final String TWO_DAYS = """
            provider | region | cluster | job_id | started_at          | ended_at            | state     | allocated_gpus
            p        | r      | c       | 1      | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | COMPLETED | 8
            """;

    /** Twelve hours of 8 GPUs, a half of them on each day: 48 GPU-hours. */
    @Test
    void aReportIsSpreadOverItsDaysByTimeAndCountsTheGpusOfItsJob() {
        assertThat(of(
                        TWO_DAYS,
                        """
                        cluster | job_id | model | started_at          | ended_at            | productive_s | badput_s                          | tokens
                        c       | 1      | m     | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | 28800        | checkpoint_save=7200, other=3600 | 1001
                        """,
                        GoodputDaily.DAY,
                        GoodputDaily.CLUSTER,
                        GoodputDaily.MODEL,
                        GoodputDaily.JOB_GPU_HOURS,
                        GoodputDaily.REPORTED_GPU_HOURS,
                        GoodputDaily.PRODUCTIVE_GPU_HOURS,
                        GoodputDaily.UNREPORTED_GPU_HOURS,
                        GoodputDaily.TOKENS))
                .as("4 of 6 h productive, 1.5 h badput and half an hour untold a day, 8 GPUs; tokens whole")
                .containsExactly(
                        "2026-03-01 | c | m | 48.000000 | 48.000000 | 32.000000 | 4.000000 | 500",
                        "2026-03-02 | c | m | 48.000000 | 48.000000 | 32.000000 | 4.000000 | 501");
        assertThat(badput(TWO_DAYS, """
                        cluster | job_id | started_at          | ended_at            | productive_s | badput_s
                        c       | 1      | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | 28800        | checkpoint_save=7200, other=3600
                        """))
                .containsExactly(
                        "2026-03-01 checkpoint_save=8.000000 other=4.000000",
                        "2026-03-02 checkpoint_save=8.000000 other=4.000000");
    }

    /** A second of 7 s on the first day and 6 s on the next: milliseconds 142.86 and 857.14, of which none is lost. */
    @Test
    void theDaysOfAReportAddUpToIt() {
        List<String> days = of("""
                cluster | job_id | started_at          | ended_at            | state     | allocated_gpus
                c       | 1      | 2026-03-01 00:00:00 | 2026-03-03 00:00:00 | COMPLETED | 3600
                """, """
                cluster | job_id | started_at          | ended_at            | productive_s
                c       | 1      | 2026-03-01 23:59:59 | 2026-03-02 00:00:06 | 1
                """, GoodputDaily.PRODUCTIVE_GPU_HOURS);

        assertThat(days).as("a millisecond of 3600 GPUs is 0.001 GPU h").containsExactly("0.142000", "0.858000");
    }

    @Test
    void jobsWithoutReportsAreUnreportedAndJobsOfOtherWorkloadsAreNotHere() {
        assertThat(of(
                        """
                        cluster | job_id  | workload  | model | started_at          | ended_at            | state     | allocated_gpus
                        c       | silent  | training  | m     | 2026-03-01 00:00:00 | 2026-03-01 02:00:00 | COMPLETED | 4
                        c       | untold  |           | m     | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | COMPLETED | 4
                        c       | serves  | inference | m     | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | COMPLETED | 4
                        c       | reports | batch     | m     | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | COMPLETED | 1
                        c       | waited  | training  | m     |                     | 2026-03-01 01:00:00 | CANCELLED | 0
                        """,
                        """
                        cluster | job_id  | started_at          | ended_at            | productive_s
                        c       | reports | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | 5400
                        """,
                        GoodputDaily.MODEL,
                        GoodputDaily.JOBS,
                        GoodputDaily.JOB_GPU_HOURS,
                        GoodputDaily.PRODUCTIVE_GPU_HOURS,
                        GoodputDaily.UNREPORTED_GPU_HOURS,
                        GoodputDaily.TOKENS))
                .as("what one job reports beyond its time does not make another's time reported")
                .containsExactly("m | 3 | 13.000000 | 1.500000 | 12.000000 | null");
    }

    /** No job matches the name, the cluster, or the day of the last hour. */
    @Test
    void reportsThatNoJobMatchesAreNamedAndCounted() {
        assertThat(of(
                        TWO_DAYS,
                        """
                        cluster | job_id | started_at          | ended_at            | productive_s | badput_s   | tokens
                        c       | 2      | 2026-03-01 18:00:00 | 2026-03-01 20:00:00 | 3600         | other=3600 | 700
                        d       | 1      | 2026-03-01 18:00:00 | 2026-03-01 19:00:00 | 3600         |            |
                        c       | 1      | 2026-03-02 23:00:00 | 2026-03-03 01:00:00 | 7200         |            | 11
                        """,
                        GoodputDaily.DAY,
                        GoodputDaily.PROVIDER,
                        GoodputDaily.CLUSTER,
                        GoodputDaily.JOBS,
                        GoodputDaily.PRODUCTIVE_GPU_HOURS,
                        GoodputDaily.UNMATCHED_REPORTS,
                        GoodputDaily.UNMATCHED_HOURS,
                        GoodputDaily.UNMATCHED_PRODUCTIVE_HOURS,
                        GoodputDaily.TOKENS))
                .as("their tokens were trained, whoever's GPUs did it")
                .containsExactly(
                        "2026-03-01 | null | c | 0 | 0.000000 | 1 | 2.000000 | 1.000000 | 700",
                        "2026-03-01 | null | d | 0 | 0.000000 | 1 | 1.000000 | 1.000000 | null",
                        "2026-03-01 | p | c | 1 | 0.000000 | 0 | 0.000000 | 0.000000 | null",
                        "2026-03-02 | p | c | 1 | 8.000000 | 0 | 0.000000 | 0.000000 | 5",
                        "2026-03-03 | null | c | 0 | 0.000000 | 1 | 1.000000 | 1.000000 | 6");
    }

    @Test
    void aReportIsOfTheRunOfAQueuedAgainJobThatItSharesMostTimeWith() {
        assertThat(of("""
                        cluster | job_id | submitted_at        | started_at          | ended_at            | state     | allocated_gpus
                        c       | 1      | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | 2026-03-01 02:00:00 | NODE_FAIL | 8
                        c       | 1      | 2026-03-01 02:00:00 | 2026-03-01 03:00:00 | 2026-03-01 06:00:00 | COMPLETED | 4
                        """, """
                        cluster | job_id | started_at          | ended_at            | productive_s
                        c       | 1      | 2026-03-01 01:30:00 | 2026-03-01 05:00:00 | 3600
                        """, GoodputDaily.JOBS, GoodputDaily.PRODUCTIVE_GPU_HOURS))
                .containsExactly("2 | 4.000000");
    }

    @Test
    void workIsToldByTheFinalStateOfItsJob() {
        assertThat(TestInputs.NONE
                        .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
                                cluster | job_id | started_at          | ended_at            | state     | allocated_gpus
                                c       | 1      | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | FAILED    | 1
                                c       | 2      | 2026-03-01 00:00:00 | 2026-03-01 03:00:00 | FAILED    | 2
                                c       | 3      | 2026-03-01 00:00:00 | 2026-03-01 00:00:01 | TIMEOUT   | 1
                                c       | 4      | 2026-03-01 00:00:00 | 2026-03-01 00:00:01 | COMPLETED | 1
                                """))
                        .derive(GoodputDaily.JOB)
                        .selectExpr(
                                "array_join(transform(array_sort(map_entries(state_gpu_hours)),"
                                        + " e -> concat(e.key, '=', e.value)), ' ') AS states",
                                "job_gpu_hours")
                        .collectAsList()
                        .toString())
                .as("1 and 6 GPU h, and one 3600th twice")
                .isEqualTo("[[COMPLETED=0.000278 FAILED=7.000000 TIMEOUT=0.000278,7.000556]]");
    }

    private static TestInputs inputs(String jobs, String reports) {
        return TestInputs.NONE
                .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, jobs))
                .with(JobGoodput.TABLE, Rows.of(JobGoodput.TABLE, reports));
    }

    private static List<String> of(String jobs, String reports, Field... columns) {
        return inputs(jobs, reports).derived(GoodputDaily.JOB, columns);
    }

    private static List<String> badput(String jobs, String reports) {
        return inputs(jobs, reports)
                .derive(GoodputDaily.JOB)
                .selectExpr("concat(day, ' ', array_join(transform(array_sort(map_entries(badput_gpu_hours)),"
                        + " e -> concat(e.key, '=', e.value)), ' ')) AS row")
                .orderBy("row")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
