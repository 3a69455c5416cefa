package io.headroom.staging.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charges of FOCUS files: their cluster by their tags, however a file writes them, and their quirks. */
class FocusTest {

    /** As written in {@link #TYPED}: three charges of 1.5 USD, the second without tags, the third without that of a cluster. */
    private static final List<String> CLUSTERS = List.of(
            "c1 | a \"b\" | {\"cluster\":\"c1\",\"team\":\"a \\\"b\\\"\"}",
            "null | a | {\"team\":\"a\"}",
            "null | null | null");

    private static final String TYPED = """
            SELECT
              1.5BD AS BilledCost, 'a' AS BillingAccountId, 'USD' AS BillingCurrency,
              TIMESTAMP '2026-04-01 00:00:00' AS BillingPeriodEnd, TIMESTAMP '2026-03-01 00:00:00' AS BillingPeriodStart,
              'Usage' AS ChargeCategory, TIMESTAMP '2026-03-02 00:00:00' AS ChargePeriodEnd,
              TIMESTAMP '2026-03-01 00:00:00' AS ChargePeriodStart, 1.5BD AS EffectiveCost, 1.5BD AS ListCost,
              'P' AS ProviderName, %s AS Tags
            FROM VALUES (map('cluster', 'c1', 'team', 'a "b"')), (NULL), (map('team', 'a')) AS line (tags)
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void parquetWithTagsAsAMap() throws IOException {
        lake.deliver("bills/typed.parquet", parquet(TYPED.formatted("tags")));

        assertThat(clusters("cost/focus_1_0_parquet")).containsExactlyElementsOf(CLUSTERS);
    }

    @Test
    void parquetWithTagsAsText() throws IOException {
        lake.deliver("bills/text.parquet", parquet(TYPED.formatted("to_json(tags)")));

        assertThat(clusters("cost/focus_1_0_parquet")).containsExactlyElementsOf(CLUSTERS);
    }

    @Test
    void parquetWithTagsAsEntriesOfWhichTheLastOfAKeyCounts() throws IOException {
        String older = "array(named_struct('key', 'team', 'value', 'b'), named_struct('key', NULL, 'value', 'c'))";
        lake.deliver("bills/list.parquet", parquet(TYPED.formatted("concat(%s, map_entries(tags))".formatted(older))));

        lake.ingest("name: bills\nextends: cost/focus_1_0_parquet\nfiles: bills/*\n");

        assertThat(lake.sql("SELECT cluster, team, size(tags) FROM cost"))
                .containsExactly("c1 | a \"b\" | 2", "null | a | 1", "null | null | null");
        assertThat(quirks()).noneMatch(quirk -> quirk.startsWith("Tags"));
    }

    @Test
    void parquetWithTagsThatAreNone() throws IOException {
        lake.deliver("bills/list.parquet", parquet(TYPED.formatted("map_values(tags)")));

        lake.ingest("name: bills\nextends: cost/focus_1_0_parquet\nfiles: bills/*\n");

        assertThat(lake.sql("SELECT tags FROM cost")).containsExactly("null", "null", "null");
        assertThat(quirks()).contains("Tags is not a JSON object | 2");
    }

    @Test
    void timesOfParquetWithoutZoneAreReadAsUtcAndNamed() throws IOException {
        lake.deliver(
                "bills/local.parquet",
                parquet(TYPED.formatted("tags")
                        .replace(
                                "TIMESTAMP '2026-03-02 00:00:00' AS ChargePeriodEnd",
                                "TIMESTAMP_NTZ '2026-03-01 06:00:00' AS ChargePeriodEnd")
                        .replace(
                                "TIMESTAMP '2026-04-01 00:00:00' AS BillingPeriodEnd",
                                "DATE '2026-04-01' AS BillingPeriodEnd")));

        lake.ingest("name: bills\nextends: cost/focus_1_0_parquet\nfiles: bills/*\n");

        assertThat(lake.sql("SELECT DISTINCT CAST(charge_period_end AS STRING), CAST(billing_period_end AS STRING)"
                        + " FROM cost"))
                .containsExactly("2026-03-01 06:00:00 | 2026-04-01 00:00:00");
        assertThat(quirks()).contains("time without zone, read as UTC | 3");
    }

    @Test
    void csv() {
        String line = "1.5,a,USD,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Usage,2026-03-02T00:00:00Z,"
                + "2026-03-01T00:00:00Z,1.5,1.5,P,";
        lake.deliver(
                "bills/bill.csv",
                "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                        + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,Tags\n"
                        + line + "\"{\"\"cluster\"\":\"\"c1\"\",\"\"team\"\":\"\"a \\\"\"b\\\"\"\"\"}\"\n"
                        + line + "\n"
                        + line + "\"{\"\"team\"\":\"\"a\"\"}\"\n");

        assertThat(clusters("cost/focus_1_0_csv")).containsExactlyElementsOf(CLUSTERS);
    }

    @Test
    void aQuirkOfOneChargeIsNotOneOfTheNext() {
        String header =
                "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                        + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,ChargeFrequency\n";
        String charge =
                "1.5,a,USD,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Usage,2026-03-02T00:00:00Z,%s,1.5,1.5,P,%s%n";
        lake.deliver(
                "bills/bill.csv",
                header
                        + charge.formatted("2026-03-01 00:00:00", "Monthly")
                        + charge.formatted("2026-03-01T00:00:00Z", "Recurring")
                        + charge.formatted("2026-03-01T00:00:00Z", "Monthly")
                        + charge.formatted("2026-03-01T00:00:00Z", "").repeat(3));

        lake.ingest("name: bills\nextends: cost/focus_1_0_csv\nfiles: bills/*\n");

        assertThat(lake.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records"))
                .contains("ChargeFrequency Monthly | 2", "time without zone, read as UTC | 1");
    }

    @Test
    void binaryFractionsAreRoundedAndNamedWhereThatChangesThem() throws IOException {
        lake.deliver(
                "bills/typed.parquet",
                parquet(TYPED.formatted("CAST(NULL AS STRING)")
                        .replace("1.5BD AS BilledCost", "line.billed AS BilledCost")
                        .replace("1.5BD AS ListCost", "CAST(0.1 AS FLOAT) AS ListCost")
                        .replace(
                                "VALUES (map('cluster', 'c1', 'team', 'a \"b\"')), (NULL), (map('team', 'a')) AS line (tags)",
                                "VALUES (NULL, 1.234567890123456E-4D), (NULL, 3.3333333333333335E-5D), (NULL, 1.5E-5D),"
                                        + " (NULL, CAST('NaN' AS DOUBLE)) AS line (tags, billed)")));

        lake.ingest("name: bills\nextends: cost/focus_1_0_parquet\nfiles: bills/*\n");

        assertThat(lake.sql("SELECT billed_cost, list_cost FROM cost"))
                .containsExactly(
                        "0.000015000000000000 | 0.100000000000000000",
                        "0.000033333333333333 | 0.100000000000000000",
                        "0.000123456789012346 | 0.100000000000000000");
        assertThat(lake.sql("SELECT quirks['billed_cost is a binary fraction, rounded to 18 decimals'],"
                        + " quirks['list_cost is a binary fraction, rounded to 18 decimals'] FROM delivery"))
                .containsExactly("2 | null");
        assertThat(lake.sql("SELECT reasons FROM rejected"))
                .containsExactly("[billed_cost is not an amount of at most 20 digits and 18 decimals: NaN]");
    }

    private List<String> quirks() {
        return lake.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }

    private List<String> clusters(String preset) {
        lake.ingest("name: bills\nextends: %s\nfiles: bills/*\n".formatted(preset));
        return lake.sql("SELECT cluster, team, to_json(tags) FROM cost WHERE effective_cost = 1.5");
    }

    private byte[] parquet(String query) throws IOException {
        Path target = folder.resolve("made.parquet");
        TestSpark.session().sql(query).coalesce(1).write().parquet(target.toString());
        try (var parts = Files.list(target)) {
            Path part = parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(part);
        }
    }
}
