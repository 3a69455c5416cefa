package io.headroom.mart.meter_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.power_sample.PowerSample;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterInstantTest {

    private static final String READINGS =
            "day | sampled_at | meter_id | scope | cluster | rack | power_w | energy_counter_j\n";

    @Test
    void energyIsWhatTheCounterCountedAndPowerWhatTheMeterReads() {
        assertThat(meters("""
                        2026-03-01 | 2026-03-01 10:00:00 | m | rack | c | r | 1000 | 5000000
                        2026-03-01 | 2026-03-01 10:10:00 | m | rack | c | r | 3000 | 6200000
                        2026-03-01 | 2026-03-01 10:20:00 | m | rack | c | r | 1000 | 7400000
                        """))
                .as("1.2 MJ in each 10 minutes are 2 kW; the last reading has no later count, so its watts stand")
                .containsExactly(
                        "10:00:00 | 600.0 | 1000.0 | 1200000.0 | counter",
                        "10:10:00 | 600.0 | 3000.0 | 1200000.0 | counter",
                        "10:20:00 | 600.0 | 1000.0 | 600000.0 | watts");
    }

    @Test
    void aCounterThatFallsWasResetAndWattsTellInstead() {
        assertThat(meters("""
                        2026-03-01 | 2026-03-01 10:00:00 | m | rack | c | r | 1000 | 5000000
                        2026-03-01 | 2026-03-01 10:10:00 | m | rack | c | r | 1500 | 300
                        2026-03-01 | 2026-03-01 10:20:00 | m | rack | c | r | 2000 | 1200300
                        2026-03-01 | 2026-03-01 10:30:00 | m | rack | c | r |      | 600
                        2026-03-01 | 2026-03-01 10:40:00 | m | rack | c | r |      | 1200600
                        """))
                .as("10 minutes at 1 kW after the first reading; from 10:20 the counter falls again and 2 kW stand")
                .containsExactly(
                        "10:00:00 | 600.0 | 1000.0 | 600000.0 | watts",
                        "10:10:00 | 600.0 | 1500.0 | 1200000.0 | counter",
                        "10:20:00 | 600.0 | 2000.0 | 1200000.0 | watts",
                        "10:30:00 | 600.0 | 2000.0 | 1200000.0 | counter");
    }

    @Test
    void aCounterBridgesAGapThatWattsDoNot() {
        assertThat(meters("""
                        2026-03-01 | 2026-03-01 10:00:00 | counting | rack | c | a | 9000 | 0
                        2026-03-01 | 2026-03-01 12:00:00 | counting | rack | c | a | 9000 | 14400000
                        2026-03-01 | 2026-03-01 10:00:00 | watts    | rack | c | b | 9000 |
                        2026-03-01 | 2026-03-01 12:00:00 | watts    | rack | c | b | 9000 |
                        """, "a"))
                .as("14.4 MJ in 2 hours are 2 kW, whatever was read before them; then an hour at 9 kW")
                .containsExactly(
                        "10:00:00 | 3600.0 | 2000.0 | 7200000.0 | counter",
                        "11:00:00 | 3600.0 | 2000.0 | 7200000.0 | counter",
                        "12:00:00 | 3600.0 | 9000.0 | 3.24E7 | watts");
    }

    @Test
    void aCountThatNoMeterCanReachIsNotBelieved() {
        assertThat(meters("""
                        2026-03-01 | 2026-03-01 10:00:00 | m | rack | c | r | 1000 | 0
                        2026-03-01 | 2026-03-01 10:00:10 | m | rack | c | r | 1000 | 1e12
                        """))
                .containsExactly(
                        "10:00:00 | 10.0 | 1000.0 | 10000.0 | watts", "10:00:10 | 10.0 | 1000.0 | 10000.0 | watts");
    }

    @Test
    void feedsAddUpEachByWhatItTells() {
        assertThat(meters("""
                        2026-03-01 | 2026-03-01 10:00:00 | a | rack | c | r | 1000 |
                        2026-03-01 | 2026-03-01 10:30:00 | a | rack | c | r | 1000 |
                        2026-03-01 | 2026-03-01 10:00:00 | b | rack | c | r |      | 0
                        2026-03-01 | 2026-03-01 10:30:00 | b | rack | c | r |      | 3600000
                        """))
                .as("1 kW by watts and 2 kW by the counter; b tells nothing after its last reading")
                .containsExactly("10:00:00 | 1800.0 | 3000.0 | 5400000.0 | both");
    }

    @Test
    void boardsOfNearlyAllGpusStandForTheRest() {
        TestInputs boards = TestInputs.NONE.with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                day        | instant             | cluster | rack | interval_s | gpu_energy_j | power_reporting_gpu_seconds
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | 60         | 600000       | 1200
                2026-03-01 | 2026-03-01 10:01:00 | c       | r    | 60         | 684000       | 1140
                2026-03-01 | 2026-03-01 10:02:00 | c       | r    | 60         | 540000       | 1080
                """));

        assertThat(told(boards, "r"))
                .as("20 GPUs at 500 W; 19 of 20 at 600 W, whose mean is the other's; 18 of 20 are too few")
                .containsExactly(
                        "10:00:00 | 60.0 | 10000.0 | 600000.0 | null", "10:01:00 | 60.0 | 12000.0 | 720000.0 | null");
    }

    @Test
    void aPlaceBelongsToTheProviderOfItsClusterAndStandsInTheRowThatAnyReadingNames() {
        TestInputs inputs = TestInputs.NONE
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | region
                        c       | own      | west
                        """))
                .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                        day        | sampled_at          | meter_id | scope    | cluster | rack_row | rack | node | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m        | rack     | c       | A        | r    |      | 1
                        2026-03-01 | 2026-03-01 10:30:00 | m        | rack     | c       |          | r    |      | 1
                        2026-03-01 | 2026-03-01 10:00:00 | n        | node     | c       |          | r    | n1   | 1
                        2026-03-01 | 2026-03-01 10:30:00 | n        | node     | c       |          | r    | n1   | 1
                        2026-03-01 | 2026-03-01 10:00:00 | w        | row      | c       | A        |      |      | 1
                        2026-03-01 | 2026-03-01 10:30:00 | w        | row      | c       | A        |      |      | 1
                        2026-03-01 | 2026-03-01 10:00:00 | s        | facility | c       |          |      |      | 1
                        2026-03-01 | 2026-03-01 10:30:00 | s        | facility | c       |          |      |      | 1
                        2026-03-01 | 2026-03-01 10:00:00 | g        | gpu      | c       |          | r    | n1   | 1
                        2026-03-01 | 2026-03-01 10:30:00 | g        | gpu      | c       |          | r    | n1   | 1
                        """));

        assertThat(inputs.derived(
                        MeterInstant.JOB,
                        MeterInstant.LEVEL,
                        MeterInstant.PROVIDER,
                        MeterInstant.REGION,
                        MeterInstant.RACK_ROW,
                        MeterInstant.RACK,
                        MeterInstant.NODE))
                .containsOnly(
                        "facility | own | west | null | null | null",
                        "node | own | west | A | r | n1",
                        "rack | own | west | A | r | null",
                        "row | own | west | A | null | null");
    }

    private static List<String> meters(String readings) {
        return meters(readings, "r");
    }

    private static List<String> meters(String readings, String rack) {
        return told(TestInputs.NONE.with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, READINGS + readings)), rack);
    }

    private static List<String> told(TestInputs inputs, String rack) {
        String start = rack + " | 2026-03-01 ";
        return inputs
                .derived(
                        MeterInstant.JOB,
                        MeterInstant.RACK,
                        MeterInstant.INSTANT,
                        MeterInstant.INTERVAL_S,
                        MeterInstant.POWER_W,
                        MeterInstant.ENERGY_J,
                        MeterInstant.ENERGY_METHOD)
                .stream()
                .filter(row -> row.startsWith(start))
                .map(row -> row.substring(start.length()).replaceFirst("\\.0 ", " "))
                .toList();
    }
}
