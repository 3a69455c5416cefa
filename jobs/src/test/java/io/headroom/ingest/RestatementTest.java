package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.Rows;
import io.headroom.failure.Failure;
import io.headroom.lake.Commit;
import io.headroom.staging.power_sample.PowerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestatementTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void unchangedFilesMakeNoCommitEvenWhenTouched() throws IOException {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,100\n");
        lake.ingest(Meters.SOURCE);
        Map<String, Long> before = lake.versions();

        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/a.csv", Files.readAllBytes(lake.landing().resolve("meters/a.csv")));
        lake.ingest(Meters.SOURCE);

        assertThat(lake.versions()).isEqualTo(before);
    }

    @Test
    void aRefusalThatARunDidNotLiveToTellIsToldByTheNextAndByNoLater() throws IOException {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,-5\n");
        lake.ingest(Meters.SOURCE);
        lake.lake().writeFile("_told", "0\n");

        assertThat(lake.ingest(Meters.SOURCE)).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.ingest(Meters.SOURCE)).noneMatch(SourceSummary::isIntolerable);
    }

    @Test
    void aClockThatIsSetBackAndRightAgainLosesAndDoublesNothing() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.asOf("2026-03-02T00:00:00Z");
        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/b.csv", Meters.HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");
        lake.asOf("2026-03-01T00:01:30Z");
        lake.ingest(Meters.SOURCE);
        assertThat(lake.sql(Meters.ALL)).as("b is not known yet").containsExactly("m1 | 1.0 | meters/a.csv");
        lake.asOf("2026-02-28T00:00:00Z");
        assertThatThrownBy(() -> lake.ingest(Meters.SOURCE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("if no --as-of was given, the clock of this machine is late: set it right");

        lake.asOf("2026-03-02T00:00:00Z");
        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1.0 | meters/a.csv", "m2 | 2.0 | meters/b.csv");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aFileRestatedWithFewerRowsLeavesNoneOfItsOldOnes() {
        lake.deliver(
                "meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,-2\n");
        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/a.csv", Meters.HEADER + "m3,2026-03-02T00:00:00Z,rack,3\n");

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL)).containsExactly("m3 | 3.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
        assertThat(lake.sql("SELECT accepted_rows, rejected_rows FROM delivery"))
                .containsExactly("1 | 0");
    }

    @Test
    void aDuplicateCountsOnceItsOriginalIsRestatedAway() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(Meters.SOURCE);
        lake.deliver(
                "meters/b.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,2\n");
        lake.ingest(Meters.SOURCE);
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 1 | 1");
        lake.deliver("meters/a.csv", Meters.HEADER + "m9,2026-03-01T00:00:00Z,rack,9\n");

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL))
                .containsExactly("m1 | 1.0 | meters/b.csv", "m2 | 2.0 | meters/b.csv", "m9 | 9.0 | meters/a.csv");
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 2 | 0");
    }

    @Test
    void copiesOfARestatedFileCountOnce() {
        String usage = "name: trace\nextends: token_usage/azure_llm_trace\nfiles: trace/*.csv\n";
        String trace = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n";
        for (String path : List.of("trace/a.csv", "trace/b.csv", "trace/c.csv")) {
            lake.deliver(path, trace);
        }
        lake.ingest(usage);
        lake.deliver("trace/a.csv", trace.replace("4808", "1"));

        lake.ingest(usage);

        assertThat(lake.sql("SELECT path, uncached_input_tokens FROM token_usage"))
                .containsExactly("trace/a.csv | 1", "trace/b.csv | 4808");
    }

    @Test
    void aFileCaughtHalfWrittenLeavesWhatItSaidBefore() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/a.csv", "");

        List<SourceSummary> summaries = lake.ingest(Meters.SOURCE);
        Map<String, Long> after = lake.versions();
        lake.ingest(Meters.SOURCE);

        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.versions()).isEqualTo(after);
        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT accepted_rows, problem FROM delivery"))
                .containsExactly("1 | The file is empty: it has no header. The rows of its earlier content stay.");
        lake.deliver("meters/a.csv", Meters.HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");
        lake.ingest(Meters.SOURCE);
        assertThat(lake.sql(Meters.ALL)).containsExactly("m2 | 2.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
    }

    @Test
    void aMendedMappingReadsItsFilesAgain() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,pdu,1\n");
        lake.ingest(Meters.SOURCE);
        assertThat(lake.sql("SELECT reasons FROM rejected")).containsExactly("[scope is unknown]");

        lake.ingest(
                Meters.SOURCE
                        + "select: SELECT record, meter_id, sampled_at, replace(scope, 'pdu', 'rack') AS scope, power_w FROM landed\n");

        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
    }

    @Test
    void whatADeadRunWroteWithoutRecordIsTakenBack() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(Meters.SOURCE);
        lake.lake()
                .table(PowerSample.TABLE)
                .append(Rows.of(PowerSample.TABLE, """
                        meter_id | sampled_at          | scope | power_w | source | path         | known_at            | day
                        m2       | 2026-03-01 00:00:00 | rack  | 2       | meters | meters/b.csv | 2026-03-01 00:00:00 | 2026-03-01
                        """), new Commit(Commit.Kind.INGEST, "dead", "test", "", Map.of()));
        lake.deliver("meters/b.csv", Meters.HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");

        lake.ingest(Meters.SOURCE);
        Map<String, Long> after = lake.versions();
        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1.0 | meters/a.csv", "m2 | 2.0 | meters/b.csv");
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 1 | 0");
        assertThat(lake.versions()).isEqualTo(after);
    }
}
