package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.staging.delivery.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person gives them, on a small simulated fleet. */
class EndToEndTest {

    @TempDir
    static Path folder;

    private static SmallFleet fleet;
    private static String summary = "";
    private static String page = "";
    private static String second = "";
    private static String secondErrors = "";

    @BeforeAll
    static void run() throws IOException {
        fleet = new SmallFleet(folder, "2026-08-20");
        summary = headroom(0, "run", "--conf", conf());
        page = Files.readString(fleet.page());
        second = headroom(0, "run", "--conf", conf());
        secondErrors = fleet.errors();
    }

    @Test
    void aRunSaysWhatItDidAndASecondChangesNothing() {
        assertThat(summary).contains("mart.utilisation_hourly", "forecast.capacity_gap", "index.html");
        assertThat(second).contains("Nothing new: no table was changed.");
        assertThat(page)
                .contains(
                        "What the run did",
                        "ledger_contract_term to staging.contract_term: files 1, refused 0; rows accepted ")
                .containsPattern("<li>mart\\.utilisation_hourly: [0-9,]+ rows written</li>");
    }

    @Test
    void theShippedLedgerBreaksNoRule() {
        assertThat(
                        headroom(
                                0,
                                "sql",
                                "--conf",
                                conf(),
                                "SELECT path, reasons FROM staging.rejected WHERE path LIKE '%ledger%' OR path LIKE '%reference%'"))
                .isEqualTo("path,reasons\n");
        assertThat(
                        headroom(
                                0,
                                "sql",
                                "--conf",
                                conf(),
                                "SELECT count(*) > 0 AS any FROM staging.delivery WHERE path LIKE '%ledger%' AND accepted_rows > 0"))
                .isEqualTo("any\ntrue\n");
    }

    @Test
    void aPageThatARunDidNotLiveToWriteIsWrittenByTheNext() throws IOException {
        assertThat(secondErrors).doesNotContain("… report");
        Files.delete(fleet.lake().resolve("report/_made_of"));

        headroom(0, "run", "--conf", conf());

        assertThat(fleet.errors()).contains("… report");
    }

    @Test
    void sqlPrintsCsvAndNothingElse() {
        assertThat(headroom(
                        0, "sql", "--conf", conf(), "SELECT 'a,\"b' AS x, CAST(NULL AS STRING) AS y, ARRAY(1) AS z"))
                .isEqualTo("x,y,z\n\"a,\"\"b\",,[1]\n");
        assertThat(headroom(
                        0,
                        "sql",
                        "--conf",
                        conf(),
                        "SELECT path FROM staging.delivery WHERE"
                                + " read_records <> used_records + skipped_records + unparsable_records"
                                + " OR received_rows <> accepted_rows + duplicate_rows + rejected_rows"))
                .isEqualTo("path\n");
        headroom(2, "sql", "--conf", conf(), "DROP TABLE " + Delivery.TABLE.qualifiedName());
        headroom(2, "sql", "--conf", conf(), "SELECT 1 / (count(*) - count(*)) FROM staging.delivery");
    }

    @Test
    void wrongWordsAreRefusedWithASuggestion() throws IOException {
        Path misspelt = Files.writeString(folder.resolve("misspelt.yml"), "lak: x\n");

        headroom(2, "run", "--lak", "x");
        assertThat(fleet.errors()).contains("--lake");
        headroom(2, "run", "--conf", misspelt.toString());
        assertThat(fleet.errors()).contains("unknown key 'lak'. Did you mean 'lake'?");
        headroom(2, "job", "mart.cost_dayly", "--conf", conf());
        assertThat(fleet.errors()).contains("Did you mean 'mart.cost_daily'?");
        headroom(2, "run", "--conf", conf(), "--as-of", "yesterday");
        assertThat(fleet.errors()).contains("--as-of must be an instant");
    }

    @Test
    void aSourceIsTriedOutWithoutWriting() throws IOException {
        Path source = Files.writeString(folder.resolve("source.yml"), """
                name: tried
                extends: capacity_milestone/plain_csv
                files: simulated/capacity_milestone/*
                """);

        List<String> before = files();
        assertThat(headroom(0, "check-source", source.toString(), "--conf", conf()))
                .contains("accepted {");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aDayIsComputedAnew() throws IOException {
        String days = "SELECT count(*) AS n FROM mart.cost_daily WHERE day BETWEEN '2026-09-01' AND '2026-09-02'";
        String all = "SELECT count(*), sum(effective_cost), max(day) FROM mart.cost_daily";
        String rows = headroom(0, "sql", "--conf", conf(), days).replaceAll("\\D", "");
        String before = headroom(0, "sql", "--conf", conf(), all);
        long commits = commits("mart/cost_daily");

        assertThat(headroom(
                        0, "job", "mart.cost_daily", "--from", "2026-09-01", "--to", "2026-09-02", "--conf", conf()))
                .containsPattern("mart\\.cost_daily +" + rows + " +[0-9.]+\n");

        assertThat(Integer.parseInt(rows)).isPositive();
        assertThat(commits("mart/cost_daily")).isEqualTo(commits + 1);
        assertThat(headroom(0, "sql", "--conf", conf(), all)).isEqualTo(before);
    }

    @Test
    void theNotesQueriesRunOnTheLake() throws IOException {
        SparkSession session = TestSpark.session().newSession();
        try (var notes = Files.list(SmallFleet.HOME.resolve("notebooks"))) {
            for (Path note : notes.toList()) {
                for (JsonNode paragraph :
                        new ObjectMapper().readTree(note.toFile()).path("paragraphs")) {
                    String query = paragraph
                            .path("text")
                            .asText()
                            .replaceFirst("^%spark.sql\\s", "")
                            .replaceAll("\\$\\{lake=[^}]*}", fleet.lake().toString())
                            .replaceAll("\\$\\{\\w+=([^,}]*)[^}]*}", "$1");
                    long rows = session.sql(query).count();
                    assertThat(rows == 0 && query.startsWith("SELECT"))
                            .as(paragraph.path("title").asText())
                            .isFalse();
                }
            }
        }
    }

    @Test
    void whatEverythingCostsIsExportedToTheLastDecimal() {
        Path out = folder.resolve("focus");

        headroom(0, "export", "focus", "--out", out.toString(), "--conf", conf());

        List<String> sums = TestSpark.session()
                .read()
                .options(Map.of("header", "true", "multiLine", "true", "escape", "\""))
                .csv(out.resolve("focus.csv").toString())
                .selectExpr("BillingCurrency", "CAST(EffectiveCost AS DECIMAL(38, 18)) AS cost")
                .groupBy("BillingCurrency")
                .sum("cost")
                .as(Encoders.tuple(Encoders.STRING(), Encoders.DECIMAL()))
                .collectAsList()
                .stream()
                .map(sum -> sum._1() + "," + sum._2().toPlainString())
                .sorted()
                .toList();
        assertThat(sums).hasSizeGreaterThan(1);
        assertThat("currency,cost\n" + String.join("\n", sums) + "\n")
                .isEqualTo(headroom(0, "sql", "--conf", conf(), """
                        SELECT currency, sum(cost) AS cost
                        FROM (
                          SELECT billing_currency AS currency, effective_cost AS cost FROM mart.cost_allocated_daily
                          UNION ALL
                          SELECT currency, cost
                          FROM mart.own_cost_daily
                          WHERE cost IS NOT NULL AND cluster = 'own-wtx-b200'
                          UNION ALL
                          SELECT billing_currency, direct_cost
                          FROM mart.cost_per_token_daily
                          WHERE cluster = 'oracle-phx-gb200' AND cost_basis = 'rate_card'
                        )
                        GROUP BY currency
                        ORDER BY currency"""));
    }

    /** All files of the lake, with their size and when they were written. */
    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (var paths = Files.walk(fleet.lake())) {
            for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
                files.add("%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return files;
    }

    private static long commits(String table) throws IOException {
        try (var log = Files.list(fleet.lake().resolve(table).resolve("_delta_log"))) {
            return log.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private static String conf() {
        return fleet.conf();
    }

    private static String headroom(int expected, String... arguments) {
        return fleet.headroom(expected, arguments);
    }
}
