package io.headroom.staging.cost;

import static io.headroom.staging.cost.FocusLines.csv;
import static io.headroom.staging.cost.FocusLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FOCUS files of any version: the version by their columns, all their columns kept, what is odd made plain and named. */
class FocusVersionsTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void theVersionIsToldByTheColumns() {
        Map<String, String> of14 = line("ServiceProviderName", "P");
        of14.remove("ProviderName");
        Map<String, Map<String, String>> lines = Map.of(
                "a", line(),
                "b", line("SkuMeter", "m"),
                "c", line("SkuMeter", "m", "InvoiceId", "i"),
                "d", line("InvoiceId", "i", "ServiceProviderName", "P"),
                "e", of14,
                "f", line("InvoiceDetailId", "d"),
                "g", line("HostProviderName", "h"));
        lines.forEach((name, line) -> lake.deliver("bills/" + name + ".csv", csv(line)));
        List<String> expected = List.of("a | 1.0", "b | 1.1", "c | 1.2", "d | 1.3", "e | 1.4", "f | 1.4", "g | 1.3");

        lake.ingest(source("csv", "bills/*.csv"));
        assertThat(versions()).containsExactlyElementsOf(expected);
        assertThat(lake.sql("SELECT quirks['FOCUS 1.2, by its columns'] FROM delivery WHERE path = 'bills/c.csv'"))
                .containsExactly("1");
        lake = new LakeFixture(folder.resolve("other"));
        lines.forEach((name, line) -> lake.deliver("bills/" + name + ".parquet", parquet(line)));
        lake.ingest(source("parquet", "bills/*.parquet"));
        assertThat(versions()).containsExactlyElementsOf(expected);
        assertThat(lake.sql("SELECT quirks['FOCUS 1.4, by its columns'] FROM delivery WHERE path = 'bills/e.parquet'"))
                .containsExactly("1");
    }

    @Test
    void aPresetOfOneVersionAsksForItsMandatoryColumns() {
        lake.deliver("bills/a.csv", csv(line("ServiceProviderName", "S")));

        lake.ingest("name: bills\nextends: cost/focus_1_3_csv\nfiles: bills/*.csv\n");

        assertThat(lake.sql("SELECT problem FROM delivery").get(0))
                .startsWith("The header lacks BillingAccountName, ChargeClass, ChargeDescription, ContractedCost");
        lake.deliver("bills/a.csv", csv(line("ServiceProviderName", "S")));
        lake.ingest("name: bills\nextends: cost/focus_csv\nfiles: bills/*.csv\nparameters: {version: '1.2'}\n");
        assertThat(lake.sql("SELECT provider, focus_version FROM cost")).containsExactly("S | 1.2");
    }

    @Test
    void everyColumnIsKept() {
        Map<String, String> line = line(
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
        lake.deliver("bills/a.csv", csv(line));
        lake.ingest(source("csv", "bills/*.csv"));
        List<String> expected = List.of(
                "{\"x_Model\":\"m1\",\"Other\":\"o\",\"X_Region\":\"r\"} | {\"cluster\":\"c\",\"n\":\"1.50\",\"flag\":\"true\"}"
                        + " | {\"GpuCount\":\"8\"} | null | Q | i-1 | 0.000000000000000001 | 2.5 | c | m1");

        assertThat(kept()).containsExactlyElementsOf(expected);
        assertThat(quirks()).contains("undeclared column Other | 1").noneMatch(quirk -> quirk.contains("x_"));
        lake = new LakeFixture(folder.resolve("other"));
        lake.deliver("bills/a.parquet", parquet(line));
        lake.ingest(source("parquet", "bills/*.parquet"));
        assertThat(kept()).containsExactlyElementsOf(expected);
        assertThat(quirks()).contains("undeclared column Other | 1").noneMatch(quirk -> quirk.contains("x_"));
    }

    @Test
    void whatIsOddIsMadePlainAndNamed() {
        Map<String, String> line = line(
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
        lake.deliver("bills/a.csv", csv(line));
        lake.ingest(source("csv", "bills/*.csv") + "columns: {dates: M/d/yy}\n");
        assertThat(plain()).containsExactlyElementsOf(expected);
        assertThat(quirks()).containsAll(quirks);
        lake = new LakeFixture(folder.resolve("other"));
        lake.deliver("bills/a.parquet", parquet(line));
        lake.ingest(source("parquet", "bills/*.parquet") + "columns: {dates: M/d/yy}\n");
        assertThat(plain()).containsExactlyElementsOf(expected);
        assertThat(quirks()).containsAll(quirks);
    }

    @Test
    void whatCannotBeReadForSureIsRefusedWithItsReason() {
        lake.deliver(
                "bills/a.csv",
                csv(List.of(
                        line("BilledCost", "1.234,50"),
                        line("BilledCost", "1,23"),
                        line("BilledCost", "0,123"),
                        line("ChargePeriodEnd", "2026-03-01T30:00:00Z"),
                        line("ChargePeriodEnd", "3/2/26"))));
        lake.ingest(source("csv", "bills/*.csv"));

        assertThat(lake.sql("SELECT line, reasons FROM rejected"))
                .containsExactly(
                        "2 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 1.234,50]",
                        "3 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 1,23]",
                        "4 | [billed_cost is not an amount of at most 20 digits and 18 decimals: 0,123]",
                        "5 | [charge_period_end is not an instant: 2026-03-01T30:00:00Z]",
                        "6 | [charge_period_end is not an instant: 3/2/26]");
        assertThat(quirks()).contains("date with slashes, which columns.dates does not tell how to read | 1");
    }

    @Test
    void datesWithSlashesAreReadAsTheSourceSays() {
        List<Map<String, String>> lines =
                List.of(line("ChargePeriodEnd", "3/12/26"), line("ChargePeriodEnd", "13/4/2026"));
        List<String> dayFirst = List.of("2026-04-13 00:00:00", "2026-12-03 00:00:00");
        lake.deliver("bills/a.csv", csv(lines));
        lake.ingest(source("csv", "bills/*.csv") + "columns: {dates: d/M/yy}\n");
        assertThat(ends()).containsExactlyElementsOf(dayFirst);
        assertThat(quirks()).contains("date written d/M/yy, read as UTC | 2");
        lake.ingest(source("csv", "bills/*.csv") + "columns: {dates: M/d/yy}\n");
        assertThat(ends()).containsExactly("2026-03-12 00:00:00");
        assertThat(lake.sql("SELECT reasons FROM rejected"))
                .containsExactly("[charge_period_end is not an instant: 2026-13-04T00:00:00Z]");
        lake = new LakeFixture(folder.resolve("other"));
        lake.deliver("bills/a.parquet", parquet(lines.get(0)));
        lake.deliver("bills/b.parquet", parquet(lines.get(1)));
        lake.ingest(source("parquet", "bills/*.parquet") + "columns: {dates: d/M/yy}\n");
        assertThat(ends()).containsExactlyElementsOf(dayFirst);
    }

    @Test
    void whatHeadroomExportedItselfIsSkippedByName() {
        Map<String, String> own = line("BillingAccountId", "headroom-showback");
        lake.deliver("bills/a.csv", csv(List.of(line(), own)));
        lake.ingest(source("csv", "bills/*.csv"));
        assertThat(lake.sql("SELECT billing_account_id FROM cost")).containsExactly("a");
        assertThat(lake.sql("SELECT skipped['exported by Headroom'] FROM delivery"))
                .containsExactly("1");
        assertThat(lake.brokenEquations()).isEmpty();
        lake = new LakeFixture(folder.resolve("other"));
        lake.deliver("bills/a.parquet", parquet(line()));
        lake.deliver("bills/b.parquet", parquet(own));
        lake.ingest(source("parquet", "bills/*.parquet"));
        assertThat(lake.sql("SELECT billing_account_id FROM cost")).containsExactly("a");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void pricesOfMoreThan18DecimalsAreRoundedAndNamedCostsRefused() {
        lake.deliver(
                "bills/a.csv",
                csv(List.of(
                        line("ListUnitPrice", "0.0000000000000000125", "ResourceName", "a"),
                        line("ListUnitPrice", "2.5e-19", "ResourceName", "b"),
                        line("ListUnitPrice", "0.000000000000000001", "ResourceName", "c"),
                        line("BilledCost", "0.0000000000000000125", "ListUnitPrice", "1", "ResourceName", "d"))));
        lake.ingest(source("csv", "bills/*.csv"));

        assertThat(lake.sql("SELECT resource_name, CAST(round(list_unit_price * 1e18) AS INT) FROM cost"))
                .containsExactly("a | 13", "b | 0", "c | 1");
        assertThat(quirks()).contains("list_unit_price has more than 18 decimals, rounded to 18 decimals | 2");
        assertThat(lake.sql("SELECT reasons FROM rejected"))
                .containsExactly(
                        "[billed_cost is not an amount of at most 20 digits and 18 decimals: 0.0000000000000000125]");
    }

    @Test
    void aPeriodWithoutLengthIsAnInstantAndOneThatEndsBeforeItsStartIsRefused() {
        lake.deliver(
                "bills/a.csv",
                csv(List.of(
                        line("ChargePeriodEnd", "2026-03-01T00:00:00Z"),
                        line("ChargePeriodEnd", "2026-02-28T23:59:59Z"))));
        lake.ingest(source("csv", "bills/*.csv"));

        assertThat(lake.sql("SELECT charge_period_end = charge_period_start FROM cost"))
                .containsExactly("true");
        assertThat(quirks()).contains("ChargePeriodEnd is ChargePeriodStart, taken as an instant | 1");
        assertThat(lake.sql("SELECT reasons FROM rejected"))
                .containsExactly("[charge_period_end is before charge_period_start]");
    }

    private List<String> versions() {
        return lake.sql("SELECT regexp_extract(path, '(.)[.]', 1), focus_version FROM cost");
    }

    private List<String> kept() {
        return lake.sql(
                "SELECT to_json(extensions), to_json(tags), to_json(sku_price_details), allocated_tags, publisher,"
                        + " invoice_id, CAST(pricing_currency_effective_cost AS STRING), consumed_quantity, cluster, model FROM cost");
    }

    private List<String> plain() {
        return lake.sql("SELECT CAST(billing_period_start AS STRING), CAST(charge_period_start AS STRING), billed_cost,"
                + " effective_cost, list_cost, charge_frequency, sku_price_id, pricing_category, region FROM cost");
    }

    private List<String> ends() {
        return lake.sql("SELECT CAST(charge_period_end AS STRING) FROM cost");
    }

    private List<String> quirks() {
        return lake.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }

    /** Each file is a bill of its own. */
    private static String source(String format, String files) {
        return "name: bills\nextends: cost/focus_%s\nfiles: %s\nidentity: {slice: [path]}\n".formatted(format, files);
    }

    /** A file of text alone. */
    private byte[] parquet(Map<String, String> line) {
        var schema = new StructType();
        for (String column : line.keySet()) {
            schema = schema.add(column, DataTypes.StringType);
        }
        Object[] cells = line.values().toArray();
        Path target = folder.resolve("made-" + System.identityHashCode(line) + ".parquet");
        TestSpark.session()
                .createDataFrame(List.of(RowFactory.create(cells)), schema)
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(target.toString());
        try (var parts = Files.list(target)) {
            return Files.readAllBytes(
                    parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                            .findFirst()
                            .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
