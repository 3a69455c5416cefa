package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.Rows;
import io.headroom.staging.power_sample.PowerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet whose rows have keys is read in outline first, and again to be written. */
class ReadTwiceTest {

    private static final String SOURCE = """
            name: meters
            extends: power_sample/plain_parquet
            files: 'meters/**'
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void open() {
        lake = new LakeFixture(folder);
    }

    @Test
    void everyRowIsAccountedForUnderThePathOfItsFile() throws IOException {
        deliver("meters/plain.parquet", """
                meter_id | sampled_at          | scope | power_w
                m1       | 2026-03-01 00:00:00 | rack  | 1
                m1       | 2026-03-01 00:00:00 | rack  | 1
                m2       | 2026-03-01 00:00:00 | rack  | -1
                """);
        deliver("meters/a b+c%20d/é.parquet", """
                meter_id | sampled_at          | scope | power_w
                m1       | 2026-03-01 00:00:00 | rack  | 1
                m3       | 2026-03-01 00:00:00 | rack  | 3
                m4       | 2026-03-01 00:00:00 | rack  | -4
                """);

        lake.ingest(SOURCE);

        assertThat(lake.sql("SELECT path, received_rows, accepted_rows, duplicate_rows, rejected_rows FROM delivery"))
                .containsExactly("meters/a b+c%20d/é.parquet | 3 | 1 | 1 | 1", "meters/plain.parquet | 3 | 1 | 1 | 1");
        assertThat(lake.sql("SELECT path, meter_id, power_w FROM power_sample"))
                .containsExactly("meters/a b+c%20d/é.parquet | m3 | 3.0", "meters/plain.parquet | m1 | 1.0");
        assertThat(lake.sql("SELECT path, line, get_json_object(raw, '$.meter_id') FROM rejected"))
                .containsExactly("meters/a b+c%20d/é.parquet | 3 | m4", "meters/plain.parquet | 3 | m2");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aFileOnWhichTheMappingFailsOnlyWhenItIsWrittenDoesNotStopTheOthers() throws IOException {
        deliver("meters/good.parquet", """
                meter_id | sampled_at          | scope | power_w | cluster
                m1       | 2026-03-01 00:00:00 | rack  | 1       | 7
                """);
        deliver("meters/bad.parquet", """
                meter_id | sampled_at          | scope | power_w | cluster
                m2       | 2026-03-01 00:00:00 | rack  | 2       | seven
                """);

        lake.ingest(SOURCE + "select: SELECT record, meter_id, sampled_at, scope, power_w,"
                + " CAST(CAST(cluster AS INT) AS STRING) AS cluster FROM landed\n");

        assertThat(lake.sql("SELECT meter_id, cluster FROM power_sample")).containsExactly("m1 | 7");
        assertThat(lake.sql("SELECT path, accepted_rows, substr(problem, 1, 30) FROM delivery"))
                .containsExactly(
                        "meters/bad.parquet | 0 | The mapping fails on the file:", "meters/good.parquet | 1 | null");
    }

    private void deliver(String path, String drawing) throws IOException {
        Path made = folder.resolve("made.parquet");
        Rows.of(PowerSample.TABLE, drawing)
                .select("meter_id", "sampled_at", "scope", "power_w", "cluster")
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(made.toString());
        try (var files = Files.list(made)) {
            lake.deliver(
                    path,
                    Files.readAllBytes(files.filter(file -> file.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow()));
        }
    }
}
