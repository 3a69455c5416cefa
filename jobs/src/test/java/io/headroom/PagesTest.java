package io.headroom;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.report.Meta;
import io.headroom.report.Report;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the pages that the browser test looks at: of a simulated fleet, and of the same fleet with hostile names. */
@Tag("page")
class PagesTest {

    private static final Path PAGES = SmallFleet.HOME.resolve("jobs/target/pages");

    private static final String LONG_ENOUGH_FOR_A_BACKTEST = "2026-08-01";

    /** The columns whose values others choose. */
    private static final Set<String> NAMES = Set.of(
            "provider",
            "region",
            "cluster",
            "site",
            "rack",
            "node",
            "accelerator",
            "job_id",
            "state",
            "note",
            "milestone_id",
            "overlap_group",
            "contract_id",
            "source_url",
            "source",
            "target",
            "problem",
            "model",
            "team",
            "billing_account_id",
            "invoice_id",
            "fx_publisher",
            "seller");

    /** What a name may hold that is not shown as text somewhere. The browser test looks for the same ones. */
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=alert(1)>",
            "</script><script>window.hacked=1</script>",
            "{{x}}{a|b}{b}",
            "=HYPERLINK(\"http://x\")",
            "\u001b[31mred\u001b[0m\u0007",
            "\u202egnp.exe\u2066",
            "javascript:alert(1)//",
            "__proto__",
            "two\nlines, \"quoted\"\r\n",
            "long ".repeat(20) + "l".repeat(2000) + "ng");

    private static final Column HOSTILE_NAMES =
            functions.array(HOSTILE.stream().map(functions::lit).toArray(Column[]::new));

    @TempDir
    static Path folder;

    private static SmallFleet fleet;

    @BeforeAll
    static void run() throws IOException {
        fleet = new SmallFleet(folder, LONG_ENOUGH_FOR_A_BACKTEST);
        fleet.headroom(0, "run", "--conf", fleet.conf());
        Files.createDirectories(PAGES);
    }

    @Test
    void aSimulatedFleet() throws IOException {
        String page = Files.readString(fleet.page());

        Files.writeString(PAGES.resolve("simulated.html"), page);
        assertThat(page.contains("Simulated fleet:")).isTrue();
    }

    @Test
    void aFleetWithHostileNames() throws IOException {
        SparkSession session = TestSpark.session().newSession();
        for (Table table : Report.reads()) {
            Path location = fleet.lake().resolve(table.database()).resolve(table.name());
            Dataset<Row> rows = session.read().format("delta").load(location.toString());
            rows.select(table.fields().stream().map(PagesTest::hostile).toArray(Column[]::new))
                    .createOrReplaceTempView(table.name());
        }
        String name = String.join(" ", HOSTILE);
        var meta = new Meta(name, Instant.parse("2026-11-01T00:00:00Z"), name, name, true, HOSTILE);

        String page = Report.render(session::sql, meta);

        Files.writeString(PAGES.resolve("hostile.html"), page);
        assertThat(page.contains("&lt;img src")).isTrue();
        assertThat(page.contains(HOSTILE.get(0))).isFalse();
    }

    /** A column, each of its names with one of the hostile ones before it. {@code all} is Headroom's own word. */
    private static Column hostile(Field field) {
        Column value = field.col();
        if (!NAMES.contains(field.column())) {
            return value;
        }
        Column at = pmod(hash(value, lit(field.column())), lit(HOSTILE.size())).plus(1);
        Column name = concat(element_at(HOSTILE_NAMES, at), value);
        return when(value.equalTo("all"), value).otherwise(name).as(field.column());
    }
}
