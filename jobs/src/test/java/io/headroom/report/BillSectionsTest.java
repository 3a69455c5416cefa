package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_report_daily.CostReportDaily;
import io.headroom.mart.invoice_reconciliation.InvoiceReconciliation;
import org.junit.jupiter.api.Test;

/** Where the bill goes. */
class BillSectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void thePartsOfAMonthAddUpToItAndUnallocatedStaysVisible() {
        tables.draw(CostAllocatedDaily.TABLE, """
                day        | provider | cluster | cost_kind   | billing_currency | effective_cost
                2026-09-30 | a        | c1      | direct      | USD              | 12345678901.23
                2026-09-30 | a        |         | unallocated | USD              | 30
                2026-10-01 | a        | c1      | direct      | USD              | 50
                2026-10-01 | a        | c1      | idle        | USD              | 20
                2026-10-02 | a        | c2      | shared      | USD              | 15
                2026-10-31 | a        |         | unallocated | USD              | 15
                2026-10-31 | a        |         | unallocated | EUR              | 9
                2026-10-31 | b        | c3      | direct      | USD              | 8
                2026-10-31 | b        | c3      | direct      | USD              | -8
                """);

        assertThat(tables.cells("cost_allocation", "month"))
                .containsExactly("2026-10", "2026-10", "2026-10", "2026-09");
        assertThat(tables.cells("cost_allocation", "billing_currency")).containsExactly("EUR", "USD", "USD", "USD");
        assertThat(tables.cells("cost_allocation", "direct_cost")).containsExactly(0.0, 50.0, 0.0, 12345678901.23);
        assertThat(tables.cells("cost_allocation", "idle_cost")).containsExactly(0.0, 20.0, 0.0, 0.0);
        assertThat(tables.cells("cost_allocation", "shared_cost")).containsExactly(0.0, 15.0, 0.0, 0.0);
        assertThat(tables.cells("cost_allocation", "unallocated_cost")).containsExactly(9.0, 15.0, 0.0, 30.0);
        assertThat(tables.cells("cost_allocation", "effective_cost")).containsExactly(9.0, 100.0, 0.0, 12345678931.23);
        assertThat(tables.cells("cost_allocation", "unallocated_share").subList(0, 3))
                .as("a month of credits that take its charges back has no shares")
                .containsExactly(1.0, 0.15, null);
    }

    @Test
    void costInOneCurrencyShowsTheRatesThatMadeIt() {
        tables.draw(CostReportDaily.TABLE, """
                day        | provider | cost_kind   | billing_currency | effective_cost | report_currency | fx_rate | fx_publisher | fx_method | report_cost
                2026-10-01 | a        | direct      | USD              | 100            | EUR             | 0.9     | ECB          | inverse   | 90
                2026-10-02 | a        | direct      | USD              | 100            | EUR             | 0.8     | ECB          | inverse   | 80
                2026-10-02 | a        | unallocated | USD              | 200            | EUR             | 0.8     | ECB          | inverse   | 160
                2026-10-02 | b        | shared      | EUR              | 7              | EUR             | 1       |              | same      | 7
                """);

        assertThat(tables.cells("cost_report", "direct_cost")).containsExactly(170.0, 0.0);
        assertThat(tables.cells("cost_report", "unallocated_cost")).containsExactly(160.0, 0.0);
        assertThat(tables.cells("cost_report", "shared_cost")).containsExactly(0.0, 7.0);
        assertThat(tables.cells("cost_report", "report_cost")).containsExactly(330.0, 7.0);
        assertThat(tables.cells("cost_report", "effective_cost")).containsExactly(400.0, 7.0);
        assertThat(tables.cells("cost_report", "mean_rate")).containsExactly(0.825, 1.0);
        assertThat(tables.cells("cost_report", "lowest_rate")).containsExactly(0.8, 1.0);
        assertThat(tables.cells("cost_report", "highest_rate")).containsExactly(0.9, 1.0);
        assertThat(tables.cells("cost_report", "fx_method")).containsExactly("inverse", "same");
        assertThat(tables.cells("cost_report", "fx_publisher")).containsExactly("ECB", null);
    }

    @Test
    void invoicesThatDifferStandBeforeThoseThatDoNot() {
        tables.draw(InvoiceReconciliation.TABLE, """
                invoice_issuer | billing_account_id | invoice_id | billing_period_start | billing_currency | billed_cost | invoiced_cost | difference | line_count | state
                a        | x                  | i2         | 2026-10-01 00:00:00  | USD              | 5           | 5             | 0          | 3          | reconciled
                a        | x                  | i1         | 2026-09-01 00:00:00  | USD              | 5           | 7             | -2         | 1          | differs
                a        | x                  |            | 2026-10-01 00:00:00  | EUR              | 4           |               |            | 1          | no_invoice
                """);

        assertThat(tables.cells("invoice_reconciliation", "state"))
                .containsExactly("no invoice", "differs", "reconciled");
        assertThat(tables.cells("invoice_reconciliation", "billing_period_start"))
                .containsExactly("2026-10-01", "2026-09-01", "2026-10-01");
        assertThat(tables.cells("invoice_reconciliation", "difference")).containsExactly(null, -2.0, 0.0);
    }
}
