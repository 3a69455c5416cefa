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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

    private static final String METERS = """
            name: meters
            extends: power_sample/plain_csv
            files: meters/*
            """;
    private static final String BILLS = """
            name: bills
            extends: cost/focus_1_0_csv
            files: bills/*.csv
            """;
    private static final String HEADER = "meter_id,sampled_at,scope,power_w\n";
    private static final String ALL_METERS = "SELECT meter_id, power_w, path FROM power_sample";

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void everyRowIsAcceptedADuplicateOrRejectedWithEveryReason() {
        lake.deliver("meters/a.csv", HEADER + """
                m1,2026-03-01T00:00:00Z,rack,100
                m1,2026-03-01T00:00:00Z,rack,100
                m2,2026-03-01T00:00:00Z,cellar,-5

                ,yesterday,rack,NaN
                m3,2026-03-01T00:00:00Z
                m4,2026-03-01T00:00:00Z,rack,"400
                """);

        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 100.0 | meters/a.csv");
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
    void aRefusalThatARunDidNotLiveToTellIsToldByTheNextAndByNoLater() throws IOException {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,-5\n");
        lake.ingest(METERS);
        Files.delete(folder.resolve("lake/_told"));

        assertThat(lake.ingest(METERS)).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.ingest(METERS)).noneMatch(SourceSummary::isIntolerable);
    }

    @Test
    void aClockThatIsSetBackAndRightAgainLosesAndDoublesNothing() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.asOf("2026-03-02T00:00:00Z");
        lake.ingest(METERS);
        lake.deliver("meters/b.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");
        lake.asOf("2026-03-01T00:01:30Z");
        lake.ingest(METERS);
        assertThat(lake.sql(ALL_METERS)).as("b is not known yet").containsExactly("m1 | 1.0 | meters/a.csv");
        lake.asOf("2026-02-28T00:00:00Z");
        assertThatThrownBy(() -> lake.ingest(METERS))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("if no --as-of was given, the clock of this machine is late: set it right");

        lake.asOf("2026-03-02T00:00:00Z");
        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1.0 | meters/a.csv", "m2 | 2.0 | meters/b.csv");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aKnownTimeThatCannotBeReadIsRefused() {
        lake.deliver(
                "meters/a.csv", "meter_id,sampled_at,scope,power_w,known_at\nm1,2026-03-01T00:00:00Z,rack,1,soon\n");

        lake.ingest(METERS);

        assertThat(lake.sql("SELECT reasons FROM rejected")).containsExactly("[known_at is not an instant: soon]");
        assertThat(lake.sql(ALL_METERS)).isEmpty();
    }

    @Test
    void unchangedFilesMakeNoCommitEvenWhenTouched() throws IOException {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,100\n");
        lake.ingest(METERS);
        Map<String, Long> before = lake.versions();

        lake.ingest(METERS);
        lake.deliver("meters/a.csv", Files.readAllBytes(lake.landing().resolve("meters/a.csv")));
        lake.ingest(METERS);

        assertThat(lake.versions()).isEqualTo(before);
    }

    @Test
    void aFileRestatedWithFewerRowsLeavesNoneOfItsOldOnes() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,-2\n");
        lake.ingest(METERS);
        lake.deliver("meters/a.csv", HEADER + "m3,2026-03-02T00:00:00Z,rack,3\n");

        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS)).containsExactly("m3 | 3.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
        assertThat(lake.sql("SELECT accepted_rows, rejected_rows FROM delivery"))
                .containsExactly("1 | 0");
    }

    @Test
    void aDuplicateCountsOnceItsOriginalIsRestatedAway() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(METERS);
        lake.deliver("meters/b.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,2\n");
        lake.ingest(METERS);
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 1 | 1");
        lake.deliver("meters/a.csv", HEADER + "m9,2026-03-01T00:00:00Z,rack,9\n");

        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS))
                .containsExactly("m1 | 1.0 | meters/b.csv", "m2 | 2.0 | meters/b.csv", "m9 | 9.0 | meters/a.csv");
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 2 | 0");
    }

    @Test
    void aCopyUnderAnotherPathIsAllDuplicates() {
        String content = HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n";
        lake.deliver("meters/a.csv", content);
        lake.ingest(METERS);
        lake.deliver("meters/copy.csv", content);

        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT path, received_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/copy.csv | 1 | 1");
    }

    @Test
    void aRenamedOrSecondSourceAddsNoRowTwice() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(METERS);
        String renamed = METERS.replace("name: meters", "name: power_meters");
        lake.deliver("meters/b.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");

        lake.ingest(renamed, METERS);

        assertThat(lake.sql("SELECT meter_id, power_w FROM power_sample")).containsExactly("m1 | 1.0", "m2 | 2.0");
        assertThat(lake.sql("SELECT sum(accepted_rows), sum(duplicate_rows) FROM delivery"))
                .containsExactly("2 | 2");
    }

    @Test
    void keysThatDifferByWhereTheirNullsStandAreTwoKeys() {
        String columns = "cluster,model,started_at,ended_at,request_count,uncached_input_tokens,output_tokens,"
                + "provider,region,workload,team\n";
        String usage = "c,m,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,1,1,p,r,";
        lake.deliver("tokens/a.csv", columns + usage + "research,\n" + usage + ",research\n");

        lake.ingest("name: tokens\nextends: token_usage/plain_csv\nfiles: tokens/*\n");

        assertThat(lake.sql("SELECT workload, team FROM token_usage"))
                .containsExactly("null | research", "research | null");
    }

    @Test
    void aDoubledQuoteInAnUnquotedFieldCostsNoOtherLine() {
        lake.deliver("meters/a.csv", HEADER + """
                m1"",2026-03-01T00:00:00Z,rack,1
                m2,2026-03-01T00:00:00Z,rack,2
                "m,3",2026-03-01T00:00:00Z,rack,3
                """);

        lake.ingest(METERS);

        assertThat(lake.sql("SELECT read_records, received_rows FROM delivery")).containsExactly("3 | 3");
        assertThat(lake.sql("SELECT meter_id FROM power_sample")).containsExactly("m,3", "m1\"\"", "m2");
    }

    @Test
    void aFileCaughtHalfWrittenLeavesWhatItSaidBefore() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(METERS);
        lake.deliver("meters/a.csv", "");

        List<SourceSummary> summaries = lake.ingest(METERS);
        Map<String, Long> after = lake.versions();
        lake.ingest(METERS);

        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.versions()).isEqualTo(after);
        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT accepted_rows, problem FROM delivery"))
                .containsExactly("1 | The file is empty: it has no header. The rows of its earlier content stay.");
        lake.deliver("meters/a.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");
        lake.ingest(METERS);
        assertThat(lake.sql(ALL_METERS)).containsExactly("m2 | 2.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
    }

    @Test
    void anIncompleteDeliveryOfABillWaitsForACompleteOne() {
        lake.deliver("bills/one.csv", bill("2026-01", "1", "2"));
        lake.ingest(BILLS);
        lake.deliver("bills/two.csv", bill("2026-01", "4", "not money"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 1", "bills/one.csv | 2");
        assertThat(lake.sql("SELECT path, accepted_rows, superseded_rows, superseded_by FROM delivery"))
                .containsExactly("bills/one.csv | 2 | 0 | []", "bills/two.csv | 1 | 1 | [bills/one.csv]");
    }

    @Test
    void aSliceComesBackWhenWhatSupersededItIsRestatedWithoutIt() {
        lake.deliver("bills/one.csv", bill("2026-01", "1"));
        lake.ingest(BILLS);
        lake.deliver("bills/two.csv", bill("2026-01", "2"));
        lake.ingest(BILLS);
        lake.deliver("bills/two.csv", bill("2026-02", "2"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 1", "bills/two.csv | 2");
    }

    @Test
    void aBillThatIsRevertedSaysWhatItSaidFirst() {
        lake.deliver("bills/one.csv", bill("2026-01", "1"));
        lake.deliver("bills/two.csv", bill("2026-01", "2"));
        lake.deliver("bills/three.csv", bill("2026-01", "1"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost")).containsExactly("bills/three.csv | 1");
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
    void equalFilesOfTwoHostsAreTwoHosts() {
        String log = "Time,07-17-2024 00:00:01.000,Watts,100\n";
        lake.deliver("host1/spl.txt", log);
        lake.deliver("host2/spl.txt", log);

        lake.ingest("name: spl\nextends: power_sample/mlperf_power_log\nfiles: '*/spl.txt'\n");

        assertThat(lake.sql("SELECT meter_id, power_w FROM power_sample"))
                .containsExactly("host1 | 100.0", "host2 | 100.0");
    }

    @Test
    void aMendedMappingReadsItsFilesAgain() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,pdu,1\n");
        lake.ingest(METERS);
        assertThat(lake.sql("SELECT reasons FROM rejected")).containsExactly("[scope is unknown]");

        lake.ingest(
                METERS
                        + "select: SELECT record, meter_id, sampled_at, replace(scope, 'pdu', 'rack') AS scope, power_w FROM landed\n");

        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT * FROM rejected")).isEmpty();
    }

    @Test
    void aFileOnWhichTheMappingFailsIsRefusedAndTheOthersAreNot() {
        String strict = METERS
                + "select: SELECT record, meter_id, sampled_at, scope, CAST(power_w AS DOUBLE) * 1000 AS power_w FROM landed\n";
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.deliver("meters/b.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,n/a\n");
        lake.deliver("meters/c.csv", HEADER + "m3,2026-03-01T00:00:00Z,rack,3\n");

        List<SourceSummary> summaries = lake.ingest(strict);

        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1000.0 | meters/a.csv", "m3 | 3000.0 | meters/c.csv");
        assertThat(lake.sql("SELECT path, reasons[0] LIKE 'The mapping fails on the file: %n/a%' FROM rejected"))
                .containsExactly("meters/b.csv | true");
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
    void aTimeWithoutItsDayIsRefused() {
        lake.deliver("meters/a.csv", HEADER + "m1,12:30:00,rack,1\n");

        lake.ingest(METERS);

        assertThat(lake.sql("SELECT reasons[0] FROM rejected"))
                .containsExactly("sampled_at is not an instant: 12:30:00");
    }

    @Test
    void aCopyOfAFileWithRefusalsHasThemToo() {
        String partly = HEADER + "m1,2026-03-01T00:00:00Z,rack,1\nm2,2026-03-01T00:00:00Z,rack,-2\nm3\n";
        lake.deliver("meters/a.csv", partly);
        lake.deliver("meters/b.csv", partly);
        lake.deliver("meters/c.csv", "");
        lake.deliver("meters/d.csv", "");
        lake.ingest(METERS);
        lake.deliver("meters/e.csv", partly);

        List<SourceSummary> summaries = lake.ingest(METERS);

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
    void anEarlierAsOfIsRefusedOnALakeThatKnowsMore() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(METERS);

        lake.asOf("2026-03-01T00:01:00Z");
        lake.ingest(METERS);
        lake.asOf("2026-03-01T00:00:59Z");

        assertThatThrownBy(() -> lake.ingest(METERS))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "known at 2026-03-01T00:01:00Z, after the as-of of this run, 2026-03-01T00:00:59Z");
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
        lake.deliver("meters/good.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.deliver("footer/good.parquet", parquet());
        lake.deliver("footer/cut.parquet", Arrays.copyOf(parquet(), parquet().length - 8));
        String footers = """
                name: footers
                extends: power_sample/plain_parquet
                files: footer/*.parquet
                """;

        List<SourceSummary> summaries = lake.ingest(METERS, footers);

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

    @Test
    void aNewerDeliveryOfABillReplacesTheWholeSliceWhateverItsPath() {
        lake.deliver(
                "bills/one.csv",
                bill("2026-01", "1.5", "2.5") + bill("2026-02", "7").substring(BILL.length()));
        lake.ingest(BILLS);
        lake.deliver("bills/two.csv", bill("2026-01", "4"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 7", "bills/two.csv | 4");
        assertThat(lake.sql("SELECT path, accepted_rows, superseded_rows FROM delivery"))
                .containsExactly("bills/one.csv | 3 | 2", "bills/two.csv | 1 | 0");
    }

    @Test
    void aBillInPartsIsOneDeliveryWhereItsSourceSaysSo() {
        String parts = BILLS.replace("bills/*.csv", "bills/**/*.csv")
                + "identity: {slice: [billing_account_id, billing_period_start], delivery: folder}\n";
        lake.deliver("bills/1/part-1.csv", bill("2026-01", "10"));
        lake.deliver("bills/1/part-2.csv", bill("2026-01", "20"));
        lake.ingest(parts);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("30");
        lake.deliver("bills/1/part-3.csv", bill("2026-01", "40"));
        lake.ingest(parts);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("70");
        lake.deliver("bills/2/part-1.csv", bill("2026-01", "5"));

        List<SourceSummary> summaries = lake.ingest(parts);

        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("5");
        assertThat(lake.sql("SELECT superseded_by FROM delivery WHERE superseded_rows > 0"))
                .containsExactly("[bills/2/part-1.csv]", "[bills/2/part-1.csv]", "[bills/2/part-1.csv]");
        assertThat(summaries).allMatch(summary -> summary.accepted() == 1);
    }

    @Test
    void equalLinesOfABillAreTwoLines() {
        lake.deliver("bills/one.csv", bill("2026-01", "1.000000000000000001", "1.000000000000000001"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS STRING) FROM cost"))
                .containsExactly("2.000000000000000002");
    }

    @Test
    void moneyThatNeedsMoreDecimalsIsRefused() {
        lake.deliver("bills/one.csv", bill("2026-01", "0.0000000000000000001", "1E-18", "0.10000000000000000000"));
        lake.ingest(BILLS);

        assertThat(lake.sql("SELECT CAST(billed_cost AS STRING) FROM cost"))
                .containsExactly("0.000000000000000001", "0.100000000000000000");
        assertThat(lake.sql("SELECT reasons[0] FROM rejected"))
                .containsExactly(
                        "billed_cost is not an amount of at most 20 digits and 18 decimals: 0.0000000000000000001");
    }

    @Test
    void whatADeadRunWroteWithoutRecordIsTakenBack() {
        lake.deliver("meters/a.csv", HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(METERS);
        lake.lake()
                .table(PowerSample.TABLE)
                .append(Rows.of(PowerSample.TABLE, """
                        meter_id | sampled_at          | scope | power_w | source | path         | known_at            | day
                        m2       | 2026-03-01 00:00:00 | rack  | 2       | meters | meters/b.csv | 2026-03-01 00:00:00 | 2026-03-01
                        """), new Commit(Commit.Kind.INGEST, "dead", "test", "", Map.of()));
        lake.deliver("meters/b.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");

        lake.ingest(METERS);
        Map<String, Long> after = lake.versions();
        lake.ingest(METERS);

        assertThat(lake.sql(ALL_METERS)).containsExactly("m1 | 1.0 | meters/a.csv", "m2 | 2.0 | meters/b.csv");
        assertThat(lake.sql("SELECT path, accepted_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/b.csv | 1 | 0");
        assertThat(lake.versions()).isEqualTo(after);
    }

    @Test
    void aSelectSeesNothingButItsFile() {
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT record FROM delivery\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("reads the table delivery");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT reflect('a', 'b') FROM landed\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("calls reflect");
        assertThatThrownBy(() ->
                        LakeFixture.source(METERS + "select: SELECT (SELECT 1 FROM parquet.`/etc`) FROM landed\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("reads the table parquet");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "selct: SELECT record FROM landed\n"))
                .hasMessageContaining("Did you mean 'select'?");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("extends", "extend")))
                .hasMessageContaining("Did you mean 'extends'?");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("name: meters", "")))
                .hasMessageContaining("lacks the key 'name'");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT record, current_timestamp FROM landed\n"))
                .hasMessageContaining("calls current_timestamp");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "skip: {x: 'EXISTS (SELECT 1 FROM json.`/etc/x`)'}\n"))
                .hasMessageContaining("has a subquery");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "identity: {slice: [meterid]}\n"))
                .hasMessageContaining("Did you mean 'meter_id'?");
        assertThatThrownBy(() -> LakeFixture.source(BILLS + "identity: key\n")).hasMessageContaining("have no key");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("meters/*", "'[a'")))
                .hasMessageContaining("never closed");
    }

    private static final String BILL =
            "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                    + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName\n";

    private static String bill(String month, String... costs) {
        StringBuilder text = new StringBuilder(BILL);
        for (String cost : costs) {
            text.append("%s,acc,USD,%s-28T00:00:00Z,%s-01T00:00:00Z,Usage,%s-02T00:00:00Z,%s-01T00:00:00Z,1,1,AWS\n"
                    .formatted(cost, month, month, month, month));
        }
        return text.toString();
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
