package io.headroom.mart.power_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.gpu_sample.GpuSample;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerInstantTest {

    private static final String HEADER =
            "day | level | cluster | rack_row | rack | node | power_basis | instant | interval_s | power_w | energy_j\n";

    @Test
    void aRowAndAllItAreTheSumsOfTheirRacksWhileAllTell() {
        assertThat(told(TestInputs.NONE, """
                        2026-03-01 | rack | c | A | r1 |   | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | rack | c | A | r2 |   | metered | 2026-03-01 10:30:00 | 1800 | 2000 | 3600000
                        2026-03-01 | rack | c | B | r3 |   | metered | 2026-03-01 10:00:00 | 3600 | 4000 | 14400000
                        2026-03-01 | node | c |   |    | n | metered | 2026-03-01 10:00:00 | 3600 | 8000 | 28800000
                        2026-03-01 | rack | c | A | r1 |   | metered | 2026-03-01 11:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | rack | c | B | r3 |   | metered | 2026-03-01 11:00:00 | 3600 | 4000 | 14400000
                        2026-03-01 | node | c |   |    | n | metered | 2026-03-01 11:00:00 | 3600 | 8000 | 28800000
                        """))
                .as("r2 tells from 10:30 to 11:00; of row B nothing is missing in either hour")
                .filteredOn(row -> row.contains("sum"))
                .containsExactly(
                        "it | null | null | metered | sum of 4 | told | 10:30 | 1800.0 | 15000.0 | 2.7E7",
                        "row | A | null | metered | sum of 2 | told | 10:30 | 1800.0 | 3000.0 | 5400000.0",
                        "row | B | null | metered | sum of 1 | told | 10:00 | 3600.0 | 4000.0 | 1.44E7",
                        "row | B | null | metered | sum of 1 | told | 11:00 | 3600.0 | 4000.0 | 1.44E7");
    }

    @Test
    void aMeterOfItsOwnTellsAndTheSumStandsBeside() {
        assertThat(told(TestInputs.NONE, """
                        2026-03-01 | rack | c |   | r |   | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | rack | c |   | r |   | gpu_sum | 2026-03-01 10:00:00 | 3600 | 700  | 2520000
                        2026-03-01 | node | c |   | r | n | metered | 2026-03-01 10:00:00 | 3600 | 900  | 3240000
                        2026-03-01 | it   | c |   |   |   | metered | 2026-03-01 10:00:00 | 3600 | 1100 | 3960000
                        """))
                .as("IT is the sum of what racks are told to draw, which the rack's own meter tells")
                .containsExactly(
                        "it | null | null | metered | own | told | 10:00 | 3600.0 | 1100.0 | 3960000.0",
                        "it | null | null | metered | sum of 1 | beside | 10:00 | 3600.0 | 1000.0 | 3600000.0",
                        "node | null | r | metered | own | told | 10:00 | 3600.0 | 900.0 | 3240000.0",
                        "rack | null | r | gpu_sum | own | beside | 10:00 | 3600.0 | 700.0 | 2520000.0",
                        "rack | null | r | metered | own | told | 10:00 | 3600.0 | 1000.0 | 3600000.0",
                        "rack | null | r | metered | sum of 1 | beside | 10:00 | 3600.0 | 900.0 | 3240000.0");
    }

    @Test
    void aRackIsTheSumOfAllHostsThatTelemetrySawAndElseOfItsBoards() {
        TestInputs seen = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | cluster | rack   | node | gpu_uuid
                2026-03-01 | c       | whole  | n1   | g1
                2026-03-01 | c       | whole  | n2   | g2
                2026-03-01 | c       | partly | n3   | g3
                2026-03-01 | c       | partly | n4   | g4
                """));

        assertThat(told(seen, """
                        2026-03-01 | node | c |  | whole  | n1 | metered | 2026-03-01 10:00:00 | 3600 | 100 | 360000
                        2026-03-01 | node | c |  | whole  | n2 | metered | 2026-03-01 10:00:00 | 3600 | 200 | 720000
                        2026-03-01 | rack | c |  | whole  |    | gpu_sum | 2026-03-01 10:00:00 | 3600 | 250 | 900000
                        2026-03-01 | node | c |  | partly | n3 | metered | 2026-03-01 10:00:00 | 3600 | 400 | 1440000
                        2026-03-01 | rack | c |  | partly |    | gpu_sum | 2026-03-01 10:00:00 | 3600 | 600 | 2160000
                        """))
                .as("300 W of the hosts and 600 W of boards are not all of IT: it is told as gpu_sum")
                .filteredOn(row -> row.contains("| told |") && !row.startsWith("node"))
                .containsExactly(
                        "it | null | null | gpu_sum | sum of 3 | told | 10:00 | 3600.0 | 900.0 | 3240000.0",
                        "rack | null | partly | gpu_sum | own | told | 10:00 | 3600.0 | 600.0 | 2160000.0",
                        "rack | null | whole | metered | sum of 2 | told | 10:00 | 3600.0 | 300.0 | 1080000.0");
    }

    @Test
    void aHostWhoseRackItsGpusAloneTellIsCountedOnce() {
        TestInputs seen = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | cluster | rack | node | gpu_uuid
                2026-03-01 | c       | r    | n1   | g1
                2026-03-01 | c       | r    | n2   | g2
                """));

        assertThat(told(seen, """
                        2026-03-01 | node | c |  |   | n1 | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | node | c |  |   | n2 | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | rack | c |  | r |    | gpu_sum | 2026-03-01 10:00:00 | 3600 | 700  | 2520000
                        """))
                .filteredOn(row -> row.contains("| told |") && !row.startsWith("node"))
                .containsExactly(
                        "it | null | null | metered | sum of 2 | told | 10:00 | 3600.0 | 2000.0 | 7200000.0",
                        "rack | null | r | metered | sum of 2 | told | 10:00 | 3600.0 | 2000.0 | 7200000.0");
    }

    @Test
    void aHostWhoseRackItsMeterAloneTellsIsCountedOnce() {
        TestInputs seen = TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | cluster | node | gpu_uuid
                2026-03-01 | c       | n1   | g1
                """))
                .with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                day        | cluster | node | instant
                2026-03-01 | c       | n1   | 2026-03-01 10:00:00
                """));

        assertThat(told(seen, """
                        2026-03-01 | node | c |  | r | n1 | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000
                        2026-03-01 | node | c |  |   | n1 | gpu_sum | 2026-03-01 10:00:00 | 3600 | 700  | 2520000
                        """))
                .filteredOn(row -> row.contains("| told |"))
                .containsExactly(
                        "it | null | null | metered | sum of 1 | told | 10:00 | 3600.0 | 1000.0 | 3600000.0",
                        "node | null | r | metered | own | told | 10:00 | 3600.0 | 1000.0 | 3600000.0",
                        "rack | null | r | metered | sum of 1 | told | 10:00 | 3600.0 | 1000.0 | 3600000.0");
    }

    @Test
    void aRackThatTelemetrySawButNothingTellsThePowerOfLeavesItUntold() {
        TestInputs seen = TestInputs.NONE.with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                day        | cluster | rack | instant
                2026-03-01 | c       | dark | 2026-03-01 10:00:00
                """));
        String reading = "2026-03-01 | rack | c | | r | | metered | 2026-03-01 10:00:00 | 3600 | 1000 | 3600000";

        assertThat(told(seen, reading)).filteredOn(row -> row.startsWith("it")).isEmpty();
        assertThat(told(TestInputs.NONE, reading))
                .filteredOn(row -> row.startsWith("it"))
                .hasSize(1);
    }

    private static List<String> told(TestInputs inputs, String instants) {
        return inputs
                .with(MeterInstant.TABLE, Rows.of(MeterInstant.TABLE, HEADER + instants))
                .derive(PowerInstant.JOB)
                .selectExpr("""
                        concat_ws(' | ', level, coalesce(rack_row, 'null'), coalesce(rack, 'null'), power_basis,
                          CASE WHEN is_sum_of_parts THEN 'sum of ' || parts ELSE 'own' END,
                          CASE WHEN is_told THEN 'told' ELSE 'beside' END,
                          date_format(instant, 'HH:mm'), interval_s, power_w, energy_j) AS row""")
                .orderBy("row")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
