package io.headroom.mart.invoice_reconciliation;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.MetersAndBills;
import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.invoice.Invoice;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvoiceReconciliationTest {

    private static final String CHARGES = """
            provider | billing_account_id | invoice_id | billing_period_start | charge_period_start | charge_period_end   | billing_currency | billed_cost | effective_cost
            P        | a                  | i1         | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 10.1        | 9
            P        | a                  | i1         | 2026-03-01 00:00:00  | 2026-02-27 00:00:00 | 2026-02-28 00:00:00 | USD              | -0.1        | -0.1
            P        | a                  | i1         | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2027-03-01 00:00:00 | USD              | 0           | 365
            P        | a                  | i1         | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | EUR              | 4           | 4
            P        | a                  | i2         | 2026-04-01 00:00:00  | 2026-04-01 00:00:00 | 2026-05-01 00:00:00 | USD              | 7           | 7
            P        | b                  | i3         | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 5           | 5
            P        | b                  |            | 2026-03-01 00:00:00  | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 6           | 6
            """;

    private static final String INVOICES = """
            provider | billing_account_id | invoice_id | invoice_detail_id | billing_period_start | billing_currency | billed_cost          | known_at
            P        | a                  | i1         | d1                | 2026-03-01 00:00:00  | USD              | 4                    | 2026-04-01 00:00:00
            P        | a                  | i1         | d2                | 2026-03-01 00:00:00  | USD              | 5                    | 2026-04-01 00:00:00
            P        | a                  | i1         | d2                | 2026-03-01 00:00:00  | USD              | 6                    | 2026-04-02 00:00:00
            P        | a                  | i1         |                   | 2026-03-01 00:00:00  | EUR              | 4                    | 2026-04-01 00:00:00
            P        | a                  | i1         | d1                | 2026-03-01 00:00:00  | EUR              | 3                    | 2026-04-01 00:00:00
            P        | a                  | i2         |                   | 2026-04-01 00:00:00  | USD              | 7.000000000000000001 | 2026-05-01 00:00:00
            P        | a                  | i9         |                   | 2026-04-01 00:00:00  | USD              | 1                    | 2026-05-01 00:00:00
            """;

    @Test
    void linesAreHeldAgainstInvoices() {
        TestInputs inputs = TestInputs.NONE
                .with(Cost.TABLE, Rows.of(Cost.TABLE, CHARGES))
                .with(Invoice.TABLE, Rows.of(Invoice.TABLE, INVOICES))
                .after(CostDaily.JOB);

        assertThat(told(inputs))
                .containsExactly(
                        // Its details as known last; what is told of the year lies on all its days.
                        "a i1 USD 10.0 10.0 0.0 3 373.9 373.9 reconciled",
                        // The whole, not the details as well.
                        "a i1 EUR 4.0 4.0 0.0 1 4.0 4.0 reconciled",
                        "a i2 USD 7.0 7.0 1.0E-18 1 7.0 7.0 differs",
                        "a i9 USD null 1.0 null 0 null null no_lines",
                        "b null USD 6.0 null null 1 6.0 6.0 no_invoice",
                        "b i3 USD 5.0 null null 1 5.0 5.0 no_invoice");
    }

    @Test
    void whatIsNotSpreadByDayIsNotReconciled() {
        TestInputs inputs = TestInputs.NONE
                .with(Cost.TABLE, Rows.of(Cost.TABLE, CHARGES).filter("invoice_id = 'i1'"))
                .with(Invoice.TABLE, Rows.of(Invoice.TABLE, INVOICES).filter("invoice_id = 'i1'"))
                .after(CostDaily.JOB);
        TestInputs lost =
                inputs.with(CostDaily.TABLE, inputs.rows(CostDaily.TABLE).filter("day <> '2026-07-01'"));

        assertThat(told(lost))
                .containsExactly(
                        "a i1 USD 10.0 10.0 0.0 3 373.9 372.9 differs", "a i1 EUR 4.0 4.0 0.0 1 4.0 4.0 reconciled");
    }

    @Test
    void aNewBillTouchesItsPeriodAndNoOther(@TempDir Path folder) {
        var fleet = new MetersAndBills(folder, List.of(CostDaily.JOB, InvoiceReconciliation.JOB));
        fleet.bill("march.csv", "2026-03,2026-03-01,2027-03-01,365");
        fleet.bill("april.csv", "2026-04,2026-04-01,2026-04-29,28");
        fleet.run();
        Map<String, Long> before = fleet.lake().versions();

        fleet.bill("may.csv", "2026-05,2026-05-01,2026-05-29,28", "2026-05,2026-03-30,2026-03-31,-1");
        Map<String, Long> written = fleet.run();

        assertThat(fleet.changed(InvoiceReconciliation.TABLE, before)).containsExactly(LocalDate.parse("2026-05-01"));
        assertThat(written).containsEntry(InvoiceReconciliation.JOB.name(), 1L);
    }

    private static List<String> told(TestInputs inputs) {
        return inputs
                .derive(InvoiceReconciliation.JOB)
                .selectExpr(
                        "billing_account_id",
                        "invoice_id",
                        "billing_currency",
                        "CAST(billed_cost AS DOUBLE)",
                        "CAST(invoiced_cost AS DOUBLE)",
                        "CAST(difference AS DOUBLE)",
                        "line_count",
                        "CAST(effective_cost AS DOUBLE)",
                        "round(CAST(spread_cost AS DOUBLE), 9)",
                        "state")
                .orderBy(
                        col("billing_account_id"),
                        col("invoice_id"),
                        col("billing_currency").desc())
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
