package io.headroom.staging.cost;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One FOCUS charge line: the columns of Cost and Usage 1.0 to 1.4, what follows from them, and what the charge names. */
public enum Cost implements Field {
    PROVIDER(Spec.string("Who sells the service: FOCUS ServiceProviderName, before 1.3 ProviderName.")
            .required()),
    PUBLISHER(Spec.string("FOCUS PublisherName, up to 1.3.")),
    HOST_PROVIDER(Spec.string("FOCUS HostProviderName: whose infrastructure it runs on.")),
    INVOICE_ISSUER(Spec.string("FOCUS InvoiceIssuerName.")),
    INVOICE_ID(Spec.string("FOCUS InvoiceId; null while no invoice is issued.")),
    INVOICE_DETAIL_ID(Spec.string("FOCUS InvoiceDetailId.")),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.").required()),
    BILLING_ACCOUNT_NAME(Spec.string("FOCUS BillingAccountName.")),
    BILLING_ACCOUNT_TYPE(Spec.string("FOCUS BillingAccountType.")),
    SUB_ACCOUNT_ID(Spec.string("FOCUS SubAccountId.")),
    SUB_ACCOUNT_NAME(Spec.string("FOCUS SubAccountName.")),
    SUB_ACCOUNT_TYPE(Spec.string("FOCUS SubAccountType.")),
    BILLING_PERIOD_START(Spec.instant("FOCUS BillingPeriodStart, inclusive.").required()),
    BILLING_PERIOD_END(Spec.instant("FOCUS BillingPeriodEnd, exclusive.").required()),
    CHARGE_PERIOD_START(Spec.instant("FOCUS ChargePeriodStart, inclusive.").required()),
    CHARGE_PERIOD_END(Spec.instant("FOCUS ChargePeriodEnd, exclusive.").required()),
    CHARGE_CATEGORY(Spec.string("FOCUS ChargeCategory.").required()),
    CHARGE_CLASS(Spec.string("FOCUS ChargeClass.")),
    CHARGE_DESCRIPTION(Spec.string("FOCUS ChargeDescription.")),
    CHARGE_FREQUENCY(Spec.string("FOCUS ChargeFrequency.")),
    BILLED_COST(Spec.money("FOCUS BilledCost: invoiced, cash.").required()),
    EFFECTIVE_COST(Spec.money("FOCUS EffectiveCost: amortised.").required()),
    LIST_COST(Spec.money("FOCUS ListCost.")),
    CONTRACTED_COST(Spec.money("FOCUS ContractedCost.")),
    BILLING_CURRENCY(Spec.string("FOCUS BillingCurrency, ISO 4217.").required()),
    LIST_UNIT_PRICE(Spec.price("FOCUS ListUnitPrice.")),
    CONTRACTED_UNIT_PRICE(Spec.price("FOCUS ContractedUnitPrice.")),
    PRICING_CURRENCY(Spec.string("FOCUS PricingCurrency: ISO 4217, or a virtual currency such as credits.")),
    PRICING_CURRENCY_EFFECTIVE_COST(Spec.money("FOCUS PricingCurrencyEffectiveCost, in the pricing currency.")),
    PRICING_CURRENCY_LIST_UNIT_PRICE(Spec.price("FOCUS PricingCurrencyListUnitPrice, in the pricing currency.")),
    PRICING_CURRENCY_CONTRACTED_UNIT_PRICE(
            Spec.price("FOCUS PricingCurrencyContractedUnitPrice, in the pricing currency.")),
    PRICING_CATEGORY(Spec.string("FOCUS PricingCategory.")),
    PRICING_QUANTITY(Spec.number("pricing_unit", "FOCUS PricingQuantity.")),
    PRICING_UNIT(Spec.string("FOCUS PricingUnit.")),
    CONSUMED_QUANTITY(Spec.number("consumed_unit", "FOCUS ConsumedQuantity.")),
    CONSUMED_UNIT(Spec.string("FOCUS ConsumedUnit.")),
    CAPACITY_RESERVATION_ID(Spec.string("FOCUS CapacityReservationId.")),
    CAPACITY_RESERVATION_STATUS(Spec.string("FOCUS CapacityReservationStatus: Used or Unused.")),
    COMMITMENT_DISCOUNT_ID(Spec.string("FOCUS CommitmentDiscountId.")),
    COMMITMENT_DISCOUNT_NAME(Spec.string("FOCUS CommitmentDiscountName.")),
    COMMITMENT_DISCOUNT_CATEGORY(Spec.string("FOCUS CommitmentDiscountCategory.")),
    COMMITMENT_DISCOUNT_TYPE(Spec.string("FOCUS CommitmentDiscountType.")),
    COMMITMENT_DISCOUNT_STATUS(Spec.string("FOCUS CommitmentDiscountStatus: Used or Unused.")),
    COMMITMENT_DISCOUNT_QUANTITY(Spec.number("commitment_discount_unit", "FOCUS CommitmentDiscountQuantity.")),
    COMMITMENT_DISCOUNT_UNIT(Spec.string("FOCUS CommitmentDiscountUnit.")),
    COMMITMENT_PROGRAM_ELIGIBILITY(Spec.string("FOCUS CommitmentProgramEligibilityDetails, as JSON.")),
    CONTRACT_APPLIED(
            Spec.string("FOCUS ContractApplied, as JSON: what of the charge counts towards which commitment.")),
    REGION(Spec.string("FOCUS RegionId.")),
    REGION_NAME(Spec.string("FOCUS RegionName.")),
    AVAILABILITY_ZONE(Spec.string("FOCUS AvailabilityZone.")),
    SERVICE_CATEGORY(Spec.string("FOCUS ServiceCategory.")),
    SERVICE_SUBCATEGORY(Spec.string("FOCUS ServiceSubcategory.")),
    SERVICE_NAME(Spec.string("FOCUS ServiceName.")),
    SKU_ID(Spec.string("FOCUS SkuId.")),
    SKU_METER(Spec.string("FOCUS SkuMeter.")),
    SKU_PRICE_ID(Spec.string("FOCUS SkuPriceId.")),
    SKU_PRICE_DETAILS(Spec.labels("FOCUS SkuPriceDetails.")),
    RESOURCE_ID(Spec.string("FOCUS ResourceId.")),
    RESOURCE_NAME(Spec.string("FOCUS ResourceName.")),
    RESOURCE_TYPE(Spec.string("FOCUS ResourceType.")),
    ALLOCATED_METHOD_ID(Spec.string("FOCUS AllocatedMethodId: how the provider split the cost.")),
    ALLOCATED_METHOD_DETAILS(Spec.string("FOCUS AllocatedMethodDetails, as JSON.")),
    ALLOCATED_RESOURCE_ID(Spec.string("FOCUS AllocatedResourceId.")),
    ALLOCATED_RESOURCE_NAME(Spec.string("FOCUS AllocatedResourceName.")),
    ALLOCATED_TAGS(Spec.labels("FOCUS AllocatedTags.")),
    TAGS(Spec.labels("FOCUS Tags.")),
    EXTENSIONS(
            Spec.labels(
                    "Columns that FOCUS does not have, by name: the provider's own, those that FOCUS names x_, and any other.")),
    FOCUS_VERSION(
            Spec.string("Version of FOCUS that the file follows, as its columns tell: 1.0, 1.1, 1.2, 1.3 or 1.4.")),
    ABSENT_COLUMNS(
            Spec.string(
                    "FOCUS columns that the file lacks though charges often have them, joined by commas: their nulls break no rule.")),
    TOKEN_COUNT(Spec.number(
            "tokens", "Tokens that the charge is for, where its consumed unit is tokens or a multiple of them.")),
    TOKEN_TYPE(
            Spec.string(
                    "Bucket of these tokens: uncached_input, cache_read, cache_write, output or reasoning; null where the charge tells none, or several together.")),
    CLUSTER(Spec.string("Cluster that the charge names; null where it names none.")),
    MODEL(Spec.string("Model that the charge names.")),
    WORKLOAD(Spec.string("Workload that the charge names.")),
    TEAM(Spec.string("Team that the charge names."));

    public static final Table TABLE = Table.staging("cost")
            .grain("one FOCUS charge line")
            .fields(values())
            .partitionedByDayOf(CHARGE_PERIOD_START)
            .plausible(CHARGE_PERIOD_END)
            .rule("charge_period_end is before charge_period_start", "charge_period_end >= charge_period_start")
            .rule("billing_period_end is not after billing_period_start", "billing_period_end > billing_period_start")
            .rule("billing_currency is not an ISO 4217 code", "billing_currency RLIKE '^[A-Z]{3}$'")
            .rules(FocusRules.NOTES)
            .build();

    private final Spec spec;

    Cost(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
