package io.headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person gives it, on a lake with three charges. */
class ExportCommandTest {

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void fillALake() {
        lake = new LakeFixture(folder);
        String header =
                "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                        + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,ChargeDescription,Tags\n";
        String charge = "1.5,a,USD,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Usage,2026-03-%1$02dT01:00:00Z,"
                + "2026-03-%1$02dT00:00:00Z,%1$d.25,1.5,P,%2$s,\"{\"\"team\"\":\"\"%1$d\"\"}\"\n";
        lake.deliver(
                "bills/bill.csv",
                header
                        + charge.formatted(3, "=SUM(A1)")
                        + charge.formatted(1, "\"one, \"\"quoted\"\"\"")
                        + charge.formatted(2, "two"));
        lake.ingest("name: bills\nextends: cost/focus_1_0_csv\nfiles: bills/*\n");
    }

    @Test
    void csvHoldsTheTable() throws IOException {
        assertThat(headroom("export", "staging.cost", "--out", target("all"))).isZero();

        assertThat(out.toString()).startsWith("staging.cost: 3 rows into ").contains("/all");
        assertThat(cells("all", "charge_period_start", "effective_cost", "charge_description", "tags", "sku_meter"))
                .containsExactly(
                        "2026-03-01T00:00:00Z | 1.25 | one, \"quoted\" | {\"team\":\"1\"} | null",
                        "2026-03-02T00:00:00Z | 2.25 | two | {\"team\":\"2\"} | null",
                        "2026-03-03T00:00:00Z | 3.25 | =SUM(A1) | {\"team\":\"3\"} | null");
    }

    @Test
    void parquetHoldsTheTable() {
        assertThat(headroom("export", "staging.cost", "--out", target("parquet"), "--format", "parquet"))
                .isZero();

        Dataset<Row> written = TestSpark.session().read().parquet(target("parquet"));
        Dataset<Row> stored = TestSpark.session().read().format("delta").load(folder + "/lake/staging/cost");
        assertThat(written.schema().simpleString()).isEqualTo(stored.schema().simpleString());
        assertThat(text(written)).hasSize(3).isEqualTo(text(stored));
    }

    @Test
    void someDaysOnly() throws IOException {
        assertThat(headroom(
                        "export",
                        "staging.cost",
                        "--out",
                        target("days"),
                        "--from",
                        "2026-03-02",
                        "--to",
                        "2026-03-03"))
                .isZero();

        assertThat(cells("days", "day")).containsExactly("2026-03-02", "2026-03-03");
        assertThat(Files.readString(Path.of(target("days"), "_headroom_export.json")))
                .contains("2026-03-02 to 2026-03-03", "\"staging.cost\" : 1");
    }

    @Test
    void aSpreadsheetGetsNoFormula() throws IOException {
        assertThat(headroom("export", "staging.cost", "--out", target("sheet"), "--spreadsheet"))
                .isZero();

        assertThat(cells("sheet", "charge_description")).contains("'=SUM(A1)");
    }

    @Test
    void wrongWordsAreRefusedWithASuggestion() {
        refused("Did you mean 'staging.cost'?", "staging.cots", "--out", target("none"));
        refused("Did you mean 'focus'?", "focsu", "--out", target("none"));
        refused("--from and --to go together", "staging.cost", "--out", target("none"), "--from", "2026-03-01");
        refused(
                "has no days",
                "staging.cluster",
                "--out",
                target("none"),
                "--from",
                "2026-03-01",
                "--to",
                "2026-03-01");
        refused("--format csv", "staging.cost", "--out", target("none"), "--spreadsheet", "--format", "parquet");
        refused("CSV, PARQUET", "staging.cost", "--out", target("none"), "--format", "xlsx");
        refused("part of the lake", "staging.cost", "--out", folder + "/lake/export");
        refused("cannot be opened", "staging.cost", "--out", "nofs://bucket/x");
        refused("as it stands", "staging.cost", "--out", target("none"), "--as-of", "2026-03-01T00:00:00Z");
        assertThat(Path.of(target("none"))).doesNotExist();
    }

    @Test
    void helpTellsWhatASpreadsheetWouldDo() {
        assertThat(headroom("help", "export")).isZero();

        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("A spreadsheet takes text that begins with = + - or @ for a formula")
                .contains("All lines may be added up");
    }

    private void refused(String message, String... arguments) {
        List<String> command = new ArrayList<>(List.of("export"));
        command.addAll(Arrays.asList(arguments));
        errors.getBuffer().setLength(0);
        assertThat(headroom(command.toArray(String[]::new)))
                .as(errors.toString())
                .isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    private int headroom(String... arguments) {
        List<String> command = new ArrayList<>(Arrays.asList(arguments));
        if (arguments[0].equals("export")) {
            command.addAll(List.of("--lake", folder + "/lake"));
        }
        return Headroom.execute(
                Clock.systemUTC(),
                new PrintWriter(out, true),
                new PrintWriter(errors, true),
                command.toArray(String[]::new));
    }

    private static String target(String name) {
        return folder.resolve("exports").resolve(name).toString();
    }

    /** Some columns of an exported CSV, cells between bars. */
    private static List<String> cells(String name, String... columns) {
        var settings = new CsvParserSettings();
        settings.setHeaderExtractionEnabled(true);
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setMaxColumns(1000);
        settings.selectFields(columns);
        return new CsvParser(settings)
                .parseAll(Path.of(target(name), "staging.cost.csv").toFile()).stream()
                        .map(cells -> String.join(
                                " | ", Arrays.stream(cells).map(String::valueOf).toList()))
                        .toList();
    }

    private static List<String> text(Dataset<Row> rows) {
        return rows.toJSON().collectAsList().stream().sorted().toList();
    }
}
