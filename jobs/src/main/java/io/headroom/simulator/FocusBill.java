package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * FOCUS bills of the clusters that are billed, and of tokens that are bought. All of a cluster is committed: bought by the
 * month or several at once (billed, not effective), and used or left unused daily (effective, not billed), so that both add
 * up to the same. Support is shared by the clusters of an account, and so is a credit; what was charged too much on the last
 * day of a month comes back on the next bill.
 */
record FocusBill(Fleet fleet, Charges charges, TokenSales sales, Soiling soiling) {

    /** One for each rule of the table and for kinds of columns that it requires. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            way("EffectiveCost", "twelve"),
            way("EffectiveCost", "1e40"),
            way("BilledCost", ""),
            way("BillingCurrency", "usd"),
            way("BillingAccountId", ""),
            way("ChargeCategory", ""),
            way("ChargePeriodEnd", "1999-01-01T00:00:00Z"),
            way("ChargePeriodStart", "1970-01-01T00:00:00Z"),
            way("BillingPeriodEnd", "2000-01-01T00:00:00Z"));

    /** The lines of all bills of one version of FOCUS, in its columns, each with the month of its file. */
    Dataset<Row> of(Dataset<Row> activity, String focus) {
        Map<String, Column> commitment = FocusCharge.commitment();
        Dataset<Row> lines = lines(charges.used(activity), focus, commitment, FocusCharge.used())
                .union(lines(charges.unused(activity), focus, commitment, FocusCharge.unused()))
                .union(lines(charges.commitments(), focus, commitment, FocusCharge.purchase()))
                .union(lines(charges.support(), focus, FocusCharge.support(), Map.of()))
                .union(lines(charges.credits(), focus, FocusCharge.credit(), Map.of()))
                .union(lines(charges.corrections(), focus, FocusCharge.correction(), Map.of()));
        return withTokens(lines, focus)
                .transform(rows -> soiling.withBrokenCopies(
                        rows,
                        WAYS_TO_BREAK,
                        col("BillingAccountId"),
                        col("ChargePeriodStart"),
                        col("ChargeDescription")));
    }

    private Dataset<Row> withTokens(Dataset<Row> lines, String focus) {
        return fleet.apis().isEmpty() ? lines : lines.union(lines(sales.days(), focus, FocusCharge.tokens(), Map.of()));
    }

    private Dataset<Row> lines(Dataset<Row> all, String focus, Map<String, Column> ofKind, Map<String, Column> own) {
        Dataset<Row> charged = all.filter(Working.FOCUS.col().equalTo(focus))
                .withColumn(FocusLine.INVOICE, charges.invoiceId())
                .withColumn(Working.MONTH.column(), fleet.calendar().indexOf(col(Charges.BILLING_MONTH)));
        return FocusLine.lines(charged, focus, ofKind, own);
    }

    private static Map<String, Column> way(String column, String value) {
        return Map.of(column, lit(value));
    }
}
