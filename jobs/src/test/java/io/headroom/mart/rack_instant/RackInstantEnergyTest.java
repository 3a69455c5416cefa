package io.headroom.mart.rack_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.gpu_sample.GpuSample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Energy and how it was told: in all, its time, of it by counter, its time, resets. */
class RackInstantEnergyTest {

    private static final String HEADER =
            "day | sampled_at | cluster | rack | gpu_uuid | interval_s | power_w | energy_counter_j\n";

    @Test
    void theCounterTellsTheEnergyUpToTheNextSampleAndWattsTheRest() {
        // 33 kJ in the first minute by the counter; after the last reading 500 W for its minute.
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | g | 60 | 600 | 1000000
                2026-03-01 | 2026-03-01 10:01:00 | c | r | g | 60 | 500 | 1033000
                """))
                .containsExactly(
                        "10:00:00.0 | 60.0 | 33000.0 | 60.0 | 33000.0 | 60.0 | 0",
                        "10:01:00.0 | 60.0 | 30000.0 | 60.0 | null | null | 0");
    }

    @Test
    void aCounterThatFallsIsResetAndWattsTellThatTime() {
        // The driver is loaded again between 10:01 and 10:02: the 5 kJ counted since are not the energy of that minute.
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | g | 60 | 600 | 1000000
                2026-03-01 | 2026-03-01 10:01:00 | c | r | g | 60 | 500 | 1036000
                2026-03-01 | 2026-03-01 10:02:00 | c | r | g | 60 | 100 | 5000
                2026-03-01 | 2026-03-01 10:03:00 | c | r | g | 60 | 100 | 11000
                """))
                .containsExactly(
                        "10:00:00.0 | 60.0 | 36000.0 | 60.0 | 36000.0 | 60.0 | 0",
                        "10:01:00.0 | 60.0 | 30000.0 | 60.0 | null | null | 1",
                        "10:02:00.0 | 60.0 | 6000.0 | 60.0 | 6000.0 | 60.0 | 0",
                        "10:03:00.0 | 60.0 | 6000.0 | 60.0 | null | null | 0");
    }

    @Test
    void aResetWithoutWattsLeavesTheTimeUncovered() {
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | g | 60 | | 1000000
                2026-03-01 | 2026-03-01 10:01:00 | c | r | g | 60 | | 5000
                2026-03-01 | 2026-03-01 10:02:00 | c | r | g | 60 | | 11000
                """))
                .containsExactly(
                        "10:00:00.0 | 60.0 | null | null | null | null | 1",
                        "10:01:00.0 | 60.0 | 6000.0 | 60.0 | 6000.0 | 60.0 | 0",
                        "10:02:00.0 | 60.0 | null | null | null | null | 0");
    }

    @Test
    void moreThanABoardCanDrawIsAReset() {
        // 600 kJ in a minute is 10 kW, the most; a joule more is not energy. An exporter that reads the counter each 30
        // s
        // may tell 21 kJ within a second, which is 700 W of its own time.
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | most | 60 | 500 | 0
                2026-03-01 | 2026-03-01 10:01:00 | c | r | most | 60 | 500 | 600000
                """)).first().isEqualTo("10:00:00.0 | 60.0 | 600000.0 | 60.0 | 600000.0 | 60.0 | 0");
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | more | 60 | 500 | 0
                2026-03-01 | 2026-03-01 10:01:00 | c | r | more | 60 | 500 | 600001
                """)).first().isEqualTo("10:00:00.0 | 60.0 | 30000.0 | 60.0 | null | null | 1");
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:00 | c | r | late | 60 |  | 0
                2026-03-01 | 2026-03-01 10:00:01 | c | r | late | 60 |  | 21000
                """)).first().isEqualTo("10:00:00.0 | 60.0 | 21000.0 | 1.0 | 21000.0 | 1.0 | 0");
    }

    @Test
    void theCounterTellsTheEnergyOfAGapToo() {
        // 54 kJ in 3 minutes; the sample stands for the first of them.
        assertThat(energy("""
                2026-03-01 | 2026-03-01 10:00:30 | c | r | g | 60 | 600 | 1000000
                2026-03-01 | 2026-03-01 10:03:30 | c | r | g | 60 |     | 1054000
                """))
                .containsExactly(
                        "10:00:00.0 | 30.0 | 9000.0 | 30.0 | 9000.0 | 30.0 | 0",
                        "10:01:00.0 | 30.0 | 18000.0 | 60.0 | 18000.0 | 60.0 | 0",
                        "10:02:00.0 | 0.0 | 18000.0 | 60.0 | 18000.0 | 60.0 | 0",
                        "10:03:00.0 | 30.0 | 9000.0 | 30.0 | 9000.0 | 30.0 | 0",
                        "10:04:00.0 | 30.0 | null | null | null | null | 0");
    }

    @Test
    void energyThatDoesNotDivideAddsUpExactly() {
        List<String> parts = energy("""
                2026-03-01 | 2026-03-01 10:00:20 | c | r | g | 60 | | 0.000001
                2026-03-01 | 2026-03-01 10:01:20 | c | r | g | 60 | | 100.000002
                """);

        assertThat(parts.subList(0, 2))
                .as("100.000001 J, of which two thirds rounded down, and the rest")
                .containsExactly(
                        "10:00:00.0 | 40.0 | 66.666667 | 40.0 | 66.666667 | 40.0 | 0",
                        "10:01:00.0 | 60.0 | 33.333334 | 20.0 | 33.333334 | 20.0 | 0");
    }

    @Test
    void beforeTheFirstReadingOfADayWattsTell() {
        assertThat(energy("""
                2026-03-01 | 2026-03-01 00:00:30 | c | r | g | 60 | 600 | 1000000
                2026-03-01 | 2026-03-01 00:01:00 | c | r | g | 60 | 600 | 1015000
                """)).first().isEqualTo("00:00:00.0 | 60.0 | 33000.0 | 60.0 | 15000.0 | 30.0 | 0");
    }

    private static List<String> energy(String samples) {
        return TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, HEADER + samples))
                .derived(
                        RackInstant.JOB,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J,
                        RackInstant.POWER_REPORTING_GPU_SECONDS,
                        RackInstant.COUNTER_ENERGY_J,
                        RackInstant.COUNTER_GPU_SECONDS,
                        RackInstant.ENERGY_COUNTER_RESETS)
                .stream()
                .map(row -> row.substring("2026-03-01 ".length()))
                .toList();
    }
}
