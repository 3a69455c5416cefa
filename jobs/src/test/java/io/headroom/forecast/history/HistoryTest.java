package io.headroom.forecast.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Table;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final String USAGE_HEADER = "day | hour | provider | region | cluster | installed_gpu_hours"
            + " | allocated_reporting_gpu_hours | allocated_h100e_hours\n";
    private static final String POWER_HEADER =
            "day | hour | provider | region | cluster | rack | power_basis | covered_s | energy_j | level\n";
    private static final String TOKENS_HEADER = "day | provider | region | cluster | started_at | ended_at"
            + " | uncached_input_tokens | cache_read_tokens | output_tokens\n";

    @TempDir
    private Path folder;

    @Test
    void aDayIsTheSumOfItsHours() {
        assertThat(history(UtilisationHourly.TABLE, USAGE_HEADER + usage("2026-03-01", 0, 23, "own", "east", "c1", 2)))
                .containsExactlyInAnyOrder(
                        "2026-03-01 gpu_hours own east 48.0",
                        "2026-03-01 gpu_hours own all 48.0",
                        "2026-03-01 gpu_hours all all 48.0");
    }

    @Test
    void daysWithoutNearlyAllHoursAreLeftOutAndThoseWithThemDoNotDip() {
        assertThat(history(
                        UtilisationHourly.TABLE,
                        USAGE_HEADER
                                + usage("2026-03-01", 5, 23, "own", "east", "c1", 2)
                                + usage("2026-03-02", 0, 23, "own", "east", "c1", 2)
                                + usage("2026-03-03", 0, 21, "own", "east", "c1", 2)
                                + usage("2026-03-04", 0, 22, "own", "east", "c1", 3)
                                + usage("2026-03-05", 0, 11, "own", "east", "c1", 2)))
                .filteredOn(row -> row.contains("east"))
                .containsExactly("2026-03-02 gpu_hours own east 48.0", "2026-03-04 gpu_hours own east 72.0");
    }

    @Test
    void aTotalIsToldWhereAllItsRunningClustersAre() {
        assertThat(history(
                        UtilisationHourly.TABLE,
                        USAGE_HEADER
                                + usage("2026-03-01", 0, 23, "own", "east", "c1", 1)
                                + usage("2026-03-02", 0, 23, "own", "east", "c1", 1)
                                + usage("2026-03-03", 0, 23, "own", "east", "c1", 1)
                                + usage("2026-03-02", 0, 23, "AWS", "west", "c2", 10)
                                + usage("2026-03-03", 0, 6, "AWS", "west", "c2", 10)))
                .as("c2 is late on the third, and did not run yet on the first")
                .filteredOn(row -> row.contains("all all"))
                .containsExactly("2026-03-01 gpu_hours all all 24.0", "2026-03-02 gpu_hours all all 264.0");
    }

    @Test
    void aClusterThatEndedLeavesTheTotal() {
        var drawing = new StringBuilder(USAGE_HEADER + usage("2026-03-01", 0, 23, "own", "west", "c2", 10));
        for (int day = 1; day <= 9; day++) {
            drawing.append(usage("2026-03-0" + day, 0, 23, "own", "east", "c1", 1));
        }
        assertThat(history(UtilisationHourly.TABLE, drawing.toString()))
                .filteredOn(row -> row.contains("all all"))
                .hasSize(9)
                .contains("2026-03-01 gpu_hours all all 264.0", "2026-03-09 gpu_hours all all 24.0");
    }

    @Test
    void powerIsTheMeanOverTheDayOfAllRacks() {
        assertThat(history(
                        PowerDensityHourly.TABLE,
                        POWER_HEADER
                                + power("2026-03-01", "r1", 360_000_000L)
                                + power("2026-03-01", "r2", 180_000_000L)))
                .as("100 kW and 50 kW")
                .contains("2026-03-01 mw unknown unknown 0.15", "2026-03-01 mw all all 0.15");
    }

    @Test
    void tokensAreSummedOverAllBuckets() {
        assertThat(historyOfTokens(TOKENS_HEADER
                        + "2026-03-01 | own | east | c1 | 2026-03-01T00:00:00Z | 2026-03-01T12:00:00Z"
                        + " | 10 | 5 | 1\n"
                        + "2026-03-01 | own | east | c1 | 2026-03-01T12:00:00Z | 2026-03-02T00:00:00Z"
                        + " | 10 | | 1\n"))
                .contains("2026-03-01 tokens own east 27.0");
    }

    @Test
    void tokensOfPartialDaysAreLeftOut() {
        assertThat(historyOfTokens(TOKENS_HEADER
                        + "2026-03-01 | own | east | c1 | 2026-03-01T06:00:00Z | 2026-03-02T00:00:00Z"
                        + " | 10 | | 1\n"
                        + "2026-03-02 | own | east | c1 | 2026-03-02T06:00:00Z | 2026-03-02T07:00:00Z"
                        + " | 20 | | 1\n"
                        + "2026-03-04 | own | east | c1 | 2026-03-04T00:00:00Z | 2026-03-04T23:00:00Z"
                        + " | 40 | | 1\n"))
                .filteredOn(row -> row.contains("east"))
                .containsExactly("2026-03-02 tokens own east 21.0");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(TestInputs.in(folder).derive(History.JOB).collectAsList()).isEmpty();
    }

    @Test
    void halfAClusterIsNotItsDemand() {
        var drawing = new StringBuilder(USAGE_HEADER);
        drawing.append(usage("2026-03-01", 0, 23, "own", "east", "c1", 10, 10, "20"));
        drawing.append(usage("2026-03-02", 0, 23, "own", "east", "c1", 5, 5, "10"));
        drawing.append(usage("2026-03-03", 0, 23, "own", "east", "c1", 10, 4, "8"));
        drawing.append(usage("2026-03-04", 0, 23, "own", "east", "c1", 10, 10, ""));
        drawing.append(usage("2026-03-05", 0, 23, "own", "east", "c1", 10, 9.6, "19.2"));

        assertThat(history(UtilisationHourly.TABLE, drawing.toString()))
                .as(
                        "half its GPUs are silent, do not tell allocation, or are of no known accelerator on the days between")
                .filteredOn(row -> row.contains("all all"))
                .containsExactly("2026-03-01 gpu_hours all all 480.0", "2026-03-05 gpu_hours all all 480.0");
    }

    @Test
    void installedGpusCountOnceTelemetryHasReachedThem() {
        Dataset<Row> installed = Rows.of(Cluster.TABLE, """
                cluster | installed_gpus
                grown   | 20
                silent  | 20
                """);
        String usage = USAGE_HEADER
                + usage("2026-03-01", 0, 23, "own", "grown", "grown", 10, 10, "1")
                + usage("2026-03-02", 0, 23, "own", "grown", "grown", 20, 20, "2")
                + usage("2026-03-12", 0, 23, "own", "grown", "grown", 10, 10, "1")
                + usage("2026-03-13", 0, 23, "own", "grown", "grown", 20, 20, "2")
                + usage("2026-03-01", 0, 23, "own", "silent", "silent", 10, 10, "1");

        assertThat(told(TestInputs.in(folder)
                        .with(Cluster.TABLE, installed)
                        .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, usage))))
                .filteredOn(row -> !row.contains("all"))
                .containsExactly(
                        "2026-03-01 gpu_hours own grown 24.0",
                        "2026-03-02 gpu_hours own grown 48.0",
                        "2026-03-13 gpu_hours own grown 48.0");
    }

    @Test
    void powerIsToldWhereEveryRackSeenOfLateIsMetered() {
        assertThat(history(
                        PowerDensityHourly.TABLE,
                        POWER_HEADER
                                + power("2026-03-01", "r1", "metered", 3600, 360_000_000L)
                                + power("2026-03-01", "r2", "metered", 3600, 360_000_000L)
                                + power("2026-03-02", "r1", "metered", 3600, 360_000_000L)
                                + power("2026-03-03", "r1", "metered", 3600, 360_000_000L)
                                + power("2026-03-03", "r2", "gpu_sum", 3600, 360_000_000L)
                                + power("2026-03-04", "r1", "metered", 3600, 360_000_000L)
                                + power("2026-03-04", "r2", "metered", 3500, 350_000_000L)))
                .filteredOn(row -> row.contains("all all"))
                .containsExactly("2026-03-01 mw all all 0.2", "2026-03-04 mw all all 0.2");
    }

    @Test
    void whatGpuBoardsDrawIsNotTheItPowerOfACluster() {
        assertThat(history(
                        PowerDensityHourly.TABLE,
                        POWER_HEADER + power("2026-03-01", "r1", "gpu_sum", 3600, 360_000_000L)))
                .isEmpty();
    }

    @Test
    void aClusterWhoseMeterFellSilentKeepsTheTotalUntold() {
        var drawing = new StringBuilder(POWER_HEADER);
        for (int day = 1; day <= 12; day++) {
            String date = "2026-03-%02d".formatted(day);
            drawing.append(power(date, "r1", "metered", 3600, 360_000_000L));
            drawing.append(power(date, "r2", day == 1 ? "metered" : "gpu_sum", 3600, 360_000_000L)
                    .replace("| | | |", "| | | other |"));
        }
        assertThat(history(PowerDensityHourly.TABLE, drawing.toString()))
                .filteredOn(row -> row.contains("all all"))
                .containsExactly("2026-03-01 mw all all 0.2");
    }

    private static String usage(
            String day, int fromHour, int toHour, String provider, String region, String cluster, int each) {
        return usage(day, fromHour, toHour, provider, region, cluster, 10, 10, String.valueOf(each));
    }

    private static String usage(
            String day,
            int fromHour,
            int toHour,
            String provider,
            String region,
            String cluster,
            int gpus,
            double reporting,
            String each) {
        var rows = new StringBuilder();
        for (int hour = fromHour; hour <= toHour; hour++) {
            rows.append("%s | %sT%02d:00:00Z | %s | %s | %s | %d | %s | %s%n"
                    .formatted(day, day, hour, provider, region, cluster, gpus, reporting, each));
        }
        return rows.toString();
    }

    private static String power(String day, String rack, long energyEachHour) {
        return power(day, rack, "metered", 3600, energyEachHour);
    }

    private static String power(String day, String rack, String basis, int covered, long energyEachHour) {
        var rows = new StringBuilder();
        for (int hour = 0; hour < 24; hour++) {
            rows.append("%s | %sT%02d:00:00Z | | | | %s | %s | %d | %d | rack%n"
                    .formatted(day, day, hour, rack, basis, covered, energyEachHour));
        }
        return rows.toString();
    }

    private List<String> history(Table table, String drawing) {
        return told(TestInputs.in(folder).with(table, Rows.of(table, drawing)));
    }

    private List<String> historyOfTokens(String usage) {
        TestInputs inputs = TestInputs.in(folder).with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, usage));
        return told(inputs.with(TokenHourly.TABLE, inputs.derive(TokenHourly.JOB)));
    }

    private static List<String> told(TestInputs inputs) {
        Dataset<Row> history = inputs.derive(History.JOB);
        assertThat(history.columns())
                .containsExactly(History.TABLE.fields().stream()
                        .map(field -> field.column())
                        .toArray(String[]::new));
        return history.orderBy("day", "provider", "region").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
