package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.headroom.staging.cluster.Cluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns of FOCUS Cost and Usage as text, by the kind of charge. Those that a charge does not tell are empty. */
final class FocusLine {

    /** The invoice that has the charge. */
    static final String INVOICE = "invoice";

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
    /** What 1.1 and 1.2 add to 1.0, and a column of the provider's own. */
    private static final List<String> ADDED = List.of(
            "BillingAccountType",
            "CapacityReservationId",
            "CapacityReservationStatus",
            "CommitmentDiscountQuantity",
            "CommitmentDiscountUnit",
            "InvoiceId",
            "PricingCurrency",
            "PricingCurrencyContractedUnitPrice",
            "PricingCurrencyEffectiveCost",
            "PricingCurrencyListUnitPrice",
            "ServiceSubcategory",
            "SkuMeter",
            "SkuPriceDetails",
            "SubAccountType",
            "x_Model");

    static final Column NOTHING = lit("0").cast(Charges.MONEY_TYPE);

    private FocusLine() {}

    /** The charges as lines that tell what every line does, what lines of a kind do, and what is their own. */
    static Dataset<Row> lines(Dataset<Row> charges, String focus, Map<String, Column> ofKind, Map<String, Column> own) {
        Map<String, Column> told = new HashMap<>(always());
        told.putAll(ofKind);
        told.putAll(own);
        told.put("PricingCurrencyEffectiveCost", told.getOrDefault("EffectiveCost", NOTHING));
        told.put("PricingCurrencyListUnitPrice", told.getOrDefault("ListUnitPrice", lit(null)));
        told.put("PricingCurrencyContractedUnitPrice", told.getOrDefault("ContractedUnitPrice", lit(null)));
        Stream<String> names = focus.equals(Bill.FIRST)
                ? COLUMNS.stream()
                : Stream.concat(COLUMNS.stream(), ADDED.stream()).sorted();
        Stream<Column> columns = names.map(
                name -> told.getOrDefault(name, lit(null)).cast("string").as(name));
        return charges.select(
                Stream.concat(columns, Stream.of(Working.MONTH.col())).toArray(Column[]::new));
    }

    private static Map<String, Column> always() {
        Column provider = Cluster.PROVIDER.col();
        Column account = Working.ACCOUNT.col();
        Column month = col(Charges.BILLING_MONTH);
        return Map.ofEntries(
                Map.entry("BillingAccountId", account),
                Map.entry("BillingAccountName", account),
                Map.entry("BillingAccountType", lit("Billing account")),
                Map.entry("SubAccountId", account),
                Map.entry("SubAccountName", account),
                Map.entry("SubAccountType", lit("Account")),
                Map.entry("BillingCurrency", Working.CURRENCY.col()),
                Map.entry("PricingCurrency", Working.CURRENCY.col()),
                Map.entry("InvoiceId", col(INVOICE)),
                Map.entry("BillingPeriodStart", midnight(month)),
                Map.entry("BillingPeriodEnd", midnight(add_months(month, 1))),
                Map.entry("ChargePeriodStart", midnight(col(Capacity.FROM_DAY))),
                Map.entry("ChargePeriodEnd", midnight(col(Capacity.TO_DAY))),
                Map.entry("ContractedCost", col(Charges.AMOUNT)),
                Map.entry("ProviderName", provider),
                Map.entry("PublisherName", provider),
                Map.entry("InvoiceIssuerName", provider));
    }

    private static Column midnight(Column day) {
        return concat(day.cast("string"), lit("T00:00:00Z"));
    }
}
