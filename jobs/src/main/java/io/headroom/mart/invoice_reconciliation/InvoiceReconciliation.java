package io.headroom.mart.invoice_reconciliation;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.invoice.Invoice;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One invoice in one currency: what its charge lines add up to, what it states, and what became of it by day. */
public enum InvoiceReconciliation implements Field {
    DAY(Spec.date("UTC day on which the billing period begins.").required()),
    INVOICE_ISSUER(Spec.string("FOCUS InvoiceIssuerName; who sells the service, where none is told.")
            .required()),
    BILLING_ACCOUNT_ID(Spec.string("FOCUS BillingAccountId.")),
    INVOICE_ID(Spec.string("FOCUS InvoiceId; null for the lines of the period that name none.")),
    BILLING_PERIOD_START(Spec.instant("FOCUS BillingPeriodStart, inclusive.").required()),
    BILLING_CURRENCY(Spec.string("ISO 4217 code.").required()),
    BILLED_COST(Spec.money("Billed cost of its charge lines; null without any.")),
    INVOICED_COST(Spec.money(
            "What staging.invoice states, as known last: the amount of the whole invoice where one is told, else its details"
                    + " together; null where no invoice is delivered.")),
    DIFFERENCE(Spec.money("Invoiced less billed cost; null where either is not told.")),
    LINE_COUNT(Spec.count("charges", "Its charge lines.").required()),
    EFFECTIVE_COST(Spec.money("Effective cost of its charge lines, on whatever days; null without any.")),
    SPREAD_COST(Spec.money("What mart.cost_daily has of these lines on all days: the effective cost, exactly.")),
    STATE(Spec.string(
                    "differs: spread is not effective cost, or invoiced not billed, to the last decimal; reconciled: both are;"
                            + " no_invoice: lines of which no invoice is delivered; no_lines: an invoice without lines.")
            .required());

    public static final Table TABLE = Table.mart("invoice_reconciliation")
            .grain("one invoice in one currency; of no invoice, one account, billing period and currency")
            .fields(values())
            .partitionedByDay()
            .build();

    /** Whatever touches a line or a day touches the day on which its billing period begins, and no other. */
    public static final SelectJob JOB = SelectJob.of(
            InvoiceReconciliation.class,
            TABLE,
            Input.interval(Cost.TABLE, Cost.BILLING_PERIOD_START, Cost.BILLING_PERIOD_START),
            Input.interval(CostDaily.TABLE, CostDaily.BILLING_PERIOD_START, CostDaily.BILLING_PERIOD_START),
            Input.interval(Invoice.TABLE, Invoice.BILLING_PERIOD_START, Invoice.BILLING_PERIOD_START));

    private final Spec spec;

    InvoiceReconciliation(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
