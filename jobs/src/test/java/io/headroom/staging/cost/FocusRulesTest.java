package io.headroom.staging.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.TestSpark;
import io.headroom.table.Field;
import io.headroom.table.Rule;
import io.headroom.table.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Our notes of FOCUS against the validator's model of 1.2, row by row and column by column. */
class FocusRulesTest {

    private static final Path FILES = Path.of("..", "..", "shared", "real-data", "focus", "validator");

    /** Rules of the model that ours leave out or decide otherwise, each with its reason. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("BillingAccountName-C-003-C", "holds where the provider names accounts, which no row tells"),
            Map.entry("InvoiceId-C-004-C", "its condition, that there is no invoice, is in words only"),
            Map.entry("InvoiceId-C-005-C", "its condition, that there is an invoice, is in words only"),
            Map.entry("BillingAccountType-C-004-C", "BillingAccountId is never null"),
            Map.entry("CommitmentDiscountStatus-C-003-C", "the check is the contrary of its sentence"),
            Map.entry("CommitmentDiscountStatus-C-004-C", "the check is the contrary of its sentence"),
            Map.entry("CommitmentDiscountStatus-C-005-M", "the check has values of another column"),
            Map.entry("ConsumedQuantity-C-006-C", "the check asks of corrections what its sentence asks of all others"),
            Map.entry("CommitmentDiscountQuantity-C-007-C", "the check asks null of corrections, which may have one"),
            Map.entry(
                    "BilledCost-C-005-C", "names that differ do not tell a third party: AWS is not the issuer's name"),
            Map.entry(
                    "EffectiveCost-C-005-C", "the sentence is of purchases for the future: of commitments we know it"),
            Map.entry("ListCost-C-009-C", "the same product as ListUnitPrice-C-010-C"),
            Map.entry("PricingCurrencyEffectiveCost-C-004-M", "the check is of another column, which has it too"));

    /** Our notes of sentences that the model has in words only, or checks otherwise. */
    private static final List<String> BEYOND = List.of(
            "CommitmentDiscountStatus is",
            "CommitmentDiscountQuantity is not null without",
            "ConsumedQuantity is null on a Usage",
            "EffectiveCost is not 0 on a Purchase of a commitment",
            "PricingCategory is not Committed",
            "PricingCurrencyContractedUnitPrice is",
            "ResourceId is not CommitmentDiscountId",
            "ResourceName is not null though");

    private static final String NOW_AND_THEN = "2026-03-01T00:00:00Z";

    @Test
    void ourNotesAreTheValidatorsRowByRowAndColumnByColumn() throws IOException {
        assumeTrue(Files.isDirectory(FILES), "skipped, there are no real files at " + FILES);
        var model = new ValidatorModel(FILES.resolve("model-1.2.json"), currencies());
        List<String> ids = model.rowRules().stream()
                .filter(id -> !LEFT_OUT.containsKey(id))
                .toList();
        List<Map<String, String>> rows = mutated();
        List<Set<String>> ours = broken(rows);
        Set<String> seen = new TreeSet<>();
        List<String> disagreements = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Set<String> theirs = model.broken(rows.get(i), ids);
            theirs.forEach(broken -> seen.add(broken.substring(broken.indexOf(' ') + 1)));
            Set<String> theirColumns = columns(theirs);
            Set<String> ourColumns = columns(ours.get(i).stream()
                    .filter(name -> BEYOND.stream().noneMatch(name::startsWith))
                    .collect(Collectors.toSet()));
            if (!theirColumns.equals(ourColumns)) {
                disagreements.add(rows.get(i).get("mutation") + ": ours " + ours.get(i) + ", theirs " + theirs);
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(model.rowRules()).containsAll(LEFT_OUT.keySet());
        assertThat(rows).hasSizeGreaterThan(1_000);
        assertThat(ids).as("rules that no row breaks").allMatch(id -> seen.contains(id) || isNeverBroken(id));
    }

    /** What the model asks under a condition that says the same, and that numbers are numbers, which all of ours are. */
    private static boolean isNeverBroken(String id) {
        return id.equals("PricingQuantity-C-008-M") || id.equals("BilledCost-C-004-M");
    }

    @Test
    void whatTheModelHasInWordsOnly() {
        Map<String, String> used = good("used");
        assertThat(broken(List.of(
                        with(used, "CommitmentDiscountStatus", ""),
                        with(used, "PricingCategory", "Standard"),
                        with(good("unused"), "ResourceId", "r"),
                        with(good("commitment"), "EffectiveCost", "5"),
                        with(good("usage"), "ConsumedQuantity", "", "ConsumedUnit", ""),
                        with(good("usage"), "ResourceId", "", "ResourceType", ""),
                        with(good("usage"), "PricingCurrencyContractedUnitPrice", "-1"),
                        with(good("usage"), "PricingCurrencyContractedUnitPrice", ""),
                        with(good("usage"), "CommitmentDiscountStatus", "Used"),
                        with(good("usage"), "CommitmentDiscountQuantity", "1", "CommitmentDiscountUnit", "Hours"))))
                .containsExactly(
                        Set.of("CommitmentDiscountStatus is null on a Usage of a commitment"),
                        Set.of("PricingCategory is not Committed on a Usage of a commitment"),
                        Set.of("ResourceId is not CommitmentDiscountId on what is Unused"),
                        Set.of("EffectiveCost is not 0 on a Purchase of a commitment"),
                        Set.of("ConsumedQuantity is null on a Usage"),
                        Set.of("ResourceName is not null though ResourceId is"),
                        Set.of("PricingCurrencyContractedUnitPrice is negative"),
                        Set.of("PricingCurrencyContractedUnitPrice is null on a Usage or Purchase"),
                        Set.of("CommitmentDiscountStatus is not null though CommitmentDiscountId is"),
                        Set.of("CommitmentDiscountQuantity is not null without a Usage or Purchase of a commitment"));
    }

    @Test
    void aRuleHoldsFromItsVersionOnAndOnlyWhereTheFileHasTheColumn() {
        Map<String, String> bare = with(
                good("usage"),
                "ServiceSubcategory",
                "",
                "PublisherName",
                "",
                "PricingCurrency",
                "XYZ",
                "ContractApplied",
                "{\"Elements\":1}",
                "absent",
                "");

        assertThat(broken(List.of(
                        with(bare, "version", ""),
                        with(bare, "version", "1.0"),
                        with(bare, "version", "1.1"),
                        with(bare, "version", "1.1", "absent", "RegionName,ServiceSubcategory"),
                        with(bare, "version", "1.3"),
                        with(bare, "version", "1.4"))))
                .containsExactly(
                        Set.of(),
                        Set.of("PublisherName is null"),
                        Set.of("PublisherName is null", "ServiceSubcategory is null"),
                        Set.of("PublisherName is null"),
                        Set.of(
                                "PublisherName is null",
                                "ServiceSubcategory is null",
                                "ContractApplied has no Elements"),
                        Set.of(
                                "ServiceSubcategory is null",
                                "ContractApplied has no Elements",
                                "PricingCurrency is not of ISO 4217"));
    }

    @Test
    void goodRowsBreakNothing() {
        assertThat(broken(new ArrayList<>(good().values()))).allMatch(Set::isEmpty);
    }

    private static Set<String> columns(Set<String> names) {
        return names.stream()
                .map(name -> name.substring(0, name.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> currencies() throws IOException {
        return Files.readAllLines(FILES.resolve("currency_codes.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[1].strip())
                .collect(Collectors.toSet());
    }

    /** Every good row with each of its columns emptied, and set to what may be wrong. */
    private static List<Map<String, String>> mutated() {
        List<Map<String, String>> rows = new ArrayList<>();
        good().forEach((name, row) -> {
            rows.add(with(row, "mutation", name));
            for (String column : row.keySet()) {
                for (String value : values(column)) {
                    rows.add(with(row, column, value, "mutation", "%s with %s '%s'".formatted(name, column, value)));
                }
            }
        });
        return rows;
    }

    private static List<String> values(String column) {
        if (column.equals("version")) {
            return List.of();
        }
        if (column.endsWith("Start") || column.endsWith("End")) {
            return List.of("");
        }
        Field field = Cost.TABLE.field(own(column)).orElseThrow();
        return switch (field.spec().type()) {
            case MONEY, DOUBLE -> List.of("", "-1", "0", "7.5");
            case LABELS -> List.of("", "{\"CoreCount\":\"4\"}");
            default ->
                Stream.concat(
                                Stream.of("", "Bogus"),
                                column.equals("BillingCurrency")
                                        ? Stream.of("EUR", "XYZ", "usd")
                                        : FocusValues.ALLOWED.getOrDefault(column, List.of()).stream())
                        .toList();
        };
    }

    /** The names of the rules that each row breaks, those that refuse it among them, named by the columns of FOCUS. */
    private static List<Set<String>> broken(List<Map<String, String>> rows) {
        List<Column> reasons = new ArrayList<>();
        for (Rule rule : Cost.TABLE.rules()) {
            String name = rule.severity() == Rule.Severity.NOTE ? rule.name() : focusName(rule.name());
            reasons.add(functions.when(functions.not(functions.expr(rule.condition())), functions.lit(name)));
        }
        Cost.TABLE.mappedFields().stream()
                .filter(field -> field.spec().isRequired())
                .forEach(field -> reasons.add(functions.when(
                        field.col().isNull(), functions.lit(focusName(field.column() + " is missing")))));
        return drawn(rows)
                .select(functions.array_compact(functions.array(reasons.toArray(Column[]::new))))
                .collectAsList()
                .stream()
                .<Set<String>>map(row -> new TreeSet<>(row.<String>getList(0)))
                .toList();
    }

    private static String focusName(String reason) {
        String column = reason.substring(0, reason.indexOf(' '));
        String pascal = Arrays.stream(column.split("_", -1))
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
        return (pascal.equals("Provider") ? "ProviderName" : pascal) + reason.substring(reason.indexOf(' '));
    }

    private static Dataset<Row> drawn(List<Map<String, String>> rows) {
        List<String> names = List.copyOf(rows.get(0).keySet());
        var schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        List<Row> cells = rows.stream()
                .map(row -> RowFactory.create(names.stream()
                        .map(name -> row.getOrDefault(name, "").isEmpty() ? null : row.get(name))
                        .toArray()))
                .toList();
        Map<String, String> places = new TreeMap<>();
        names.stream().filter(name -> !name.equals("mutation")).forEach(name -> places.put(own(name), name));
        Column[] columns = Cost.TABLE.mappedFields().stream()
                .map(field -> {
                    Type type = field.spec().type();
                    Column cell = places.containsKey(field.column())
                            ? functions.col(places.get(field.column()))
                            : functions.lit(null).cast("string");
                    Column value = type == Type.LABELS
                            ? functions.from_json(cell, type.dataType())
                            : cell.cast(type.dataType());
                    return value.as(field.column());
                })
                .toArray(Column[]::new);
        return TestSpark.session().createDataFrame(cells, schema).select(columns);
    }

    private static String own(String column) {
        return switch (column) {
            case "ProviderName" -> "provider";
            case "PublisherName" -> "publisher";
            case "InvoiceIssuerName" -> "invoice_issuer";
            case "RegionId" -> "region";
            case "version" -> "focus_version";
            case "absent" -> "absent_columns";
            default -> column.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        };
    }

    private static Map<String, String> with(Map<String, String> row, String... columnsAndValues) {
        Map<String, String> changed = new LinkedHashMap<>(row);
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            changed.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return changed;
    }

    private static Map<String, String> good(String kind) {
        return Optional.ofNullable(good().get(kind)).orElseThrow();
    }

    /** A row of each kind that breaks no rule, in all columns of 1.2. */
    private static Map<String, Map<String, String>> good() {
        Map<String, String> usage = with(
                Map.of(),
                "AvailabilityZone",
                "z",
                "BilledCost",
                "15",
                "BillingAccountId",
                "a",
                "BillingAccountName",
                "A",
                "BillingAccountType",
                "t",
                "BillingCurrency",
                "USD",
                "BillingPeriodEnd",
                "2026-04-01T00:00:00Z",
                "BillingPeriodStart",
                NOW_AND_THEN,
                "CapacityReservationId",
                "",
                "CapacityReservationStatus",
                "",
                "ChargeCategory",
                "Usage",
                "ChargeClass",
                "",
                "ChargeDescription",
                "d",
                "ChargeFrequency",
                "Usage-Based",
                "ChargePeriodEnd",
                "2026-03-02T00:00:00Z",
                "ChargePeriodStart",
                NOW_AND_THEN,
                "CommitmentDiscountCategory",
                "",
                "CommitmentDiscountId",
                "",
                "CommitmentDiscountName",
                "",
                "CommitmentDiscountQuantity",
                "",
                "CommitmentDiscountStatus",
                "",
                "CommitmentDiscountType",
                "",
                "CommitmentDiscountUnit",
                "",
                "ConsumedQuantity",
                "5",
                "ConsumedUnit",
                "Hours",
                "ContractedCost",
                "15",
                "ContractedUnitPrice",
                "3",
                "EffectiveCost",
                "15",
                "InvoiceId",
                "i",
                "InvoiceIssuerName",
                "P",
                "ListCost",
                "20",
                "ListUnitPrice",
                "4",
                "PricingCategory",
                "Standard",
                "PricingCurrency",
                "USD",
                "PricingCurrencyContractedUnitPrice",
                "3",
                "PricingCurrencyEffectiveCost",
                "15",
                "PricingCurrencyListUnitPrice",
                "4",
                "PricingQuantity",
                "5",
                "PricingUnit",
                "Hours",
                "ProviderName",
                "P",
                "PublisherName",
                "P",
                "RegionId",
                "r",
                "RegionName",
                "R",
                "ResourceId",
                "res",
                "ResourceName",
                "Res",
                "ResourceType",
                "vm",
                "ServiceCategory",
                "Compute",
                "ServiceName",
                "VMs",
                "ServiceSubcategory",
                "Virtual Machines",
                "SkuId",
                "s",
                "SkuMeter",
                "m",
                "SkuPriceDetails",
                "{\"CoreCount\":\"4\"}",
                "SkuPriceId",
                "sp",
                "SubAccountId",
                "sub",
                "SubAccountName",
                "Sub",
                "SubAccountType",
                "project",
                "Tags",
                "{\"k\":\"v\"}",
                "version",
                "1.2");
        Map<String, String> used = with(
                usage,
                "CommitmentDiscountCategory",
                "Usage",
                "CommitmentDiscountId",
                "c",
                "CommitmentDiscountName",
                "C",
                "CommitmentDiscountQuantity",
                "5",
                "CommitmentDiscountStatus",
                "Used",
                "CommitmentDiscountType",
                "ri",
                "CommitmentDiscountUnit",
                "Hours",
                "PricingCategory",
                "Committed",
                "BilledCost",
                "0");
        Map<String, Map<String, String>> good = new LinkedHashMap<>();
        good.put("usage", usage);
        good.put("used", used);
        good.put(
                "unused",
                with(
                        used,
                        "CommitmentDiscountStatus",
                        "Unused",
                        "ResourceId",
                        "c",
                        "ConsumedQuantity",
                        "",
                        "ConsumedUnit",
                        ""));
        good.put(
                "commitment",
                with(
                        used,
                        "ChargeCategory",
                        "Purchase",
                        "ChargeFrequency",
                        "One-Time",
                        "CommitmentDiscountStatus",
                        "",
                        "ConsumedQuantity",
                        "",
                        "ConsumedUnit",
                        "",
                        "EffectiveCost",
                        "0",
                        "BilledCost",
                        "15",
                        "PricingCategory",
                        "Standard",
                        "ResourceId",
                        "c"));
        good.put(
                "tax",
                with(
                        usage,
                        "ChargeCategory",
                        "Tax",
                        "ConsumedQuantity",
                        "",
                        "ConsumedUnit",
                        "",
                        "ContractedUnitPrice",
                        "",
                        "ListUnitPrice",
                        "",
                        "PricingCategory",
                        "",
                        "PricingCurrencyContractedUnitPrice",
                        "",
                        "PricingCurrencyListUnitPrice",
                        "",
                        "PricingQuantity",
                        "",
                        "PricingUnit",
                        "",
                        "SkuId",
                        "",
                        "SkuMeter",
                        "",
                        "SkuPriceId",
                        "",
                        "SkuPriceDetails",
                        ""));
        good.put(
                "credit",
                with(
                        usage,
                        "ChargeCategory",
                        "Credit",
                        "ConsumedQuantity",
                        "",
                        "ConsumedUnit",
                        "",
                        "BilledCost",
                        "-15"));
        good.put(
                "correction",
                with(
                        usage,
                        "ChargeClass",
                        "Correction",
                        "ListUnitPrice",
                        "",
                        "PricingQuantity",
                        "",
                        "PricingUnit",
                        ""));
        good.put("reserved", with(usage, "CapacityReservationId", "cr", "CapacityReservationStatus", "Used"));
        return good;
    }
}
