package io.headroom.mart.installed_capacity_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledCapacityDailyTest {

    @Test
    void aMilestoneCountsInEachStageFromItsOwnDay() {
        assertThat(of("""
                milestone_id | provider | cluster | state      | planned_on | actual_on  | accelerators | known_at
                m            | p        | c       | contracted | 2026-03-02 |            | 8            | 2025-12-01
                m            | p        | c       | delivered  | 2026-03-02 | 2026-03-03 | 8            | 2026-03-03
                m            | p        | c       | energised  | 2026-03-02 | 2026-03-04 | 8            | 2026-03-04
                """, "cluster")).containsExactly("2 | c | 8 0 0", "3 | c | 8 8 0", "4 | c | 8 8 8");
    }

    @Test
    void aPromiseThatIsPutOffDoesNotMove() {
        assertThat(of("""
                milestone_id | cluster | state              | planned_on | accelerators | known_at
                put_off      | a       | contracted         | 2026-03-02 | 8            | 2025-12-01
                put_off      | a       | under_construction | 2026-09-01 | 8            | 2026-02-01
                rewritten    | b       | contracted         | 2026-03-02 | 8            | 2025-12-01
                rewritten    | b       | contracted         | 2026-03-03 | 8            | 2026-02-01
                ahead        | c       | contracted         | 2026-09-01 | 8            | 2025-12-01
                """, "cluster"))
                .containsExactly("2 | a | 8 0 0", "3 | a | 8 0 0", "3 | b | 8 0 0", "4 | a | 8 0 0", "4 | b | 8 0 0");
    }

    /** Ahead of its promise comes a; of b six of eight came; c was told delivered by mistake and is not. */
    @Test
    void whatHasReachedAStageCountsInThoseBefore() {
        assertThat(onTheLastDay("""
                milestone_id | cluster | state      | planned_on | actual_on  | accelerators | known_at
                a            | a       | contracted | 2026-09-01 |            | 8            | 2025-12-01
                a            | a       | energised  | 2026-09-01 | 2026-03-01 | 8            | 2026-03-01
                b            | b       | contracted | 2026-03-01 |            | 8            | 2025-12-01
                b            | b       | delivered  | 2026-03-01 | 2026-03-01 | 6            | 2026-03-01
                c            | c       | contracted | 2026-03-01 |            | 8            | 2025-12-01
                c            | c       | delivered  | 2026-03-01 | 2026-03-01 | 8            | 2026-03-01
                c            | c       | contracted | 2026-03-01 |            | 8            | 2026-03-02
                """, "cluster")).containsExactly("a | 8 8 8", "b | 8 6 0", "c | 8 0 0");
    }

    @Test
    void whatIsInstalledHoldsTheEnergisedMilestones() {
        assertThat(onTheLastDay("""
                milestone_id | overlap_group | cluster | state     | actual_on  | accelerators | known_at
                base         |               | more    | energised | 2026-01-01 | 16           | 2026-01-01
                late         |               | more    | energised | 2026-03-09 | 4            | 2026-01-01
                all          |               | less    | energised | 2026-01-01 | 12           | 2026-01-01
                shared       | site          | shared  | energised | 2026-01-01 | 70           | 2026-01-01
                no_day       |               | no-day  | energised |            | 2            | 2026-01-01
                dropped      |               | dropped | dropped   | 2026-01-01 | 70           | 2026-01-01
                """, """
                cluster | installed_gpus
                more    | 24
                less    | 10
                shared  | 9
                no-day  | 8
                dropped | 7
                unknown |
                """))
                .as("24 less the 4 of 9 March; 12 where 10 are said to be installed; else what is installed")
                .containsExactly(
                        "dropped | 7 7 7", "less | 12 12 12", "more | 20 20 20", "no-day | 8 8 8", "shared | 9 9 9");
    }

    @Test
    void acceleratorsAreToldApartAndDaysAreThoseOfTelemetryAndTokens() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster
                        2026-03-05 | elsewhere
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | region | accelerator | installed_gpus
                        c       | p        | r      | H100        | 24
                        """))
                .with(CapacityMilestone.TABLE, Rows.of(CapacityMilestone.TABLE, """
                        milestone_id | provider | cluster | state     | actual_on  | accelerators | accelerator | known_at
                        own          | q        | c       | energised | 2026-01-01 | 16           | GB200       | 2026-01-01
                        """));

        assertThat(inputs.derived(
                        InstalledCapacityDaily.JOB,
                        InstalledCapacityDaily.DAY,
                        InstalledCapacityDaily.PROVIDER,
                        InstalledCapacityDaily.REGION,
                        InstalledCapacityDaily.ACCELERATOR,
                        InstalledCapacityDaily.ENERGISED_GPUS))
                .containsExactly("2026-03-05 | p | r | GB200 | 16", "2026-03-05 | p | r | H100 | 8");
    }

    private static List<String> onTheLastDay(String milestones, String clusters) {
        return of(milestones, clusters).stream()
                .filter(row -> row.startsWith("4 | "))
                .map(row -> row.substring(4))
                .toList();
    }

    /** Day of March, cluster, and GPUs contracted, delivered and energised, of the days from 1 to 4 March. */
    private static List<String> of(String milestones, String clusters) {
        return TestInputs.NONE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster
                        2026-03-01 | elsewhere
                        2026-03-02 | elsewhere
                        2026-03-03 | elsewhere
                        2026-03-04 | elsewhere
                        """))
                .with(CapacityMilestone.TABLE, Rows.of(CapacityMilestone.TABLE, milestones))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, clusters))
                .derive(InstalledCapacityDaily.JOB)
                .selectExpr("concat_ws(' | ', day(day), cluster,"
                        + " concat_ws(' ', contracted_gpus, delivered_gpus, energised_gpus)) AS row")
                .orderBy("row")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
