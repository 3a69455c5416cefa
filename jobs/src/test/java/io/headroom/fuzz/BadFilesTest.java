package io.headroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.ingest.SourceSummary;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What broken files once did, and what a source that gives nothing is told as. */
class BadFilesTest {

    private static final String METERS = """
            name: meters
            extends: power_sample/plain_csv
            files: meters/*.csv
            """;
    private static final String HEADER = "meter_id,sampled_at,scope,power_w\n";
    private static final String BILLS = """
            name: bills
            extends: cost/focus_1_0_parquet
            files: bills/*
            """;
    private static final String SACCT = """
            name: sacct
            extends: job_usage/slurm_sacct
            files: sacct/*
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aFooterThatCannotBeReadIsItsFilesFault() {
        Seed bill = new Seeds("cost/focus_1_0_parquet").file(1);
        lake.deliver("bills/good.parquet", ParquetMutations.typed(bill).content());
        lake.deliver("bills/footer.parquet", ParquetMutations.withFooter(new byte[] {0x15, 0x15, 0x15}));

        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, accepted_rows, problem LIKE 'The file is not Parquet or was cut off: %'"
                        + " FROM delivery"))
                .containsExactly("bills/footer.parquet | 0 | true", "bills/good.parquet | 6 | null");
    }

    @Test
    void typesThatTheSelectDoesNotTakeAreTheirFilesFault() {
        Seed bill = new Seeds("cost/focus_1_0_parquet").file(1);
        Seed other = new Seeds("cost/focus_1_0_parquet").file(2);
        List<ColumnType> texts =
                new java.util.ArrayList<>(Collections.nCopies(other.columns().size(), ColumnType.TEXT));
        texts.set(other.columns().indexOf("ConsumedUnit"), ColumnType.NESTED);
        lake.deliver("bills/good.parquet", ParquetMutations.typed(bill).content());
        lake.deliver(
                "bills/nested.parquet",
                ParquetBytes.of(other.columns(), texts, other.rows(), CompressionCodecName.SNAPPY));

        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, accepted_rows, problem LIKE 'The mapping fails on the file: %'"
                        + " FROM delivery"))
                .containsExactly("bills/good.parquet | 6 | null", "bills/nested.parquet | 0 | true");
    }

    @Test
    void oneJobOfAbsurdSizeCostsNoOther() {
        lake.deliver("sacct/jobs.txt", """
                JobID|Cluster|Submit|Start|End|State|AllocTRES|Elapsed|NodeList
                1|c|2026-03-01T00:00:00|2026-03-01T01:00:00|2026-03-01T02:00:00|COMPLETED|gres/gpu=8|01:00:00|gpu-[1-2,7]
                2|c|2026-03-01T00:00:00|2026-03-01T01:00:00|2026-03-01T02:00:00|COMPLETED|gres/gpu=8|01:00:00|gpu-[1-2147483647]
                3|c|2026-03-01T00:00:00|2026-03-01T01:00:00|2026-03-01T02:00:00|COMPLETED|gres/gpu=9223372036854775807|01:00:00|a
                4|c|2026-03-01T00:00:00|2026-03-01T01:00:00|2026-03-01T02:00:00|COMPLETED|gres/gpu=8|999999999999999-00:00:00|a
                5|c|2026-03-01T00:00:00|2026-03-01T01:00:00|2026-03-01T02:00:00|COMPLETED|gres/gpu:a=9223372036854775807,gres/gpu:b=9223372036854775807|01:00:00|a
                6|c|2026-03-01T00:00:00|2026-03-01T01:00:00|12:30:00|COMPLETED|gres/gpu=8|01:00:00|a
                """);

        lake.ingest(SACCT);

        assertThat(lake.sql("SELECT job_id, nodes FROM job_usage WHERE gpu_seconds = 28800"))
                .containsExactly("1 | [gpu-1, gpu-2, gpu-7]");
        assertThat(lake.sql("SELECT line, reasons[0] FROM rejected"))
                .containsExactly(
                        "3 | NodeList names more than 100000 hosts.",
                        "4 | AllocTRES counts more GPUs than there are.",
                        "5 | Elapsed is longer than time.",
                        "6 | AllocTRES counts more GPUs than there are.",
                        "7 | ended_at is not an instant: End 12:30:00");
        assertThat(lake.sql("SELECT read_records, problem FROM delivery")).containsExactly("6 | null");
    }

    @Test
    void aSourceWhoseEveryRowIsRefusedIsIntolerableWhateverItTolerates() {
        String tolerant = METERS + "tolerated_rejects: 1\n";
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,cellar,1\n");
        lake.deliver("meters/b.csv", HEADER + "m1\n");
        List<SourceSummary> nothing = lake.ingest(tolerant);
        lake.deliver("meters/c.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm1\n");
        List<SourceSummary> something = lake.ingest(tolerant);
        lake.deliver("meters/d.csv", HEADER);
        List<SourceSummary> empty = lake.ingest(tolerant);

        assertThat(nothing).allMatch(SourceSummary::isIntolerable);
        assertThat(something).noneMatch(SourceSummary::isIntolerable);
        assertThat(empty).noneMatch(SourceSummary::isIntolerable);
    }

    @Test
    void aGlobThatMatchesNothingIsTold() {
        lake.deliver("meters/a.txt", HEADER);

        assertThat(lake.ingest(METERS)).extracting(SourceSummary::matched).containsExactly(0);
    }
}
