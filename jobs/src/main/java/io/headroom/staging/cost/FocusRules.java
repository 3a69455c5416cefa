package io.headroom.staging.cost;

import io.headroom.table.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What FOCUS demands of a charge and Headroom can do without: noted, not refused. Each rule is named by the column of FOCUS and
 * what is wrong of it, and holds for charges whose version is known. Null in a column that the file does not have is none.
 */
final class FocusRules {

    static final List<Rule> NOTES = new FocusRules().notes();

    private static final String PRICED =
            "charge_category IN ('Usage', 'Purchase') AND NOT charge_class <=> 'Correction' AND ";
    /** Doubles tell some fifteen digits, and providers round costs. */
    private static final String IS_FAR = "abs(%1$s - %2$s) > 1e-6 * greatest(abs(%1$s), abs(%2$s))";

    private final List<Rule> notes = new ArrayList<>();

    private FocusRules() {}

    private List<Rule> notes() {
        mandatory();
        prices();
        commitments();
        dependents();
        allowedValues();
        currencies();
        contracts();
        return List.copyOf(notes);
    }

    private void mandatory() {
        note("ChargePeriodEnd is ChargePeriodStart, taken as an instant", "charge_period_end = charge_period_start");
        note("InvoiceIssuerName is null", "invoice_issuer IS NULL");
        note("PublisherName is null", "focus_version < '1.4' AND publisher IS NULL");
        note("ListCost is null", "list_cost IS NULL");
        note("ContractedCost is null", "contracted_cost IS NULL");
        note("ServiceCategory is null", "service_category IS NULL");
        note("ServiceName is null", "service_name IS NULL");
        note("ChargeDescription is null", "charge_description IS NULL");
        note("ChargeFrequency is null", "charge_frequency IS NULL" + inFile("ChargeFrequency"));
        since("1.1", "ServiceSubcategory is null", "service_subcategory IS NULL" + inFile("ServiceSubcategory"));
        since("1.2", "BillingAccountType is null", "billing_account_type IS NULL" + inFile("BillingAccountType"));
    }

    private void prices() {
        for (String column : List.of(
                "SkuId",
                "SkuPriceId",
                "PricingCategory",
                "PricingQuantity",
                "ListUnitPrice",
                "ContractedUnitPrice",
                "PricingCurrencyListUnitPrice",
                "PricingCurrencyContractedUnitPrice")) {
            note(column + " is not null on a Tax", "charge_category = 'Tax' AND %s IS NOT NULL".formatted(own(column)));
            note(column + " is null on a Usage or Purchase", PRICED + own(column) + " IS NULL" + inFile(column));
        }
        for (String column : List.of(
                "ListUnitPrice",
                "ContractedUnitPrice",
                "PricingCurrencyListUnitPrice",
                "PricingCurrencyContractedUnitPrice")) {
            note(column + " is negative", own(column) + " < 0");
        }
        product("ListCost", "ListUnitPrice");
        product("ContractedCost", "ContractedUnitPrice");
        note(
                "ChargeFrequency is Usage-Based on a Purchase",
                "charge_category = 'Purchase' AND charge_frequency = 'Usage-Based'");
        note(
                "ConsumedQuantity is not null on what is not used",
                "consumed_quantity IS NOT NULL"
                        + " AND (NOT charge_category <=> 'Usage' OR commitment_discount_status <=> 'Unused')");
        note(
                "ConsumedQuantity is null on a Usage",
                "charge_category = 'Usage' AND consumed_quantity IS NULL AND NOT commitment_discount_status <=> 'Unused'"
                        + " AND NOT charge_class <=> 'Correction'" + inFile("ConsumedQuantity"));
    }

    private void product(String cost, String price) {
        String product = "CAST(%s AS DOUBLE) * pricing_quantity".formatted(own(price));
        note(
                "%s times PricingQuantity is not %s".formatted(price, cost),
                "NOT charge_class <=> 'Correction' AND "
                        + IS_FAR.formatted("CAST(%s AS DOUBLE)".formatted(own(cost)), product));
    }

    private void commitments() {
        dependent("CommitmentDiscountCategory", "CommitmentDiscountId", "1.0");
        dependent("CommitmentDiscountType", "CommitmentDiscountId", "1.0");
        onlyWith("CommitmentDiscountName", "CommitmentDiscountId", "1.0");
        onlyWith("CommitmentDiscountStatus", "CommitmentDiscountId", "1.0");
        String ofCommitment = "commitment_discount_id IS NOT NULL AND charge_category = 'Usage' AND ";
        note(
                "CommitmentDiscountStatus is null on a Usage of a commitment",
                ofCommitment + "commitment_discount_status IS NULL" + inFile("CommitmentDiscountStatus"));
        note(
                "PricingCategory is not Committed on a Usage of a commitment",
                ofCommitment + "pricing_category <> 'Committed'");
        note(
                "ResourceId is not CommitmentDiscountId on what is Unused",
                ofCommitment + "commitment_discount_status = 'Unused' AND NOT resource_id <=> commitment_discount_id");
        note(
                "EffectiveCost is not 0 on a Purchase of a commitment",
                "charge_category = 'Purchase' AND commitment_discount_id IS NOT NULL AND effective_cost <> 0");
        since(
                "1.1",
                "CommitmentDiscountQuantity is null on a Usage or Purchase of a commitment",
                PRICED + "commitment_discount_id IS NOT NULL AND commitment_discount_quantity IS NULL"
                        + inFile("CommitmentDiscountQuantity"));
        since(
                "1.1",
                "CommitmentDiscountQuantity is not null without a Usage or Purchase of a commitment",
                "commitment_discount_quantity IS NOT NULL"
                        + " AND (commitment_discount_id IS NULL OR charge_category NOT IN ('Usage', 'Purchase'))");
        dependent("CommitmentDiscountUnit", "CommitmentDiscountQuantity", "1.1");
    }

    private void dependents() {
        dependent("ConsumedUnit", "ConsumedQuantity", "1.0");
        dependent("PricingUnit", "PricingQuantity", "1.0");
        dependent("RegionName", "RegionId", "1.0");
        dependent("ResourceType", "ResourceId", "1.0");
        onlyWith("ResourceName", "ResourceId", "1.0");
        dependent("SubAccountName", "SubAccountId", "1.0");
        dependent("SubAccountType", "SubAccountId", "1.2");
        dependent("SkuMeter", "SkuId", "1.1");
        onlyWith("SkuPriceDetails", "SkuPriceId", "1.1");
        onlyWith("CapacityReservationStatus", "CapacityReservationId", "1.1");
        since(
                "1.1",
                "CapacityReservationId is null on what is Unused",
                "capacity_reservation_status = 'Unused' AND capacity_reservation_id IS NULL");
        since(
                "1.1",
                "CapacityReservationStatus is null on a Usage of a reservation",
                "capacity_reservation_id IS NOT NULL AND charge_category = 'Usage' AND capacity_reservation_status IS NULL"
                        + inFile("CapacityReservationStatus"));
    }

    private void allowedValues() {
        FocusValues.ALLOWED.forEach((column, values) -> note(
                column + " is none of its allowed values",
                "%s NOT IN (%s)".formatted(own(column), FocusValues.quoted(values))));
        var parents = new StringBuilder("CASE service_category");
        FocusValues.SUBCATEGORIES.forEach(
                (category, subcategories) -> parents.append(" WHEN '%s' THEN service_subcategory NOT IN (%s)"
                        .formatted(category, FocusValues.quoted(subcategories))));
        since(
                "1.1",
                "ServiceSubcategory is not of its ServiceCategory",
                parents.append(" ELSE service_category IS NOT NULL AND service_subcategory IS NOT NULL END")
                        .toString());
    }

    private void currencies() {
        String isUnknown = "%s NOT IN (" + FocusValues.quoted(FocusValues.CURRENCIES) + ")";
        note("BillingCurrency is not of ISO 4217", isUnknown.formatted("billing_currency"));
        since("1.4", "PricingCurrency is not of ISO 4217", isUnknown.formatted("pricing_currency"));
        since("1.2", "PricingCurrency is null", "pricing_currency IS NULL" + inFile("PricingCurrency"));
        since(
                "1.2",
                "PricingCurrencyEffectiveCost is null",
                "pricing_currency_effective_cost IS NULL" + inFile("PricingCurrencyEffectiveCost"));
    }

    private void contracts() {
        since(
                "1.3",
                "ContractApplied has no Elements",
                "contract_applied IS NOT NULL AND json_array_length(coalesce(get_json_object(contract_applied, '$.Elements'),"
                        + " get_json_object(contract_applied, '$.elements'))) IS NULL");
    }

    private void dependent(String column, String on, String version) {
        onlyWith(column, on, version);
        since(
                version,
                "%s is null though %s is not".formatted(column, on),
                "%s IS NOT NULL AND %s IS NULL%s".formatted(own(on), own(column), inFile(column)));
    }

    private void onlyWith(String column, String on, String version) {
        since(
                version,
                "%s is not null though %s is".formatted(column, on),
                "%s IS NULL AND %s IS NOT NULL".formatted(own(on), own(column)));
    }

    private void note(String name, String broken) {
        notes.add(new Rule(
                name, "focus_version IS NULL OR NOT coalesce(%s, false)".formatted(broken), Rule.Severity.NOTE));
    }

    private void since(String version, String name, String broken) {
        note(name, version.equals("1.0") ? broken : "focus_version >= '%s' AND %s".formatted(version, broken));
    }

    /** That the file has the column, where it can be without. */
    private static String inFile(String column) {
        return " AND coalesce(find_in_set('%s', absent_columns), 0) = 0".formatted(column);
    }

    /** Our name of a column of FOCUS. */
    private static String own(String column) {
        return switch (column) {
            case "RegionId" -> "region";
            default -> column.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        };
    }
}
