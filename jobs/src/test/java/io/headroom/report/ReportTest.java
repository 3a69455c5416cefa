package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.Rows;
import io.headroom.TestSpark;
import io.headroom.forecast.capacity_gap.CapacityGap;
import io.headroom.forecast.demand.Demand;
import io.headroom.forecast.history.History;
import io.headroom.forecast.supply.Supply;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.delivery.Delivery;
import io.headroom.table.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ReportTest {

    static final List<Section> SECTIONS = Sections.ALL;

    /** A page without data; whole pages are slow to make. */
    private static final String EMPTY = Report.render(new Drawn(Report.reads())::select, meta(false));

    private static final String HOSTILE = "</script>\u2028<img src=x onerror=alert(1)>&amp;";

    @ParameterizedTest
    @FieldSource("SECTIONS")
    void aSectionsQueryReadsItsTablesAloneAndGivesItsColumns(Section section) {
        StructType schema = new Drawn(section.reads()).select(section.select()).schema();

        assertThat(schema.fieldNames())
                .containsAll(section.columns().stream().map(Shown::name).toList());
        assertThat(section.columns())
                .allSatisfy(shown -> assertThat(typeName(schema, shown)).isIn(typesOf(shown.kind())));
    }

    @Test
    void aPageWithoutAnyDataSaysWhatToDo() throws Exception {
        JsonNode sections = data(EMPTY).get("sections");
        assertThat(sections).hasSameSizeAs(Sections.ALL);
        for (JsonNode section : sections) {
            assertThat(section.get("rows")).as(section.get("id").asText()).isEmpty();
            assertThat(section.get("whenEmpty").asText()).isNotBlank();
        }
        assertThat(withoutCode(EMPTY)).doesNotContain("Simulated fleet").contains("<li>Read 3 files</li>");
    }

    @Test
    void labelsFromDataStayText() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(UtilisationHourly.TABLE, """
                day        | hour                | cluster | installed_gpu_hours
                2026-10-01 | 2026-10-01 00:00:00 | HOSTILE | 8
                """.replace("HOSTILE", HOSTILE));
        inputs.draw(Delivery.TABLE, """
                source  | target        | read_records | used_records | skipped_records | unparsable_records | received_rows | accepted_rows | duplicate_rows | rejected_rows | superseded_rows
                =cmd()  | staging.price | 1            | 1            | 0               | 0                  | 1             | 1             | 0              | 0             | 0
                """);
        var meta = new Meta(HOSTILE, Instant.EPOCH, HOSTILE, HOSTILE, true, List.of(HOSTILE));

        String html = Report.render(inputs::select, meta);

        assertThat(withoutCode(html))
                .doesNotContain("<img")
                .contains("&lt;img src", "/script\\u003e\\u2028\\u003cimg src", "Simulated fleet:");
        assertThat(scripts(html)).hasSize(5);
        assertThat(cells(html, "utilisation", "cluster")).containsExactly(HOSTILE);
        assertThat(cells(html, "data_trust", "source")).containsExactly("=cmd()");
    }

    @Test
    void thePageLoadsNothingAndRunsItsOwnScriptsOnly() throws Exception {
        String markup = withoutCode(EMPTY).replace("&#x3D;", "=");

        assertThat(markup).doesNotContainPattern("(src|href)=\"(?!#|data:,)").contains("connect-src &#39;none&#39;");
        assertThat(Resource.text("page.css")).doesNotContain("@import", "url(");
        assertThat(scripts(EMPTY)).hasSize(5);
        for (String script : scripts(EMPTY)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            assertThat(markup).contains("sha256-" + Base64.getEncoder().encodeToString(digest));
        }
    }

    @Test
    void theScriptsNeverTurnTextIntoMarkup() {
        for (String name : List.of("rows.js", "tables.js", "charts.js", "page.js")) {
            assertThat(Resource.text(name))
                    .as(name)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(")
                    .doesNotContain("fetch(", "XMLHttpRequest", "</script", "<!--");
        }
    }

    @Test
    void theSameRowsGiveTheSamePage() {
        assertThat(Report.render(new Drawn(Report.reads())::select, meta(false)).equals(EMPTY))
                .isTrue();
    }

    @Test
    void utilisationIsARatioOfSumsAndMissingTelemetryStaysUnknown() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(UtilisationHourly.TABLE, """
                day        | cluster | accelerator | workload | installed_gpu_hours | allocated_gpu_hours | allocated_reporting_gpu_hours | sm_active_gpu_hours | sm_reporting_gpu_hours | allocated_h100e_hours | allocated_reporting_h100e_hours
                2026-10-01 | c1      | H100        | train    | 10                  | 10                  | 10                            | 9                   | 10                     | 10                    | 10
                2026-10-01 | c1      | H100        | serve    | 50                  | 10                  | 30                            | 3                   | 20                     | 10                    | 30
                2026-10-01 | c1      | H100        |          | 60                  |                     |                               |                     |                        |                       |
                2026-10-01 | c2      | H100        |          | 60                  |                     |                               |                     |                        |                       |
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "utilisation", "sm_utilisation")).containsExactly(0.4, null);
        assertThat(cells(html, "utilisation", "allocated_share")).containsExactly(0.5, null);
        assertThat(cells(html, "headline", "value")).containsExactly(0.5);
    }

    @Test
    void currenciesStayApartAndUnallocatedCostStaysVisible() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(CostPerTokenDaily.TABLE, """
                day        | provider | cluster | billing_currency | cost_basis | is_unallocated | cost               | serving_cost       | total_tokens | cost_per_million_tokens
                2026-09-30 | a        | c1      | USD              | effective  | false          | 12345678901.230000 | 12345678901.230000 | 1000000000   | 12345678.90123
                2026-09-30 | a        |         | USD              | effective  | true           | 30                 |                    |              |
                2026-09-30 | b        | c2      | EUR              | effective  | false          | 80                 | 50                 | 20000000     | 2.5
                2026-09-30 | b        | c3      | EUR              | effective  | false          | 99                 | 99                 |              |
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "headline", "unit")).containsExactly("EUR", "USD");
        assertThat((Double) cells(html, "headline", "value").get(0)).isCloseTo(2.5, within(1e-9));
        assertThat(cells(html, "unallocated_cost", "billing_currency")).containsExactly("USD", "EUR");
        assertThat(cells(html, "unallocated_cost", "unallocated_cost")).containsExactly(30.0, 0.0);
        assertThat(cells(html, "unallocated_cost", "unallocated_share").get(1)).isEqualTo(0.0);
        assertThat(cells(html, "unallocated_cost", "allocated_cost")).containsExactly(12345678901.23, 179.0);
        assertThat(cells(html, "cost_per_token", "cost_per_million_tokens")).containsExactly(12345678.9, 2.5, null);
    }

    @Test
    void chargesThatReachBeyondTheLastTokensMoveNoWindow() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(CostPerTokenDaily.TABLE, """
                day        | provider | cluster | billing_currency | cost_basis | is_unallocated | cost | serving_cost | total_tokens | cost_per_million_tokens
                2025-01-01 | a        | c1      | USD              | effective  | false          | 90   | 90           | 1000000      | 90
                2025-12-31 | a        | c1      | USD              | effective  | false          | 80   | 80           | 1000000      | 80
                2026-09-30 | a        | c1      | USD              | effective  | false          | 70   | 70           | 2000000      | 35
                2026-10-30 | a        | c1      | USD              | effective  | false          | 60   | 60           | 1000000      | 60
                2026-10-31 | a        | c2      | USD              | effective  | false          | 50   | 50           |              |
                2028-10-31 | a        | c1      | USD              | effective  | false          | 50   | 50           |              |
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "headline", "value")).as("of September").containsExactly(35.0);
        assertThat(cells(html, "headline", "note"))
                .containsExactly("September 2026, effective cost; clusters that served tokens");
        assertThat(cells(html, "cost_per_token", "day")).containsExactly("2026-10-30", "2026-09-30", "2025-12-31");
    }

    @Test
    void supplyHoldsUntilItsNextStepAndTheHeadlineTellsTheCrossing() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(History.TABLE, """
                day        | measure | provider | region | value
                2026-10-30 | mw      | all      | all    | 9
                2026-10-31 | mw      | all      | all    | 10
                """);
        inputs.draw(Demand.TABLE, """
                measure | provider | region | origin     | day        | p10 | p50 | p90 | model_id
                mw      | all      | all    | 2026-10-31 | 2026-11-01 | 9   | 11  | 13  | m
                mw      | all      | all    | 2026-10-31 | 2026-11-02 | 9   | 12  | 15  | m
                mw      | all      | all    | 2026-09-30 | 2026-11-02 | 1   | 2   | 3   | older
                """);
        inputs.draw(Supply.TABLE, """
                measure | provider | region | day        | supply | planned_share | milestones
                mw      | all      | all    | 2026-01-01 | 11.5   | 0             | 1
                mw      | all      | all    | 2026-11-02 | 14     | 0.25          | 2
                mw      | all      | all    | 2028-01-01 | 99     | 0.9           | 3
                """);
        inputs.draw(CapacityGap.TABLE, """
                scenario | measure | provider | region | origin     | compared_from | until      | first_day_p50_exceeds | first_day_p90_exceeds | supply_at_end
                base     | mw      | all      | all    | 2026-10-31 | 2026-11-01    | 2027-12-31 |                       | 2026-11-01            | 14
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "supply_demand", "day"))
                .containsExactly("2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02");
        assertThat(cells(html, "supply_demand", "supply")).containsExactly(11.5, 11.5, 11.5, 14.0);
        assertThat(cells(html, "supply_demand", "p50")).containsExactly(null, null, 11.0, 12.0);
        assertThat(cells(html, "headline", "card")).containsExactly("Supply now", "Demand passes supply: MW");
        assertThat(cells(html, "headline", "value")).containsExactly(11.5, null);
        assertThat(cells(html, "headline", "words")).containsExactly(null, "Not in sight");
        assertThat(cells(html, "headline", "note"))
                .contains("P50 of the daily mean, compared from 2026-11-01 to 2027-12-31; P90 passes on 2026-11-01");
        assertThat(cells(html, "capacity_gap", "compared_from")).containsExactly("2026-11-01");
    }

    @Test
    void powerIsTheMeanOverTheTimeCovered() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(PowerDensityHourly.TABLE, """
                day        | hour                | cluster | rack | node | power_basis | p95_power_w | max_power_w | covered_s | energy_j  | nameplate_w | level
                2026-08-01 | 2026-08-01 00:00:00 | c1      | r1   |      | metered     | 1           | 1           | 3600      | 1         | 132000      | rack
                2026-10-01 | 2026-10-01 00:00:00 | c1      | r1   |      | metered     | 101000      | 120000      | 3600      | 360000000 | 132000      | rack
                2026-10-01 | 2026-10-01 01:00:00 | c1      | r1   |      | gpu_sum     | 99000       | 110000      | 1200      | 60000000  | 132000      | rack
                2026-10-01 | 2026-10-01 01:00:00 | c1      |      | h1   | metered     | 9000        | 9000        |           |           |             | node
                2026-10-01 | 2026-10-01 01:00:00 | c1      |      |      | metered     | 999000      | 999000      | 3600      | 360000000 |             | it
                2026-10-01 | 2026-10-01 01:00:00 | c1      | r1   | h2   | metered     | 999000      | 999000      | 3600      | 360000000 |             | node
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "power_density", "rack")).containsExactly("h1", "r1");
        assertThat(cells(html, "power_density", "mean_power_kw")).containsExactly(null, 87.5);
        assertThat(cells(html, "power_density", "max_power_kw")).containsExactly(9.0, 120.0);
        assertThat(cells(html, "power_density", "power_basis")).containsExactly("metered", "gpu_sum, metered");
    }

    @Test
    void theLedgerShowsWhatIsKnownLatestOfAMilestone() throws Exception {
        var inputs = new Drawn(Report.reads());
        inputs.draw(CapacityMilestone.TABLE, """
                milestone_id | provider | state     | planned_on | mw  | source_url        | known_at            | source | path
                m1           | p        | announced | 2026-06-30 | 200 | https://x.example | 2026-01-01 00:00:00 | ledger | a.csv
                m1           | p        | paused    | 2026-12-31 | 200 | javascript:x()    | 2026-05-01 00:00:00 | ledger | b.csv
                m2           | p        | announced | 2026-06-30 | 200 | https://x.example | 2026-05-01 00:00:00 | a      | a.csv
                m2           | p        | energised | 2026-12-31 | 200 | https://x.example | 2026-05-01 00:00:00 | b      | b.csv
                """);

        String html = Report.render(inputs::select, meta(false));

        assertThat(cells(html, "ledger", "state")).containsExactly("paused", "energised");
        assertThat(cells(html, "ledger", "planned_on"))
                .as("of two that became known together the later plan, as in forecast.supply")
                .containsExactly("2026-12-31", "2026-12-31");
        assertThat(cells(html, "ledger", "known_at")).containsOnly("2026-05-01 00:00:00");
    }

    private static Meta meta(boolean isSimulated) {
        return new Meta(
                "Fleet report",
                Instant.parse("2026-11-01T00:00:00Z"),
                "lake",
                "1.0",
                isSimulated,
                List.of("Read 3 files"));
    }

    private static JsonNode data(String html) throws Exception {
        var element = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(element.find()).isTrue();
        return new ObjectMapper().readTree(element.group(1));
    }

    /** A column of a section as the page's script sees it. */
    private static List<@Nullable Object> cells(String html, String id, String name) throws Exception {
        List<@Nullable Object> cells = new ArrayList<>();
        for (JsonNode section : data(html).get("sections")) {
            if (section.get("id").asText().equals(id)) {
                int index = section.get("columns").findValuesAsText("name").indexOf(name);
                JsonNode values = section.get("columns").get(index).get("values");
                section.get("rows").forEach(row -> cells.add(cell(row.get(index), values)));
            }
        }
        return cells;
    }

    private static @Nullable Object cell(JsonNode cell, @Nullable JsonNode values) {
        if (cell.isNull()) {
            return null;
        }
        return values == null
                ? Double.valueOf(cell.asDouble())
                : values.get(cell.asInt()).asText();
    }

    private static List<String> scripts(String html) {
        return Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** What the page holds besides its own scripts and style. */
    private static String withoutCode(String html) {
        return html.replaceAll("(?s)<(script|style)>.*?</\\1>", "");
    }

    private static String typeName(StructType schema, Shown shown) {
        return schema.apply(shown.name()).dataType().typeName();
    }

    private static List<String> typesOf(Kind kind) {
        return switch (kind) {
            case TEXT, LINK -> List.of("string");
            case DATE -> List.of("date");
            case INSTANT -> List.of("timestamp");
            case COUNT -> List.of("long", "integer");
            case NUMBER, SHARE -> List.of("double");
            case MONEY -> List.of("decimal(38,18)");
        };
    }

    /** Inputs whose tables are empty until they are drawn. */
    private static final class Drawn {
        private final Map<Table, Dataset<Row>> tables = new HashMap<>();

        Drawn(List<Table> reads) {
            reads.forEach(table -> tables.put(table, TestSpark.session().createDataFrame(List.of(), table.schema())));
        }

        void draw(Table table, String drawing) {
            tables.put(table, Rows.of(table, drawing));
        }

        synchronized Dataset<Row> select(String query) {
            tables.forEach((table, rows) -> rows.createOrReplaceTempView(table.name()));
            try {
                return TestSpark.session().sql(query);
            } finally {
                tables.keySet().forEach(table -> TestSpark.session().catalog().dropTempView(table.name()));
            }
        }
    }
}
