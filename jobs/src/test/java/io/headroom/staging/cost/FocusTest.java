package io.headroom.staging.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Charges of FOCUS files: their cluster by their tags, however a file writes them, and their quirks. */
class FocusTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

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

    private static final Case MAP =
            CASES.of(source("parquet")).deliver("bills/typed.parquet", ParquetFile.of(TYPED.formatted("tags")));

    @Test
    void parquetWithTagsAsAMap() {
        assertThat(clusters(MAP)).containsExactlyElementsOf(CLUSTERS);
    }

    private static final Case TEXT =
            CASES.of(source("parquet")).deliver("bills/text.parquet", ParquetFile.of(TYPED.formatted("to_json(tags)")));

    @Test
    void parquetWithTagsAsText() {
        assertThat(clusters(TEXT)).containsExactlyElementsOf(CLUSTERS);
    }

    private static final String OLDER_TAGS =
            "array(named_struct('key', 'team', 'value', 'b'), named_struct('key', NULL, 'value', 'c'))";

    private static final Case ENTRIES = CASES.of(source("parquet"))
            .deliver(
                    "bills/list.parquet",
                    ParquetFile.of(TYPED.formatted("concat(%s, map_entries(tags))".formatted(OLDER_TAGS))));

    @Test
    void parquetWithTagsAsEntriesOfWhichTheLastOfAKeyCounts() {
        assertThat(ENTRIES.sql("SELECT cluster, team, size(tags) FROM cost"))
                .containsExactly("c1 | a \"b\" | 2", "null | a | 1", "null | null | null");
        assertThat(quirks(ENTRIES)).noneMatch(quirk -> quirk.startsWith("Tags"));
    }

    private static final Case NO_TAGS = CASES.of(source("parquet"))
            .deliver("bills/list.parquet", ParquetFile.of(TYPED.formatted("map_values(tags)")));

    @Test
    void parquetWithTagsThatAreNone() {
        assertThat(NO_TAGS.sql("SELECT tags FROM cost")).containsExactly("null", "null", "null");
        assertThat(quirks(NO_TAGS)).contains("Tags is not a JSON object | 2");
    }

    private static final Case LOCAL_TIMES = CASES.of(source("parquet"))
            .deliver(
                    "bills/local.parquet",
                    ParquetFile.of(TYPED.formatted("tags")
                            .replace(
                                    "TIMESTAMP '2026-03-02 00:00:00' AS ChargePeriodEnd",
                                    "TIMESTAMP_NTZ '2026-03-01 06:00:00' AS ChargePeriodEnd")
                            .replace(
                                    "TIMESTAMP '2026-04-01 00:00:00' AS BillingPeriodEnd",
                                    "DATE '2026-04-01' AS BillingPeriodEnd")));

    @Test
    void timesOfParquetWithoutZoneAreReadAsUtcAndNamed() {
        assertThat(LOCAL_TIMES.sql(
                        "SELECT DISTINCT CAST(charge_period_end AS STRING), CAST(billing_period_end AS STRING)"
                                + " FROM cost"))
                .containsExactly("2026-03-01 06:00:00 | 2026-04-01 00:00:00");
        assertThat(quirks(LOCAL_TIMES)).contains("time without zone, read as UTC | 3");
    }

    private static final String LINE = "1.5,a,USD,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Usage,2026-03-02T00:00:00Z,"
            + "2026-03-01T00:00:00Z,1.5,1.5,P,";

    private static final Case CSV = CASES.of(source("csv"))
            .deliver(
                    "bills/bill.csv",
                    "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                            + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,Tags\n"
                            + LINE + "\"{\"\"cluster\"\":\"\"c1\"\",\"\"team\"\":\"\"a \\\"\"b\\\"\"\"\"}\"\n"
                            + LINE + "\n"
                            + LINE + "\"{\"\"team\"\":\"\"a\"\"}\"\n");

    @Test
    void csv() {
        assertThat(clusters(CSV)).containsExactlyElementsOf(CLUSTERS);
    }

    private static final String HEADER =
            "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                    + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,ChargeFrequency\n";

    private static final String CHARGE =
            "1.5,a,USD,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Usage,2026-03-02T00:00:00Z,%s,1.5,1.5,P,%s%n";

    private static final Case QUIRKS = CASES.of(source("csv"))
            .deliver(
                    "bills/bill.csv",
                    HEADER
                            + CHARGE.formatted("2026-03-01 00:00:00", "Monthly")
                            + CHARGE.formatted("2026-03-01T00:00:00Z", "Recurring")
                            + CHARGE.formatted("2026-03-01T00:00:00Z", "Monthly")
                            + CHARGE.formatted("2026-03-01T00:00:00Z", "").repeat(3));

    @Test
    void aQuirkOfOneChargeIsNotOneOfTheNext() {
        assertThat(QUIRKS.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records"))
                .contains("ChargeFrequency Monthly | 2", "time without zone, read as UTC | 1");
    }

    private static final Case FRACTIONS = CASES.of(source("parquet"))
            .deliver(
                    "bills/typed.parquet",
                    ParquetFile.of(TYPED.formatted("CAST(NULL AS STRING)")
                            .replace("1.5BD AS BilledCost", "line.billed AS BilledCost")
                            .replace("1.5BD AS ListCost", "CAST(0.1 AS FLOAT) AS ListCost")
                            .replace(
                                    "VALUES (map('cluster', 'c1', 'team', 'a \"b\"')), (NULL), (map('team', 'a')) AS line (tags)",
                                    "VALUES (NULL, 1.234567890123456E-4D), (NULL, 3.3333333333333335E-5D), (NULL, 1.5E-5D),"
                                            + " (NULL, CAST('NaN' AS DOUBLE)) AS line (tags, billed)")));

    @Test
    void binaryFractionsAreRoundedAndNamedWhereThatChangesThem() {
        assertThat(FRACTIONS.sql("SELECT billed_cost, list_cost FROM cost"))
                .containsExactly(
                        "0.000015000000000000 | 0.100000000000000000",
                        "0.000033333333333333 | 0.100000000000000000",
                        "0.000123456789012346 | 0.100000000000000000");
        assertThat(FRACTIONS.sql("SELECT quirks['billed_cost is a binary fraction, rounded to 18 decimals'],"
                        + " quirks['list_cost is a binary fraction, rounded to 18 decimals'] FROM delivery"))
                .containsExactly("2 | null");
        assertThat(FRACTIONS.sql("SELECT reasons FROM rejected"))
                .containsExactly("[billed_cost is not an amount of at most 20 digits and 18 decimals: NaN]");
    }

    /** Each file is a bill of its own. */
    private static String source(String format) {
        return "name: bills\nextends: cost/focus_1_0_%s\nfiles: bills/*\nidentity: {slice: [path]}\n".formatted(format);
    }

    private static List<String> quirks(Case given) {
        return given.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }

    private static List<String> clusters(Case given) {
        return given.sql("SELECT cluster, team, to_json(tags) FROM cost WHERE effective_cost = 1.5");
    }
}
