package io.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.TestSpark;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark compares is the same work: a small day of it, by the pipeline and by DuckDB. */
class BenchTest {

    private static final long SAMPLES = 1440 * 10;
    /** Levels that both tell. */
    private static final String RACKS = "level = 'rack' OR level = 'node' AND rack IS NULL";

    @TempDir
    static Path folder;

    private static Path lake;
    private static Path duckDb;
    private static Counts counted;
    private static Counts countedByDuckDb;

    @BeforeAll
    static void run() throws Exception {
        TestSpark.session();
        Workplace place = Workplace.in(folder);
        Path landing = place.path("landing");
        place.deliver(landing, 0, SAMPLES);
        lake = place.emptyLake();
        duckDb = place.path("duckdb");
        counted = place.runHere(landing, lake);
        countedByDuckDb = DuckDbDay.run(landing, duckDb);
    }

    @Test
    void bothCountTheSame() {
        assertThat(counted).isEqualTo(countedByDuckDb);
        assertThat(counted.read()).isEqualTo(SAMPLES + counted.duplicate()).isGreaterThan(SAMPLES);
        assertThat(counted.accepted() + counted.rejected()).isEqualTo(SAMPLES);
        assertThat(counted.rejected()).isPositive();
    }

    @Test
    void bothFindTheSameUse() {
        assertSame(
                UtilisationHourly.TABLE,
                "true",
                "installed_gpu_hours",
                "healthy_gpu_hours",
                "allocated_gpu_hours",
                "sm_active_gpu_hours",
                "tensor_active_gpu_hours",
                "gpu_energy_j");
    }

    @Test
    void bothFindTheSamePower() {
        assertSame(PowerDensityHourly.TABLE, RACKS, "energy_j", "covered_s", "max_power_w", "mean_power_w");
    }

    @Test
    void aProcessIsMeasured() throws Exception {
        Measured measured = Measured.run(
                List.of("bash", "-c", "for i in {1..200000}; do :; done; echo $WORD"), Map.of("WORD", "done"));

        assertThat(measured.out()).isEqualTo("done\n");
        assertThat(measured.cpuSeconds()).isPositive().isLessThan(10 * measured.seconds());
        assertThat(measured.peakBytes()).isPositive();
    }

    private static void assertSame(Table table, String compared, String... columns) {
        Row ours = sums(lake.resolve(table.database()).resolve(table.name()), compared, columns);
        Row theirs = sums(duckDb.resolve(table.name()), "true", columns);
        for (int i = 0; i < columns.length; i++) {
            assertThat(ours.getDouble(i))
                    .as(columns[i])
                    .isPositive()
                    .isCloseTo(theirs.getDouble(i), within(1e-6 * ours.getDouble(i)));
        }
    }

    private static Row sums(Path files, String compared, String... columns) {
        var rows = TestSpark.session().read().parquet(files.toString());
        var sums = List.of(columns).stream()
                .map(column -> functions.sum(column).cast("double"))
                .toArray(org.apache.spark.sql.Column[]::new);
        return rows.filter(compared).select(sums).head();
    }
}
