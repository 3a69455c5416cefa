package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;

import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.cost.Cost;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;

/** What lines of bills tell by the kind of their charge, in columns of FOCUS. */
final class FocusCharge {

    private static final Column LIST_PER_CONTRACTED = lit("1.25").cast("decimal(4,2)");

    private FocusCharge() {}

    static Map<String, Column> commitment() {
        Column commitment = commitmentId();
        Column accelerator = Cluster.ACCELERATOR.col();
        Map<String, Column> told = new HashMap<>(ofCluster());
        told.putAll(Map.ofEntries(
                Map.entry("CommitmentDiscountCategory", lit("Usage")),
                Map.entry("CommitmentDiscountId", commitment),
                Map.entry("CommitmentDiscountName", commitment),
                Map.entry("CommitmentDiscountType", lit("Reserved capacity")),
                Map.entry("CommitmentDiscountQuantity", col(Charges.HOURS)),
                Map.entry("CommitmentDiscountUnit", lit("Hours")),
                Map.entry("ContractedUnitPrice", Working.UNIT_PRICE.col()),
                Map.entry("ListCost", atList(col(Charges.AMOUNT))),
                Map.entry("ListUnitPrice", atList(Working.UNIT_PRICE.col())),
                Map.entry("PricingQuantity", col(Charges.HOURS)),
                Map.entry("PricingUnit", lit("Hours")),
                Map.entry("SkuId", accelerator),
                Map.entry("SkuMeter", lit("GPU hours")),
                Map.entry("SkuPriceId", concat(accelerator, lit("-committed")))));
        return told;
    }

    private static Map<String, Column> ofCluster() {
        Column cluster = Cluster.CLUSTER.col();
        Map<String, Column> told = new HashMap<>(compute());
        told.putAll(Map.of(
                "RegionId", Cluster.REGION.col(),
                "RegionName", Cluster.REGION.col(),
                "ResourceId", cluster,
                "ResourceName", cluster,
                "ResourceType", lit("GPU cluster"),
                "Tags", format_string("{\"cluster\": \"%s\"}", cluster)));
        return told;
    }

    private static Map<String, Column> compute() {
        return Map.of(
                "ServiceCategory", lit("Compute"),
                "ServiceSubcategory", lit("Virtual Machines"),
                "ServiceName", lit("Accelerated compute"));
    }

    static Map<String, Column> used() {
        Map<String, Column> told = new HashMap<>(usage("Used"));
        told.put("ConsumedQuantity", col(Charges.HOURS));
        told.put("ConsumedUnit", lit("Hours"));
        return told;
    }

    /** What nobody used is of no resource but the commitment. */
    static Map<String, Column> unused() {
        Map<String, Column> told = new HashMap<>(usage("Unused"));
        told.putAll(Map.of(
                "ResourceId", commitmentId(),
                "ResourceName", commitmentId(),
                "ResourceType", lit("Commitment")));
        return told;
    }

    private static Column commitmentId() {
        return concat(lit("commitment-"), Cluster.CLUSTER.col());
    }

    private static Map<String, Column> usage(String status) {
        return Map.of(
                "ChargeCategory", lit("Usage"),
                "ChargeFrequency", lit("Usage-Based"),
                "ChargeDescription", concat(lit(status + " capacity of "), Cluster.CLUSTER.col()),
                "CommitmentDiscountStatus", lit(status),
                "PricingCategory", lit("Committed"),
                "BilledCost", FocusLine.NOTHING,
                "EffectiveCost", col(Charges.AMOUNT));
    }

    static Map<String, Column> purchase() {
        return Map.of(
                "ChargeCategory", lit("Purchase"),
                "ChargeFrequency", lit("Recurring"),
                "ChargeDescription", concat(lit("Commitment for "), Cluster.CLUSTER.col()),
                "PricingCategory", lit("Standard"),
                "BilledCost", col(Charges.AMOUNT),
                "EffectiveCost", FocusLine.NOTHING);
    }

    static Map<String, Column> support() {
        Column amount = col(Charges.AMOUNT);
        return Map.ofEntries(
                Map.entry("ChargeCategory", lit("Purchase")),
                Map.entry("ChargeFrequency", lit("Recurring")),
                Map.entry("ChargeDescription", lit("Support plan")),
                Map.entry("PricingCategory", lit("Standard")),
                Map.entry("PricingQuantity", lit(1)),
                Map.entry("PricingUnit", lit("Months")),
                Map.entry("BilledCost", amount),
                Map.entry("EffectiveCost", amount),
                Map.entry("ListCost", amount),
                Map.entry("ListUnitPrice", amount),
                Map.entry("ContractedUnitPrice", amount),
                Map.entry("ServiceCategory", lit("Other")),
                Map.entry("ServiceSubcategory", lit("Other (Other)")),
                Map.entry("ServiceName", lit("Support")),
                Map.entry("SkuId", lit("support")),
                Map.entry("SkuMeter", lit("Months")),
                Map.entry("SkuPriceId", lit("support-plan")));
    }

    static Map<String, Column> credit() {
        return unpriced(compute(), "Credit", lit("Credit of the month"));
    }

    /** Of the bill before, and so in no relation to a price. */
    static Map<String, Column> correction() {
        Map<String, Column> told = new HashMap<>(
                unpriced(ofCluster(), "Usage", concat(lit("An hour given back of "), Cluster.CLUSTER.col())));
        told.put("ChargeClass", lit("Correction"));
        return told;
    }

    private static Map<String, Column> unpriced(Map<String, Column> service, String category, Column description) {
        Column amount = col(Charges.AMOUNT);
        Map<String, Column> told = new HashMap<>(service);
        told.putAll(Map.of(
                "ChargeCategory", lit(category),
                "ChargeFrequency", lit("One-Time"),
                "ChargeDescription", description,
                "BilledCost", amount,
                "EffectiveCost", amount,
                "ListCost", amount));
        return told;
    }

    static Map<String, Column> tokens() {
        Column amount = col(Charges.AMOUNT);
        Column model = Cost.MODEL.col();
        Column price = concat(model, lit("-"), Cost.TOKEN_TYPE.col());
        return Map.ofEntries(
                Map.entry("ChargeCategory", lit("Usage")),
                Map.entry("ChargeFrequency", lit("Usage-Based")),
                Map.entry("ChargeDescription", concat(TokenSales.meter(), lit(" of "), model)),
                Map.entry("PricingCategory", lit("Standard")),
                Map.entry("PricingQuantity", col(TokenSales.MILLIONS)),
                Map.entry("PricingUnit", lit("1000000 Tokens")),
                Map.entry("ConsumedQuantity", Cost.TOKEN_COUNT.col()),
                Map.entry("ConsumedUnit", lit("Tokens")),
                Map.entry("BilledCost", amount),
                Map.entry("EffectiveCost", amount),
                Map.entry("ListCost", amount),
                Map.entry("ListUnitPrice", Working.UNIT_PRICE.col()),
                Map.entry("ContractedUnitPrice", Working.UNIT_PRICE.col()),
                Map.entry("ServiceCategory", lit("AI and Machine Learning")),
                Map.entry("ServiceSubcategory", lit("Generative AI")),
                Map.entry("ServiceName", lit("Model API")),
                Map.entry("SkuId", model),
                Map.entry("SkuMeter", TokenSales.meter()),
                Map.entry("SkuPriceId", price),
                Map.entry("SkuPriceDetails", format_string("{\"x_Model\": \"%s\"}", model)),
                Map.entry("x_Model", model));
    }

    /** Exactly: prices have four decimals, amounts ten. */
    private static Column atList(Column amount) {
        return amount.cast("decimal(24,10)").multiply(LIST_PER_CONTRACTED).cast(Charges.MONEY_TYPE);
    }
}
