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
            live         | own      | energised          | 2026-03-01 |           | 30 | it       | 2026-04-02
            """)).containsExactly("mw all all 2026-04-02 30.0 0.0 1", "mw all all 2026-07-01 40.0 0.25 2");
    }

    @Test
    void aClusterWithoutMilestonesHasWhatIsInstalled() {
        assertThat(with("""
            milestone_id | provider | cluster | state     | actual_on  | mw | mw_basis | known_at
            m1           | own      | c1      | energised | 2026-03-01 | 10 | it       | 2026-02-02
            """, """
            cluster | provider | region | accelerator | installed_gpus | power_envelope_w
            c1      | own      |        | GB200       | 1000           | 90000000
            c2      | own      | east   | GB200       | 10             | 5000000
            """))
                .filteredOn(row -> !row.contains(" all "))
                .containsExactly(
                        "gpu_hours own east 2026-01-01 600.0 0.0 0",
                        "mw own east 2026-01-05 5.0 0.0 0",
                        "mw own unknown 2026-03-01 10.0 0.0 1");
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
