package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However deliveries came, tables are as if only their final state had ever been delivered. */
@Tag("late")
class LateAndRestatedTest {

    @TempDir
    Path folder;

    private MetersAndBills fleet;

    @BeforeEach
    void openLake() {
        fleet = new MetersAndBills(
                folder.resolve("grown"),
                List.of(MeterInstant.JOB, PowerInstant.JOB, PowerDensityHourly.JOB, CostDaily.JOB));
        fleet.meters("a.csv", "m1,2026-03-01T10:00:00Z,100", "m1,2026-03-01T10:30:00Z,300");
        fleet.meters("b.csv", "m2,2026-03-02T10:00:00Z,100", "m2,2026-03-02T10:30:00Z,300");
        fleet.bill("march.csv", "2026-03,2026-03-01,2026-03-04,3", "2026-03,2026-03-02,2026-03-03,5");
        fleet.run();
    }

    /** Late rows, files with fewer rows, a bill under new paths, a duplicate whose original goes: each in files of its own. */
    @Test
    void eachInItsOwnFiles() throws IOException {
        fleet.meters("first.csv", "m4,2026-03-03T10:00:00Z,100", "m4,2026-03-03T10:30:00Z,300");
        fleet.meters("second.csv", "m4,2026-03-03T10:00:00Z,100", "m4,2026-03-03T10:30:00Z,300");
        fleet.meters("third.csv", "m4,2026-03-03T10:00:00Z,777", "m5,2026-03-03T10:30:00Z,300");
        fleet.bill("february-1.csv", "2026-02,2026-02-01,2026-02-05,1");
        fleet.run();
        fleet.meters(
                "late.csv", "m1,2026-03-01T10:10:00Z,500", "m3,2026-01-01T10:00:00Z,1", "m3,2026-01-01T10:30:00Z,1");
        fleet.bill("january.csv", "2026-01,2026-01-01,2026-03-02,60");
        fleet.meters("a.csv", "m1,2026-03-01T10:00:00Z,100");
        fleet.meters("b.csv");
        fleet.bill("march.csv", "2026-03,2026-03-02,2026-03-03,5");
        fleet.bill("february-2.csv", "2026-02,2026-02-01,2026-02-05,2");
        fleet.meters("first.csv", "m4,2026-03-03T11:00:00Z,100", "m4,2026-03-03T10:30:00Z,900");
        fleet.run();
        fleet.bill("february-3.csv", "2026-02,2026-02-02,2026-02-06,3");

        assertIsAsOfFinalState();
        assertThat(fleet.lake().sql("SELECT path, CAST(sum(effective_cost) AS INT) FROM cost GROUP BY path"))
                .containsExactly("bills/february-3.csv | 3", "bills/january.csv | 60", "bills/march.csv | 5");
        assertThat(fleet.lake().sql("SELECT path, power_w FROM power_sample WHERE meter_id = 'm4'"))
                .containsExactly("meters/first.csv | 100.0", "meters/second.csv | 100.0", "meters/second.csv | 300.0");
    }

    @Test
    void allInTheSameFiles() throws IOException {
        fleet.meters("again.csv", "m1,2026-03-01T10:00:00Z,100", "m1,2026-03-01T10:30:00Z,300");
        fleet.bill("march-2.csv", "2026-03,2026-03-01,2026-03-05,4", "2026-04,2026-04-01,2026-04-02,4");
        fleet.run();
        fleet.meters("a.csv", "m1,2026-03-01T10:30:00Z,300");
        fleet.bill("march-3.csv", "2026-03,2026-03-01,2026-03-05,6");
        fleet.run();
        fleet.bill("march-3.csv", "2026-04,2026-04-03,2026-04-05,6", "2026-05,2026-05-01,2026-05-02,x");
        fleet.meters("again.csv", "m1,2026-03-01T10:30:00Z,-1", "m2,2026-03-02T10:00:00Z,1");
        fleet.meters("late.csv", "m2,2025-12-31T23:50:00Z,10", "m2,2025-12-31T23:40:00Z,10");

        assertIsAsOfFinalState();
    }

    private void assertIsAsOfFinalState() throws IOException {
        fleet.run();
        assertThat(fleet.lake().brokenEquations()).isEmpty();
        assertThat(fleet.state()).isEqualTo(fleet.stateOfFreshLake(folder.resolve("fresh")));
    }
}
