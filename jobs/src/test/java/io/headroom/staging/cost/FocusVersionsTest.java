package io.headroom.staging.cost;

import static io.headroom.staging.cost.FocusLines.csv;
import static io.headroom.staging.cost.FocusLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** FOCUS files of any version: the version by their columns, all their columns kept, what is odd made plain and named. */
class FocusVersionsTest {

    /** Parquet of other columns is another plan, and a plan of many plans costs more than they do one by one. */
    @RegisterExtension
    private static final Cases VERSIONS = new Cases();

    @RegisterExtension
    private static final Cases CSV = new Cases();

    @RegisterExtension
    private static final Cases PARQUET = new Cases();

    private static final Map<String, Map<String, String>> OF_VERSIONS = Map.of(
            "a", line(),
            "b", line("SkuMeter", "m"),
            "c", line("SkuMeter", "m", "InvoiceId", "i"),
            "d", line("InvoiceId", "i", "ServiceProviderName", "P"),
            "e", without("ProviderName", line("ServiceProviderName", "P")),
            "f", line("InvoiceDetailId", "d"),
            "g", line("HostProviderName", "h"));
    private static final Case VERSIONS_CSV = CSV.of(source("csv"));
    private static final Case VERSIONS_PARQUET = VERSIONS.of(source("parquet"));

    static {
        OF_VERSIONS.forEach((name, line) -> {
            VERSIONS_CSV.deliver("bills/" + name + ".csv", csv(line));
            VERSIONS_PARQUET.deliver("bills/" + name + ".parquet", ParquetFile.of(line));
        });
    }

    @Test
    void theVersionIsToldByTheColumns() {
        List<String> expected = List.of("a | 1.0", "b | 1.1", "c | 1.2", "d | 1.3", "e | 1.4", "f | 1.4", "g | 1.3");

        assertThat(versions(VERSIONS_CSV)).containsExactlyElementsOf(expected);
        assertThat(VERSIONS_CSV.sql(
                        "SELECT quirks['FOCUS 1.2, by its columns'] FROM delivery WHERE path = 'bills/c.csv'"))
                .containsExactly("1");
        assertThat(versions(VERSIONS_PARQUET)).containsExactlyElementsOf(expected);
        assertThat(VERSIONS_PARQUET.sql(
                        "SELECT quirks['FOCUS 1.4, by its columns'] FROM delivery WHERE path = 'bills/e.parquet'"))
                .containsExactly("1");
    }

    private static final Case OF_1_3 = CSV.of(source("csv").replace("focus_csv", "focus_1_3_csv"))
            .deliver("bills/a.csv", csv(line("ServiceProviderName", "S")));
    private static final Case SAID_1_2 = CSV.of(source("csv") + "parameters: {version: '1.2'}\n")
            .deliver("bills/a.csv", csv(line("ServiceProviderName", "S")));

    @Test
    void aPresetOfOneVersionAsksForItsMandatoryColumns() {
        assertThat(OF_1_3.sql("SELECT problem FROM delivery").get(0))
                .startsWith("The header lacks BillingAccountName, ChargeClass, ChargeDescription, ContractedCost");
        assertThat(SAID_1_2.sql("SELECT provider, focus_version FROM cost")).containsExactly("S | 1.2");
    }

    private static final Map<String, String> OTHER_COLUMNS = line(
            "x_Model",
            "m1",
            "x_Empty",
            "",
            "Other",
            "o",
            "X_Region",
            "r",
            "Tags",
            "{\"cluster\": \"c\", \"n\": 1.50, \"flag\": true}",
            "SkuPriceDetails",
            "{\"GpuCount\": 8}",
            "AllocatedTags",
            "",
            "PublisherName",
            "Q",
            "InvoiceId",
            "i-1",
            "PricingCurrencyEffectiveCost",
            "0.000000000000000001",
            "ConsumedQuantity",
            "2.5");
    private static final Case KEPT_CSV = CSV.of(source("csv")).deliver("bills/a.csv", csv(OTHER_COLUMNS));
    private static final Case KEPT_PARQUET =
            PARQUET.of(source("parquet")).deliver("bills/a.parquet", ParquetFile.of(OTHER_COLUMNS));

    @Test
    void everyColumnIsKept() {
        List<String> expected = List.of(
                "{\"x_Model\":\"m1\",\"Other\":\"o\",\"X_Region\":\"r\"} | {\"cluster\":\"c\",\"n\":\"1.50\",\"flag\":\"true\"}"
                        + " | {\"GpuCount\":\"8\"} | null | Q | i-1 | 0.000000000000000001 | 2.5 | c | m1");

        assertThat(kept(KEPT_CSV)).containsExactlyElementsOf(expected);
        assertThat(quirks(KEPT_CSV)).contains("undeclared column Other | 1").noneMatch(quirk -> quirk.contains("x_"));
        assertThat(kept(KEPT_PARQUET)).containsExactlyElementsOf(expected);
        assertThat(quirks(KEPT_PARQUET))
                .contains("undeclared column Other | 1")
                .noneMatch(quirk -> quirk.contains("x_"));
    }

    private static final Map<String, String> ODD = line(
            "BillingPeriodStart",
            "3/1/26",
            "ChargePeriodStart",
            "2026-03-01 06:00:00",
            "BilledCost",
            "$1,234,567.50 ",
            "EffectiveCost",
            "-€50,000",
            "ListCost",
            "1.5e1",
            "ChargeFrequency",
            "Usage-based",
            "SkuPriceid",
            "s-1",
            "PricingCategory",
            "dynamic",
            "RegionId",
            "null",
            "Tags",
            "{\"a\": ");
    private static final Case ODD_CSV =
            CSV.of(source("csv") + "columns: {dates: M/d/yy}\n").deliver("bills/a.csv", csv(ODD));
    private static final Case ODD_PARQUET = PARQUET.of(source("parquet") + "columns: {dates: M/d/yy}\n")
            .deliver("bills/a.parquet", ParquetFile.of(ODD));

    @Test
    void whatIsOddIsMadePlainAndNamed() {
        List<String> expected = List.of(
                "2026-03-01 00:00:00 | 2026-03-01 06:00:00 | 1234567.500000000000000000 | -50000.000000000000000000"
                        + " | 15.000000000000000000 | Usage-Based | s-1 | Dynamic | null");
        List<String> quirks = List.of(
                "ChargeFrequency Usage-based | 1",
                "PricingCategory dynamic | 1",
                "Tags is not a JSON object | 1",
                "amount with currency sign or thousands separators | 1",
                "column SkuPriceid read as SkuPriceId | 1",
                "date written M/d/yy, read as UTC | 1",
                "literal null | 1",
                "time without zone, read as UTC | 1");

        assertThat(plain(ODD_CSV)).containsExactlyElementsOf(expected);
        assertThat(quirks(ODD_CSV)).containsAll(quirks);
        assertThat(plain(ODD_PARQUET)).containsExactlyElementsOf(expected);
        assertThat(quirks(ODD_PARQUET)).containsAll(quirks);
    }

    private static final Case UNSURE = CSV.of(source("csv"))
            .deliver(
                    "bills/a.csv",
                    csv(List.of(
                            line("BilledCost", "1.234,50"),
                            line("BilledCost", "1,23"),
                            line("BilledCost", "0,123"),
                            line("ChargePeriodEnd", "2026-03-01T30:00:00Z"),
                            line("ChargePeriodEnd", "3/2/26"))));

    @Test
    void whatCannotBeReadForSureIsRefusedWithItsReason() {
        assertThat(UNSURE.sql("SELECT line, reasons FROM rejected"))
                .containsExactly(
                        "2 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 1.234,50]",
                        "3 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 1,23]",
                        "4 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 0,123]",
                        "5 | [charge_period_end is not an instant: 2026-03-01T30:00:00Z]",
                        "6 | [charge_period_end is not an instant: 3/2/26]");
        assertThat(quirks(UNSURE)).contains("date with slashes, which columns.dates does not tell how to read | 1");
    }

    private static final List<Map<String, String>> SLASHES =
            List.of(line("ChargePeriodEnd", "3/12/26"), line("ChargePeriodEnd", "13/4/2026"));
    private static final Case DAY_FIRST =
            CSV.of(source("csv") + "columns: {dates: d/M/yy}\n").deliver("bills/a.csv", csv(SLASHES));
    private static final Case MONTH_FIRST =
            CSV.of(source("csv") + "columns: {dates: M/d/yy}\n").deliver("bills/a.csv", csv(SLASHES));
    private static final Case DAY_FIRST_PARQUET = PARQUET.of(source("parquet") + "columns: {dates: d/M/yy}\n")
            .deliver("bills/a.parquet", ParquetFile.of(SLASHES.get(0)))
            .deliver("bills/b.parquet", ParquetFile.of(SLASHES.get(1)));

    @Test
    void datesWithSlashesAreReadAsTheSourceSays() {
        List<String> dayFirst = List.of("2026-04-13 00:00:00", "2026-12-03 00:00:00");

        assertThat(ends(DAY_FIRST)).containsExactlyElementsOf(dayFirst);
        assertThat(quirks(DAY_FIRST)).contains("date written d/M/yy, read as UTC | 2");
        assertThat(ends(MONTH_FIRST)).containsExactly("2026-03-12 00:00:00");
        assertThat(MONTH_FIRST.sql("SELECT reasons FROM rejected"))
                .containsExactly("[charge_period_end is not an instant: 2026-13-04T00:00:00Z]");
        assertThat(ends(DAY_FIRST_PARQUET)).containsExactlyElementsOf(dayFirst);
    }

    private static final Map<String, String> OWN = line("BillingAccountId", "headroom-showback");
    private static final Case OWN_CSV = CSV.of(source("csv")).deliver("bills/a.csv", csv(List.of(line(), OWN)));
    private static final Case OWN_PARQUET = PARQUET.of(source("parquet"))
            .deliver("bills/a.parquet", ParquetFile.of(line("ResourceName", "r")))
            .deliver("bills/b.parquet", ParquetFile.of(OWN));

    @Test
    void whatHeadroomExportedItselfIsSkippedByName() {
        assertThat(OWN_CSV.sql("SELECT billing_account_id FROM cost")).containsExactly("a");
        assertThat(OWN_CSV.sql("SELECT skipped['exported by Headroom'] FROM delivery"))
                .containsExactly("1");
        assertThat(OWN_PARQUET.sql("SELECT billing_account_id FROM cost")).containsExactly("a");
        assertThat(CSV.lake().brokenEquations()).isEmpty();
        assertThat(PARQUET.lake().brokenEquations()).isEmpty();
    }

    private static final Case DECIMALS = CSV.of(source("csv"))
            .deliver(
                    "bills/a.csv",
                    csv(List.of(
                            line("ListUnitPrice", "0.0000000000000000125", "ResourceName", "a"),
                            line("ListUnitPrice", "2.5e-19", "ResourceName", "b"),
                            line("ListUnitPrice", "0.000000000000000001", "ResourceName", "c"),
                            line("BilledCost", "0.0000000000000000125", "ListUnitPrice", "1", "ResourceName", "d"))));

    @Test
    void pricesOfMoreThan18DecimalsAreRoundedAndNamedCostsRefused() {
        assertThat(DECIMALS.sql("SELECT resource_name, CAST(round(list_unit_price * 1e18) AS INT) FROM cost"))
                .containsExactly("a | 13", "b | 0", "c | 1");
        assertThat(quirks(DECIMALS)).contains("list_unit_price has more than 18 decimals, rounded to 18 decimals | 2");
        assertThat(DECIMALS.sql("SELECT reasons FROM rejected"))
                .containsExactly(
                        "[billed_cost is not an amount of at most 20 digits and 18 decimals: 0.0000000000000000125]");
    }

    private static final Case PERIODS = CSV.of(source("csv"))
            .deliver(
                    "bills/a.csv",
                    csv(List.of(
                            line("ChargePeriodEnd", "2026-03-01T00:00:00Z"),
                            line("ChargePeriodEnd", "2026-02-28T23:59:59Z"))));

    @Test
    void aPeriodWithoutLengthIsAnInstantAndOneThatEndsBeforeItsStartIsRefused() {
        assertThat(PERIODS.sql("SELECT charge_period_end = charge_period_start FROM cost"))
                .containsExactly("true");
        assertThat(quirks(PERIODS)).contains("ChargePeriodEnd is ChargePeriodStart, taken as an instant | 1");
        assertThat(PERIODS.sql("SELECT reasons FROM rejected"))
                .containsExactly("[charge_period_end is before charge_period_start]");
    }

    private static List<String> versions(Case given) {
        return given.sql("SELECT regexp_extract(path, '(.)[.]', 1), focus_version FROM cost");
    }

    private static List<String> kept(Case given) {
        return given.sql(
                "SELECT to_json(extensions), to_json(tags), to_json(sku_price_details), allocated_tags, publisher,"
                        + " invoice_id, CAST(pricing_currency_effective_cost AS STRING), consumed_quantity, cluster, model FROM cost");
    }

    private static List<String> plain(Case given) {
        return given.sql(
                "SELECT CAST(billing_period_start AS STRING), CAST(charge_period_start AS STRING), billed_cost,"
                        + " effective_cost, list_cost, charge_frequency, sku_price_id, pricing_category, region FROM cost");
    }

    private static List<String> ends(Case given) {
        return given.sql("SELECT CAST(charge_period_end AS STRING) FROM cost");
    }

    private static List<String> quirks(Case given) {
        return given.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }

    /** Each file is a bill of its own. */
    private static String source(String format) {
        return "name: bills\nextends: cost/focus_%1$s\nfiles: bills/*.%1$s\nidentity: {slice: [path]}\n"
                .formatted(format);
    }

    private static Map<String, String> without(String column, Map<String, String> line) {
        line.remove(column);
        return line;
    }
}
