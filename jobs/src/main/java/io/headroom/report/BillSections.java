package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_report_daily.CostReportDaily;
import io.headroom.mart.invoice_reconciliation.InvoiceReconciliation;
import java.util.List;

/** Where the bill goes, in its own currency and in that of reports, and whether it is the one that was invoiced. */
final class BillSections {

    static final List<Section> ALL = List.of(costAllocation(), costReport(), invoiceReconciliation());

    private BillSections() {}

    private static Section costAllocation() {
        return Section.of("cost_allocation", Chart.STACKED_COLUMNS)
                .title(CostSections.CHAPTER, "Where the cost goes")
                .question("How much of the bill is for somebody, idle, shared, or for nobody we could name?")
                .definition("""
                        Effective cost by month. Direct: its charge or a rule names the cluster, model, workload or team. \
                        Idle: unused commitment, as the bill tells it. Shared: parts of a cost that a rule spreads. \
                        Unallocated: neither, and it stays a part of its own. The four add up to the bill.""")
                .caption("""
                        The first and last month may be incomplete; a month to come holds what is already billed for it. All \
                        providers of one currency are stacked together.""")
                .whenEmpty("Deliver FOCUS charges, then run again.")
                .reads(CostAllocatedDaily.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.money("direct_cost", "Direct").as(VALUE),
                        Shown.money("idle_cost", "Idle").as(VALUE),
                        Shown.money("shared_cost", "Shared").as(VALUE),
                        Shown.money("unallocated_cost", "Unallocated").as(VALUE),
                        Shown.money("effective_cost", "Effective cost"),
                        Shown.share("direct_share", "Direct share"),
                        Shown.share("idle_share", "Idle share"),
                        Shown.share("shared_share", "Shared share"),
                        Shown.share("unallocated_share", "Unallocated share"));
    }

    private static Section costReport() {
        return Section.of("cost_report", Chart.STACKED_COLUMNS)
                .title(CostSections.CHAPTER, "Cost in one currency")
                .question("What do all bills cost in our own currency, and at which rates?")
                .definition("""
                        Effective cost of each day × the rate that held at its start, added up by month. Rate: units of the \
                        report currency for one of the bill. Inverse: one over a published rate; cross: over the rates of both \
                        currencies in a third. Mean rate: Σ converted ÷ Σ billed currency.""")
                .caption(
                        "The report currency is set in the configuration. No rate is guessed: a past day without one refuses all of this; days to come are not converted yet.")
                .whenEmpty("Deliver FOCUS charges, and rates of exchange where currencies differ, then run again.")
                .reads(CostReportDaily.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("report_currency", "Currency").as(PICK),
                        Shown.text("billing_currency", "Currency of the bill").as(FILTER),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.money("direct_cost", "Direct").as(VALUE),
                        Shown.money("idle_cost", "Idle").as(VALUE),
                        Shown.money("shared_cost", "Shared").as(VALUE),
                        Shown.money("unallocated_cost", "Unallocated").as(VALUE),
                        Shown.money("report_cost", "Cost, converted"),
                        Shown.money("effective_cost", "Cost, as billed"),
                        Shown.count("days_not_converted", "Not converted", "days"),
                        Shown.number("mean_rate", "Mean rate", ""),
                        Shown.number("lowest_rate", "Lowest rate", ""),
                        Shown.number("highest_rate", "Highest rate", ""),
                        Shown.text("fx_method", "Method"),
                        Shown.text("fx_publisher", "Published by"));
    }

    private static Section invoiceReconciliation() {
        return Section.of("invoice_reconciliation", Chart.TABLE)
                .title(CostSections.CHAPTER, "Invoices")
                .question("Do the charge lines add up to the invoices, to the last decimal?")
                .definition("""
                        Lines: Σ billed cost of the charges that name the invoice. Invoiced: what staging.invoice states. \
                        Difference: invoiced − lines. Effective: Σ effective cost of the same charges; spread: what \
                        mart.cost_daily has of them on all days. Reconciled: neither pair differs.""")
                .caption("""
                        What differs stands first. No invoice: lines of which no invoice is delivered; no lines: an invoice \
                        without charges.""")
                .whenEmpty("Deliver FOCUS charges and invoices (staging.invoice), then run again.")
                .reads(InvoiceReconciliation.TABLE)
                .columns(
                        Shown.text("state", "State").as(FILTER),
                        Shown.text("invoice_issuer", "Issuer").as(FILTER),
                        Shown.text("billing_account_id", "Billing account"),
                        Shown.text("invoice_id", "Invoice"),
                        Shown.date("billing_period_start", "Period from"),
                        Shown.text("billing_currency", "Currency").as(FILTER),
                        Shown.money("billed_cost", "Lines"),
                        Shown.money("invoiced_cost", "Invoiced"),
                        Shown.money("difference", "Difference"),
                        Shown.count("line_count", "Charges", "lines"),
                        Shown.money("effective_cost", "Effective"),
                        Shown.money("spread_cost", "Spread"));
    }
}
