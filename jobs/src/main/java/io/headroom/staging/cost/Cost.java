package io.headroom.staging.cost;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One FOCUS charge line. */
public enum Cost implements Field {
    PROVIDER(Spec.string("FOCUS ProviderName.").required()),
    PUBLISHER(Spec.string("FOCUS PublisherName.")),
    INVOICE_ISSUER(Spec.string("FOCUS InvoiceIssuerName.")),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.").required()),
    BILLING_ACCOUNT_NAME(Spec.string("FOCUS BillingAccountName.")),
    SUB_ACCOUNT_ID(Spec.string("FOCUS SubAccountId.")),
    SUB_ACCOUNT_NAME(Spec.string("FOCUS SubAccountName.")),
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
    LIST_UNIT_PRICE(Spec.money("FOCUS ListUnitPrice.")),
    CONTRACTED_UNIT_PRICE(Spec.money("FOCUS ContractedUnitPrice.")),
    PRICING_CATEGORY(Spec.string("FOCUS PricingCategory.")),
    PRICING_QUANTITY(Spec.number("pricing_unit", "FOCUS PricingQuantity.")),
    PRICING_UNIT(Spec.string("FOCUS PricingUnit.")),
    CONSUMED_QUANTITY(Spec.number("consumed_unit", "FOCUS ConsumedQuantity.")),
    CONSUMED_UNIT(Spec.string("FOCUS ConsumedUnit.")),
    COMMITMENT_DISCOUNT_ID(Spec.string("FOCUS CommitmentDiscountId.")),
    COMMITMENT_DISCOUNT_NAME(Spec.string("FOCUS CommitmentDiscountName.")),
    COMMITMENT_DISCOUNT_CATEGORY(Spec.string("FOCUS CommitmentDiscountCategory.")),
    COMMITMENT_DISCOUNT_TYPE(Spec.string("FOCUS CommitmentDiscountType.")),
    COMMITMENT_DISCOUNT_STATUS(Spec.string("FOCUS CommitmentDiscountStatus: Used or Unused.")),
    REGION(Spec.string("FOCUS RegionId.")),
    REGION_NAME(Spec.string("FOCUS RegionName.")),
    AVAILABILITY_ZONE(Spec.string("FOCUS AvailabilityZone.")),
    SERVICE_CATEGORY(Spec.string("FOCUS ServiceCategory.")),
    SERVICE_NAME(Spec.string("FOCUS ServiceName.")),
    SKU_ID(Spec.string("FOCUS SkuId.")),
    SKU_PRICE_ID(Spec.string("FOCUS SkuPriceId.")),
    RESOURCE_ID(Spec.string("FOCUS ResourceId.")),
    RESOURCE_NAME(Spec.string("FOCUS ResourceName.")),
    RESOURCE_TYPE(Spec.string("FOCUS ResourceType.")),
    TAGS(Spec.string("FOCUS Tags, as JSON.")),
    CLUSTER(Spec.string(
            "Cluster that the charge is for; null when it cannot be told, and then the cost is unallocated."));

    public static final Table TABLE = Table.staging("cost")
            .grain("one FOCUS charge line")
            .fields(values())
            .partitionedByDayOf(CHARGE_PERIOD_START)
            .plausible(CHARGE_PERIOD_END)
            .rule("charge_period_end is not after charge_period_start", "charge_period_end > charge_period_start")
            .rule("billing_period_end is not after billing_period_start", "billing_period_end > billing_period_start")
            .rule("billing_currency is not an ISO 4217 code", "billing_currency RLIKE '^[A-Z]{3}$'")
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
