package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.Rows;
import io.headroom.staging.power_sample.PowerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountingTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void everyRowIsAcceptedADuplicateOrRejectedWithEveryReason() {
        lake.deliver("meters/a.csv", Meters.HEADER + """
                m1,2026-03-01T00:00:00Z,rack,100
                m1,2026-03-01T00:00:00Z,rack,100
                m2,2026-03-01T00:00:00Z,cellar,-5

                ,yesterday,rack,NaN
                m3,2026-03-01T00:00:00Z
                m4,2026-03-01T00:00:00Z,rack,"400
                """);

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 100.0 | meters/a.csv");
        assertThat(lake.sql("SELECT line, reasons, raw FROM rejected"))
                .containsExactly(
                        "4 | [scope is unknown, power_w is not within [0, 1e10]] | m2,2026-03-01T00:00:00Z,cellar,-5",
                        "6 | [sampled_at is not an instant: yesterday, meter_id is missing, power_w is not a finite number,"
                                + " power_w is not within [0, 1e10]] | ,yesterday,rack,NaN",
                        "7 | [The record has 2 fields, not 4.] | m3,2026-03-01T00:00:00Z",
                        "8 | [A quoted field is never closed.] | m4,2026-03-01T00:00:00Z,rack,\"400");
        assertThat(lake.sql("SELECT read_records, used_records, unparsable_records, received_rows, accepted_rows,"
                        + " duplicate_rows, rejected_rows FROM delivery"))
                .containsExactly("6 | 4 | 2 | 4 | 1 | 1 | 2");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aDoubledQuoteInAnUnquotedFieldCostsNoOtherLine() {
        lake.deliver("meters/a.csv", Meters.HEADER + """
                m1"",2026-03-01T00:00:00Z,rack,1
                m2,2026-03-01T00:00:00Z,rack,2
                "m,3",2026-03-01T00:00:00Z,rack,3
                """);

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql("SELECT read_records, received_rows FROM delivery")).containsExactly("3 | 3");
        assertThat(lake.sql("SELECT meter_id FROM power_sample")).containsExactly("m,3", "m1\"\"", "m2");
    }

    @Test
    void aCopyOfAFileWithRefusalsHasThemToo() {
        String partly = Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,-2\nm3\n";
        lake.deliver("meters/a.csv", partly);
        lake.deliver("meters/b.csv", partly);
        lake.deliver("meters/c.csv", "");
        lake.deliver("meters/d.csv", "");
        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/e.csv", partly);

        List<SourceSummary> summaries = lake.ingest(Meters.SOURCE);

        assertThat(lake.sql("SELECT path, read_records, unparsable_records, accepted_rows, duplicate_rows,"
                        + " rejected_rows, problem IS NOT NULL FROM delivery"))
                .containsExactly(
                        "meters/a.csv | 3 | 1 | 1 | 0 | 1 | false",
                        "meters/b.csv | 3 | 1 | 0 | 1 | 1 | false",
                        "meters/c.csv | 0 | 0 | 0 | 0 | 0 | true",
                        "meters/d.csv | 0 | 0 | 0 | 0 | 0 | true",
                        "meters/e.csv | 3 | 1 | 0 | 1 | 1 | false");
        assertThat(lake.sql("SELECT path, line FROM rejected"))
                .containsExactly(
                        "meters/a.csv | 3",
                        "meters/a.csv | 4",
                        "meters/b.csv | 3",
                        "meters/b.csv | 4",
                        "meters/c.csv | null",
                        "meters/d.csv | null",
                        "meters/e.csv | 3",
                        "meters/e.csv | 4");
        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void skippedRowsOfParquetAreCountedOnce() throws IOException {
        lake.deliver("footer/a.parquet", parquet());
        lake.deliver("footer/b[1].parquet", parquet());
        lake.deliver("footer/c.parquet", parquet("meter_id", "sampled_at", "scope", "power_w", "cluster"));

        lake.ingest(
                "name: footers\nextends: power_sample/plain_parquet\nfiles: footer/*\nskip: {racks: cluster IS NULL AND path NOT LIKE '%a.parquet'}\n");

        assertThat(lake.sql("SELECT path, read_records, used_records, skipped_records, received_rows FROM delivery"))
                .containsExactly(
                        "footer/a.parquet | 1 | 1 | 0 | 1",
                        "footer/b[1].parquet | 1 | 0 | 1 | 0",
                        "footer/c.parquet | 1 | 0 | 1 | 0");
    }

    @Test
    void aRecordThatItsSourceKnowsToBeBrokenIsRefused() {
        lake.deliver("run/mlperf_log_detail.txt", """
                :::MLLOG {"key": "power_begin", "value": "07-17-2024 00:00:00.000"}

                :::MLLOG {"key": "other", "value": "x"}
                :::MLLOG {"key": "power_end", "value": "07-17-2024 00:01:00.000"}
                :::MLLOG {"key": "result_tokens_per_second", "val""");

        lake.ingest("name: runs\nextends: job_usage/mlperf_run\nfiles: run/*\n");

        assertThat(lake.sql("SELECT state, tokens_per_s FROM job_usage")).containsExactly("COMPLETED | null");
        assertThat(lake.sql("SELECT line, reasons FROM rejected"))
                .containsExactly("5 | [The line is not an MLPerf event.]");
        assertThat(lake.sql("SELECT read_records, used_records, skipped_records, unparsable_records FROM delivery"))
                .containsExactly("5 | 2 | 2 | 1");
    }

    @Test
    void badFilesAreRefusedWholeAndTheRestGoesOn() throws IOException {
        lake.deliver("meters/empty.csv", "");
        lake.deliver("meters/header.csv", "meter,sampled_at,scope,power_w\nm1,2026-03-01T00:00:00Z,rack,1\n");
        lake.deliver("meters/good.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.deliver("footer/good.parquet", parquet());
        lake.deliver("footer/cut.parquet", Arrays.copyOf(parquet(), parquet().length - 8));
        String footers = """
                name: footers
                extends: power_sample/plain_parquet
                files: footer/*.parquet
                """;

        List<SourceSummary> summaries = lake.ingest(Meters.SOURCE, footers);

        assertThat(lake.sql("SELECT path, accepted_rows, substring(problem, 1, 40) FROM delivery"))
                .containsExactly(
                        "footer/cut.parquet | 0 | The file is not Parquet or was cut off: ",
                        "footer/good.parquet | 1 | null",
                        "meters/empty.csv | 0 | The file is empty: it has no header.",
                        "meters/good.csv | 1 | null",
                        "meters/header.csv | 0 | The header lacks meter_id. It has: meter");
        assertThat(lake.sql("SELECT path, line, size(reasons) FROM rejected"))
                .containsExactly(
                        "footer/cut.parquet | null | 1", "meters/empty.csv | null | 1", "meters/header.csv | null | 1");
        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.brokenEquations()).isEmpty();
    }

    private byte[] parquet() throws IOException {
        return parquet("meter_id", "sampled_at", "scope", "power_w");
    }

    private byte[] parquet(String first, String... others) throws IOException {
        Path target = folder.resolve("made.parquet");
        Rows.of(PowerSample.TABLE, """
                        meter_id | sampled_at          | scope | power_w
                        p1       | 2026-03-01 00:00:00 | rack  | 2
                        """)
                .select(first, others)
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(target.toString());
        try (var files = Files.list(target)) {
            return Files.readAllBytes(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
