package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.power_sample.PowerSample;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is late or restated costs as much as it touches: in files read, in days written, in rows read for them. */
@Tag("late")
class CostOfChangeTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final LocalDate TOUCHED = FIRST.plusDays(3);
    private static final int DAYS = 40;
    private static final int LOOK_BACK = 31;
    private static final int FEW_DAYS = 5;
    private static final int READINGS_OF_A_DAY = 288;
    /** What the tables' logs have to say of the days between; a tenth of the rows of these days. */
    private static final int LOG_ROWS = (DAYS - FEW_DAYS) * READINGS_OF_A_DAY / 10;

    private static final List<String> HOSTS = List.of("a", "b", "c", "x", "y", "z");

    @TempDir
    Path folder;

    @Test
    void aLateRowRewritesItsDayAndTheDaysThatLookBackOnIt() {
        var fleet = new MetersAndBills(
                folder,
                List.of(MeterInstant.JOB, PowerInstant.JOB, PowerDensityHourly.JOB, JobEfficiency.JOB, CostDaily.JOB));
        fleet.meters("all.csv", days(DAYS).flatMap(CostOfChangeTest::readings).toArray(String[]::new));
        fleet.jobs(
                "all.csv",
                days(DAYS)
                        .map("j%1$s,m,%1$sT00:00:00Z,%1$sT01:00:00Z"::formatted)
                        .toArray(String[]::new));
        fleet.bill("march.csv", "2026-03,2026-03-01,2026-03-31,30");
        fleet.run();
        Map<String, Long> before = fleet.lake().versions();

        fleet.meters("late.csv", "m,%sT12:34:00Z,500".formatted(TOUCHED));
        Map<String, Long> written = fleet.run();

        assertThat(fleet.read()).containsExactly("meters/late.csv");
        assertThat(fleet.changed(PowerSample.TABLE, before)).containsExactly(TOUCHED);
        assertThat(fleet.changed(PowerDensityHourly.TABLE, before)).containsExactly(TOUCHED);
        assertThat(fleet.changed(JobEfficiency.TABLE, before))
                .hasSize(LOOK_BACK + 1)
                .contains(TOUCHED, TOUCHED.plusDays(LOOK_BACK))
                .doesNotContain(TOUCHED.minusDays(1));
        assertThat(fleet.changed(CostDaily.TABLE, before)).isEmpty();
        assertThat(written)
                .as("24 hours of the host, and of its cluster's IT, of which it is all")
                .containsEntry(PowerDensityHourly.JOB.name(), 2 * 24L)
                .containsEntry(JobEfficiency.JOB.name(), LOOK_BACK + 1L)
                .containsEntry(CostDaily.JOB.name(), 0L);
    }

    @Test
    void aBillOfAMonthTouchesItsDaysWhetherRestatedOrSuperseded() {
        var fleet = new MetersAndBills(folder, List.of(CostDaily.JOB));
        fleet.bill("march.csv", "2026-03,2026-03-01,2026-03-31,30");
        fleet.bill("april.csv", "2026-04,2026-04-01,2026-04-29,28");
        fleet.run();
        Map<String, Long> before = fleet.lake().versions();

        fleet.bill("march.csv", "2026-03,2026-03-11,2026-03-13,4");
        fleet.run();

        assertThat(fleet.read()).containsExactly("bills/march.csv");
        assertThat(fleet.changed(Cost.TABLE, before)).containsExactlyInAnyOrder(FIRST, FIRST.plusDays(10));
        assertThat(fleet.changed(CostDaily.TABLE, before)).containsExactlyInAnyOrderElementsOf(days(30).toList());
        before = fleet.lake().versions();

        fleet.bill("march-again.csv", "2026-03,2026-03-12,2026-03-14,4");
        Map<String, Long> written = fleet.run();

        assertThat(fleet.read()).containsExactly("bills/march-again.csv");
        assertThat(fleet.changed(CostDaily.TABLE, before))
                .containsExactlyInAnyOrder(FIRST.plusDays(10), FIRST.plusDays(11), FIRST.plusDays(12));
        assertThat(written).containsEntry(CostDaily.JOB.name(), 2L);
    }

    @Test
    void aLateRowReadsTheRowsOfItsDayAlone() throws Exception {
        assertThat(rowsReadForALateRow(DAYS)).isLessThan(rowsReadForALateRow(FEW_DAYS) + LOG_ROWS);
    }

    private long rowsReadForALateRow(int days) throws Exception {
        var fleet = new MetersAndBills(folder.resolve("late" + days), List.of(RackInstant.JOB));
        fleet.meters("all.csv", days(days).flatMap(CostOfChangeTest::readings).toArray(String[]::new));
        fleet.run();
        fleet.meters("late.csv", "m,%sT12:34:00Z,500".formatted(TOUCHED));
        return RowsRead.during(fleet::run);
    }

    @Test
    void aRestatedFileReadsTheRowsOfItsDayAlone() throws Exception {
        assertThat(rowsReadForARestatedFile(DAYS)).isLessThan(rowsReadForARestatedFile(FEW_DAYS) + LOG_ROWS);
    }

    /** Hosts deliver many files a day, so that every day has paths before and after the restated one. */
    private long rowsReadForARestatedFile(int days) throws Exception {
        var fleet = new MetersAndBills(folder.resolve("restated" + days), List.of(RackInstant.JOB));
        fleet.meters("l.csv", days(days).flatMap(CostOfChangeTest::readings).toArray(String[]::new));
        fleet.meters("m.csv", "late,%sT12:34:00Z,500".formatted(TOUCHED));
        for (String host : HOSTS) {
            fleet.meters(
                    host + ".csv",
                    days(days)
                            .map(day -> "%s,%sT00:00:00Z,1".formatted(host, day))
                            .toArray(String[]::new));
        }
        fleet.run();
        fleet.meters("m.csv", "late,%sT12:34:00Z,600".formatted(TOUCHED));
        return RowsRead.during(fleet::run);
    }

    private static Stream<LocalDate> days(int count) {
        return IntStream.range(0, count).mapToObj(FIRST::plusDays);
    }

    private static Stream<String> readings(LocalDate day) {
        return IntStream.range(0, READINGS_OF_A_DAY)
                .mapToObj(i -> "m,%sT%02d:%02d:00Z,100".formatted(day, i / 12, i % 12 * 5));
    }
}
