package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.mart.invoice_reconciliation.InvoiceReconciliation;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The page as a whole: what it holds, and that nothing in it is run or loaded but its own. */
class ReportTest {

    static final List<Section> SECTIONS = Sections.ALL;

    /** A page without data; whole pages are slow to make. */
    private static final String EMPTY = Report.render(new DrawnTables()::select, meta(false));

    private static final String HOSTILE = "</script>\u2028<img src=x onerror=alert(1)>&amp;";

    @ParameterizedTest
    @FieldSource("SECTIONS")
    void aSectionsQueryReadsItsTablesAloneAndGivesItsColumns(Section section) {
        StructType schema =
                new DrawnTables(section.reads()).select(section.select()).schema();

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
        var inputs = new DrawnTables();
        inputs.draw(UtilisationHourly.TABLE, """
                day        | hour                | cluster | installed_gpu_hours
                2026-10-01 | 2026-10-01 00:00:00 | HOSTILE | 8
                """.replace("HOSTILE", HOSTILE));
        inputs.draw(TokenCostDaily.TABLE, """
                day        | supply | model   | token_type | billing_currency | cost_basis | tokens | cost
                2026-10-01 | api    | HOSTILE | output     | USD              | effective  | 1      | 1
                """.replace("HOSTILE", HOSTILE));
        inputs.draw(InvoiceReconciliation.TABLE, """
                invoice_issuer | invoice_id | billing_currency | state
                HOSTILE  | HOSTILE    | USD              | no_lines
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
        assertThat(cells(html, "token_cost", "model")).containsOnly(HOSTILE);
        assertThat(cells(html, "invoice_reconciliation", "invoice_id")).containsExactly(HOSTILE);
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
        assertThat(Report.render(new DrawnTables()::select, meta(false)).equals(EMPTY))
                .isTrue();
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
        for (JsonNode section : data(html).get("sections")) {
            if (section.get("id").asText().equals(id)) {
                return DrawnTables.cells(section, name);
            }
        }
        return List.of();
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
}
