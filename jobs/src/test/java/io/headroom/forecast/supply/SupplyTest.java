package io.headroom.forecast.supply;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.forecast.history.History;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupplyTest {

    @TempDir
    private Path folder;

    @Test
    void milestonesAddUpToStepsAndTheFleetHasTheProvidersWithDemand() {
        assertThat(supply("""
            milestone_id | provider | region | state              | planned_on | actual_on  | mw | mw_basis | known_at
            m1           | own      | east   | energised          | 2026-01-01 | 2026-02-01 | 10 | it       | 2026-02-02
            m2           | own      | east   | under_construction | 2026-09-01 |            | 30 | it       | 2026-02-02
            m3           | AWS      |        | contracted         | 2026-09-01 |            | 10 | it       | 2026-02-02
            """))
                .containsExactly(
                        "mw AWS all 2026-09-01 10.0 1.0 1",
                        "mw AWS unknown 2026-09-01 10.0 1.0 1",
                        "mw all all 2026-02-01 10.0 0.0 1",
                        "mw all all 2026-09-01 40.0 0.75 2",
                        "mw own all 2026-02-01 10.0 0.0 1",
                        "mw own all 2026-09-01 40.0 0.75 2",
                        "mw own east 2026-02-01 10.0 0.0 1",
                        "mw own east 2026-09-01 40.0 0.75 2");
    }

    @Test
    void ofEachMilestoneWhatIsKnownLastCounts() {
        assertThat(fleet("""
            milestone_id | provider | state              | planned_on | actual_on | mw | mw_basis | known_at
            slips        | own      | under_construction | 2026-09-01 |           | 10 | it       | 2026-02-02
            slips        | own      | under_construction | 2026-12-01 |           | 20 | it       | 2026-03-02
            slips        | own      | contracted         | 2026-10-01 |           | 30 | it       | 2026-03-02
            dropped      | own      | contracted         | 2026-09-01 |           | 70 | it       | 2026-02-02
            dropped      | own      | dropped            | 2026-09-01 |           | 70 | it       | 2026-03-02
            paused       | own      | paused             | 2026-09-01 |           | 70 | it       | 2026-03-02
            hoped        | own      | announced          | 2026-09-01 |           | 70 | it       | 2026-03-02
            talked       | own      | loi                | 2026-09-01 |           | 70 | it       | 2026-03-02
            """)).containsExactly("mw all all 2026-12-01 20.0 1.0 1");
    }

    @Test
    void aGroupThatOverlapsHasItsLargestFigureSoFar() {
        assertThat(fleet("""
            milestone_id | overlap_group | provider | state      | planned_on | actual_on  | mw | mw_basis | known_at
            part         | site          | own      | energised  |            | 2026-02-01 | 10 | it       | 2026-02-02
            smaller      | site          | own      | contracted | 2026-08-01 |            | 5  | it       | 2026-02-02
            whole        | site          | own      | contracted | 2026-09-01 |            | 40 | it       | 2026-02-02
            elsewhere    |               | own      | contracted | 2026-09-01 |            | 10 | it       | 2026-02-02
            """)).containsExactly("mw all all 2026-02-01 10.0 0.0 1", "mw all all 2026-09-01 50.0 0.8 2");
    }

    @Test
    void onlyItPowerWithADayCounts() {
        assertThat(supply("""
            milestone_id | provider | state      | planned_on | mw | mw_basis | known_at
            facility     | own      | contracted | 2026-09-01 | 10 | facility | 2026-02-02
            utility      | own      | contracted | 2026-09-01 | 10 | utility  | 2026-02-02
            unstated     | own      | contracted | 2026-09-01 | 10 | unstated | 2026-02-02
            some_day     | own      | contracted |            | 10 | it       | 2026-02-02
            no_figure    | own      | contracted | 2026-09-01 |    |          | 2026-02-02
            """)).isEmpty();
    }

    @Test
    void acceleratorsCountInH100Equivalents() {
        assertThat(fleet("""
            milestone_id | provider | state     | actual_on  | accelerators | accelerator | known_at
            known        | own      | energised | 2026-02-01 | 10           | GB200       | 2026-02-02
            unknown      | own      | energised | 2026-02-01 | 10           | Trainium9   | 2026-02-02
            """)).as("10 x 2.5 x 24").containsExactly("gpu_hours all all 2026-02-01 600.0 0.0 1");
    }

    @Test
    void whatIsLateCountsFromTheDayAfterHistory() {
        assertThat(fleet("""
            milestone_id | provider | state              | planned_on | actual_on | mw | mw_basis | known_at
            late         | own      | under_construction | 2026-03-01 |           | 10 | it       | 2026-02-02
            """)).containsExactly("mw all all 2026-07-01 10.0 1.0 1");
    }

    @Test
    void whatIsEnergisedOnADayNotToldCountsFromWhenThatWasKnown() {
        assertThat(fleet("""
            milestone_id | provider | state     | planned_on | actual_on | mw | mw_basis | known_at
            planned      | own      | energised | 2026-03-01 |           | 30 | it       | 2026-04-02
            unplanned    | own      | energised |            |           | 10 | it       | 2026-05-02
            foretold     | own      | energised | 2026-09-01 |           | 40 | it       | 2026-05-02
            """))
                .containsExactly(
                        "mw all all 2026-04-02 30.0 0.0 1",
                        "mw all all 2026-05-02 40.0 0.0 2",
                        "mw all all 2026-09-01 80.0 0.5 3");
    }

    @Test
    void whatIsDeliveredIsPlannedUntilItIsEnergised() {
        assertThat(fleet("""
            milestone_id | provider | state     | planned_on | actual_on  | mw | mw_basis | known_at
            both         | own      | delivered | 2026-01-01 | 2026-01-01 | 10 | it       | 2026-01-02
            both         | own      | energised | 2026-02-01 | 2026-02-01 | 10 | it       | 2026-02-02
            waits        | own      | delivered | 2026-03-01 | 2026-03-01 | 10 | it       | 2026-03-02
            ahead        | own      | delivered | 2026-09-01 | 2026-03-01 | 20 | it       | 2026-03-02
            no_plan      | own      | delivered |            | 2026-03-01 | 70 | it       | 2026-03-02
            """))
                .containsExactly(
                        "mw all all 2026-02-01 10.0 0.0 1",
                        "mw all all 2026-07-01 20.0 0.5 2",
                        "mw all all 2026-09-01 40.0 0.75 3");
    }

    @Test
    void aClusterHasWhatIsInstalledBesidesItsReachedMilestonesInEachMeasure() {
        assertThat(with("""
            milestone_id | provider | cluster | state     | actual_on  | mw  | mw_basis | accelerators | accelerator | known_at
            smaller      | a        | grown   | energised | 2026-03-01 | 10  | it       |              |             | 2026-03-02
            again        | a        | grown   | energised | 2026-04-01 | 20  | it       |              |             | 2026-04-02
            larger       | b        | stale   | energised | 2026-03-01 | 120 | it       |              |             | 2026-03-02
            same         | c        | known   | energised | 2025-12-01 | 90  | it       | 10           | GB200       | 2025-12-02
            """, """
            cluster  | provider | accelerator | installed_gpus | power_envelope_w
            grown    | a        | GB200       | 10             | 90000000
            stale    | b        | GB200       | 10             | 90000000
            known    | c        | GB200       | 10             | 90000000
            unnamed  | d        | GB200       | 10             | 90000000
            powerful | e        | TPU         | 10             | 90000000
            """))
                .filteredOn(row -> row.contains(" unknown "))
                .as("10 x 2.5 x 24 H100e-hours a day, of clusters no milestone of which has accelerators")
                .containsExactly(
                        "gpu_hours a unknown 2026-01-01 600.0 0.0 0",
                        "gpu_hours b unknown 2026-01-01 600.0 0.0 0",
                        "gpu_hours c unknown 2025-12-01 600.0 0.0 1",
                        "gpu_hours d unknown 2026-01-01 600.0 0.0 0",
                        "mw a unknown 2026-01-05 60.0 0.0 0",
                        "mw a unknown 2026-03-01 70.0 0.0 1",
                        "mw a unknown 2026-04-01 90.0 0.0 2",
                        "mw b unknown 2026-03-01 120.0 0.0 1",
                        "mw c unknown 2025-12-01 90.0 0.0 1",
                        "mw d unknown 2026-01-05 90.0 0.0 0",
                        "mw e unknown 2026-01-05 90.0 0.0 0");
    }

    @Test
    void milestonesThatAreNotReachedTakeNothingFromWhatIsInstalled() {
        assertThat(with("""
            milestone_id | provider | cluster | state              | planned_on | mw | mw_basis | known_at
            hoped        | own      | c1      | announced          | 2026-09-01 | 70 | it       | 2026-02-02
            talked       | own      | c1      | loi                | 2026-09-01 | 70 | it       | 2026-02-02
            paused       | own      | c1      | paused             | 2026-09-01 | 70 | it       | 2026-02-02
            dropped      | own      | c1      | dropped            | 2026-09-01 | 70 | it       | 2026-02-02
            facility     | own      | c1      | energised          | 2026-01-01 | 70 | facility | 2026-02-02
            no_figure    | own      | c1      | energised          | 2026-01-01 |    |          | 2026-02-02
            delivered    | own      | c1      | delivered          |            | 70 | it       | 2026-02-02
            planned      | own      | c1      | under_construction | 2026-09-01 | 10 | it       | 2026-02-02
            """, """
            cluster | provider | power_envelope_w
            c1      | own      | 90000000
            """))
                .filteredOn(row -> row.contains(" unknown "))
                .containsExactly("mw own unknown 2026-01-05 90.0 0.0 0", "mw own unknown 2026-09-01 100.0 0.1 1");
    }

    @Test
    void whatIsInstalledOverlapsWithTheGroupOfItsReachedMilestones() {
        assertThat(with("""
            milestone_id | overlap_group | provider | cluster | state      | planned_on | actual_on  | mw  | mw_basis | known_at
            part_1       | site          | own      | c1      | energised  |            | 2026-03-01 | 10  | it       | 2026-03-02
            part_2       | site          | own      | c2      | energised  |            | 2026-04-01 | 20  | it       | 2026-04-02
            alone        |               | own      | c2      | energised  |            | 2026-05-01 | 5   | it       | 2026-05-02
            whole        | site          | own      |         | contracted | 2026-09-01 |            | 140 | it       | 2026-02-02
            """, """
            cluster | provider | power_envelope_w
            c1      | own      | 90000000
            c2      | own      | 15000000
            """))
                .filteredOn(row -> row.contains(" unknown "))
                .as("90 + 15 - 5, then the 5, then 140 instead of 100")
                .containsExactly(
                        "mw own unknown 2026-01-05 100.0 0.0 1",
                        "mw own unknown 2026-05-01 105.0 0.0 2",
                        "mw own unknown 2026-09-01 145.0 0.275862069 2");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(TestInputs.in(folder).derive(Supply.JOB).collectAsList()).isEmpty();
    }

    private List<String> fleet(String milestones) {
        return supply(milestones).stream()
                .filter(row -> row.contains("all all"))
                .toList();
    }

    private List<String> supply(String milestones) {
        return with(milestones, "cluster | provider");
    }

    private List<String> with(String milestones, String clusters) {
        return TestInputs.in(folder)
                .with(CapacityMilestone.TABLE, Rows.of(CapacityMilestone.TABLE, milestones))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, clusters))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                    accelerator | h100_equivalents
                    GB200       | 2.5
                    """))
                .with(History.TABLE, Rows.of(History.TABLE, """
                    measure   | provider | region | day        | value
                    gpu_hours | own      | east   | 2026-01-01 | 1
                    mw        | own      | east   | 2026-01-05 | 1
                    mw        | own      | east   | 2026-06-30 | 1
                    """))
                .derive(Supply.JOB)
                .orderBy("measure", "provider", "region", "day")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
