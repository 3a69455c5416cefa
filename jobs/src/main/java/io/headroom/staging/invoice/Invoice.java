package io.headroom.staging.invoice;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** An amount that an invoice states. */
public enum Invoice implements Field {
    PROVIDER(Spec.string("Who sells the service, as charges name it.").required()),
    INVOICE_ISSUER(Spec.string("FOCUS InvoiceIssuerName.")),
    INVOICE_ID(Spec.string("FOCUS InvoiceId.").required()),
    INVOICE_DETAIL_ID(Spec.string("FOCUS InvoiceDetailId; null where the amount is the invoice's whole.")),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.").required()),
    BILLING_PERIOD_START(Spec.instant("FOCUS BillingPeriodStart, inclusive.").required()),
    BILLING_PERIOD_END(Spec.instant("FOCUS BillingPeriodEnd, exclusive.").required()),
    BILLED_COST(Spec.money("The amount.").required()),
    BILLING_CURRENCY(Spec.string("FOCUS BillingCurrency, ISO 4217.").required()),
    ISSUED_AT(Spec.instant("When the invoice was issued."));

    public static final Table TABLE = Table.staging("invoice")
            .grain("one amount that an invoice states, as known at a time")
            .fields(values())
            .plausible(BILLING_PERIOD_START)
            .plausible(BILLING_PERIOD_END)
            .rule("billing_period_end is not after billing_period_start", "billing_period_end > billing_period_start")
            .rule("billing_currency is not an ISO 4217 code", "billing_currency RLIKE '^[A-Z]{3}$'")
            .build();

    private final Spec spec;

    Invoice(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
