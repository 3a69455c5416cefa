package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trunc;

import io.headroom.staging.cluster.Cluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns of FOCUS 1.0 Cost and Usage as text, by the kind of charge. Those that a charge does not tell are empty. */
final class FocusLine {

    private static final List<String> COLUMNS = List.of(
            "AvailabilityZone",
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "CommitmentDiscountCategory",
            "CommitmentDiscountId",
            "CommitmentDiscountName",
            "CommitmentDiscountStatus",
            "CommitmentDiscountType",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "RegionId",
            "RegionName",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "ServiceCategory",
            "ServiceName",
            "SkuId",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "Tags");
    private static final Column NOTHING = lit("0").cast("decimal(28,6)");
    private static final Column LIST_PER_CONTRACTED = lit("1.25").cast("decimal(4,2)");

    private FocusLine() {}

    /** The charges as lines that tell what every line does, what lines of a kind do, and what is their own. */
    static Dataset<Row> lines(Dataset<Row> charges, Map<String, Column> ofKind, Map<String, Column> own) {
        Map<String, Column> told = new HashMap<>(always());
        told.putAll(ofKind);
        told.putAll(own);
        Column[] columns = COLUMNS.stream()
                .map(name -> told.getOrDefault(name, lit(null)).cast("string").as(name))
                .toArray(Column[]::new);
        return charges.select(columns);
    }

    private static Map<String, Column> always() {
        Column provider = Cluster.PROVIDER.col();
        Column account = concat(provider, lit("-billing"));
        Column month = trunc(col(Capacity.FROM_DAY), "month");
        return Map.ofEntries(
                Map.entry("BillingAccountId", account),
                Map.entry("BillingAccountName", account),
                Map.entry("SubAccountId", account),
                Map.entry("SubAccountName", account),
                Map.entry("BillingCurrency", lit("USD")),
                Map.entry("BillingPeriodStart", midnight(month)),
                Map.entry("BillingPeriodEnd", midnight(add_months(month, 1))),
                Map.entry("ChargePeriodStart", midnight(col(Capacity.FROM_DAY))),
                Map.entry("ChargePeriodEnd", midnight(col(Capacity.TO_DAY))),
                Map.entry("ContractedCost", col(FocusBill.AMOUNT)),
                Map.entry("ProviderName", provider),
                Map.entry("PublisherName", provider),
                Map.entry("InvoiceIssuerName", provider));
    }

    static Map<String, Column> commitment() {
        Column cluster = Cluster.CLUSTER.col();
        Column commitment = concat(lit("commitment-"), cluster);
        Column accelerator = Cluster.ACCELERATOR.col();
        return Map.ofEntries(
                Map.entry("CommitmentDiscountCategory", lit("Usage")),
                Map.entry("CommitmentDiscountId", commitment),
                Map.entry("CommitmentDiscountName", commitment),
                Map.entry("CommitmentDiscountType", lit("Reserved capacity")),
                Map.entry("ContractedUnitPrice", Working.UNIT_PRICE.col()),
                Map.entry("ListCost", atList(col(FocusBill.AMOUNT))),
                Map.entry("ListUnitPrice", atList(Working.UNIT_PRICE.col())),
                Map.entry("PricingQuantity", col(FocusBill.HOURS)),
                Map.entry("PricingUnit", lit("Hours")),
                Map.entry("RegionId", Cluster.REGION.col()),
                Map.entry("RegionName", Cluster.REGION.col()),
                Map.entry("ResourceId", cluster),
                Map.entry("ResourceName", cluster),
                Map.entry("ResourceType", lit("GPU cluster")),
                Map.entry("ServiceCategory", lit("Compute")),
                Map.entry("ServiceName", lit("Accelerated compute")),
                Map.entry("SkuId", accelerator),
                Map.entry("SkuPriceId", concat(accelerator, lit("-committed"))),
                Map.entry("Tags", format_string("{\"cluster\": \"%s\"}", cluster)));
    }

    static Map<String, Column> used() {
        Map<String, Column> told = new HashMap<>(usage("Used"));
        told.put("ConsumedQuantity", col(FocusBill.HOURS));
        told.put("ConsumedUnit", lit("Hours"));
        return told;
    }

    static Map<String, Column> unused() {
        return usage("Unused");
    }

    private static Map<String, Column> usage(String status) {
        return Map.of(
                "ChargeCategory", lit("Usage"),
                "ChargeFrequency", lit("Usage-Based"),
                "ChargeDescription", concat(lit(status + " capacity of "), Cluster.CLUSTER.col()),
                "CommitmentDiscountStatus", lit(status),
                "PricingCategory", lit("Committed"),
                "BilledCost", NOTHING,
                "EffectiveCost", col(FocusBill.AMOUNT));
    }

    static Map<String, Column> purchase() {
        return Map.of(
                "ChargeCategory", lit("Purchase"),
                "ChargeFrequency", lit("Recurring"),
                "ChargeDescription", concat(lit("Commitment for "), Cluster.CLUSTER.col()),
                "PricingCategory", lit("Standard"),
                "BilledCost", col(FocusBill.AMOUNT),
                "EffectiveCost", NOTHING);
    }

    static Map<String, Column> support() {
        Column amount = col(FocusBill.AMOUNT);
        return Map.of(
                "ChargeCategory", lit("Purchase"),
                "ChargeFrequency", lit("Recurring"),
                "ChargeDescription", lit("Support plan"),
                "PricingCategory", lit("Standard"),
                "BilledCost", amount,
                "EffectiveCost", amount,
                "ListCost", amount,
                "ServiceCategory", lit("Other"),
                "ServiceName", lit("Support"));
    }

    private static Column midnight(Column day) {
        return concat(day.cast("string"), lit("T00:00:00Z"));
    }

    private static Column atList(Column amount) {
        return amount.multiply(LIST_PER_CONTRACTED).cast("decimal(28,6)");
    }
}
