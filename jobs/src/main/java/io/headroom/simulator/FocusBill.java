package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.trunc;

import io.headroom.staging.cluster.Cluster;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * FOCUS 1.0 bills of the clusters that are billed. All of a cluster is committed: bought monthly (billed, not effective),
 * and used or left unused daily (effective, not billed), so that both add up to the same. Support is shared by clusters.
 */
final class FocusBill {

    static final String HOURS = "hours";
    static final String AMOUNT = "amount";
    private static final String BILLING_MONTH = "billing_month";
    private static final String HOURS_TYPE = "decimal(18,6)";
    private static final String MONEY_TYPE = "decimal(28,6)";
    private static final String SUPPORT_SHARE = "0.03";

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

    private final Fleet fleet;
    private final Soiling soiling;

    FocusBill(Fleet fleet, Soiling soiling) {
        this.fleet = fleet;
        this.soiling = soiling;
    }

    /**
     * The lines of all bills, each with the month of its file.
     *
     * @param capacity clusters by day
     */
    Dataset<Row> of(Dataset<Row> activity, Dataset<Row> capacity) {
        Dataset<Row> committed = capacity.filter(Working.IS_BILLED.col());
        Dataset<Row> used = priced(used(activity, committed));
        Dataset<Row> unused = priced(unused(used));
        Dataset<Row> bought = bought(committed);
        return FocusLine.lines(used, FocusLine.commitment(), FocusLine.used())
                .union(FocusLine.lines(unused, FocusLine.commitment(), FocusLine.unused()))
                .union(FocusLine.lines(bought, FocusLine.commitment(), FocusLine.purchase()))
                .union(FocusLine.lines(support(bought), FocusLine.support(), Map.of()))
                .withColumn(Working.MONTH.column(), fleet.calendar().indexOf(to_timestamp(col("BillingPeriodStart"))))
                .transform(this::withBrokenLines);
    }

    private Dataset<Row> withBrokenLines(Dataset<Row> lines) {
        return soiling.withBrokenCopies(
                lines, WAYS_TO_BREAK, col("ProviderName"), col("ChargePeriodStart"), col("ChargeDescription"));
    }

    private static Dataset<Row> used(Dataset<Row> activity, Dataset<Row> committed) {
        Column seconds = sum(Working.ALLOCATED_GPUS.col().multiply(Working.LENGTH_S.col()));
        return activity.groupBy(Cluster.CLUSTER.col(), to_date(Activity.at()).as(Capacity.FROM_DAY))
                .agg(seconds.divide(3600).cast(HOURS_TYPE).as(HOURS))
                .join(committed, new String[] {Cluster.CLUSTER.column(), Capacity.FROM_DAY});
    }

    private static Dataset<Row> unused(Dataset<Row> used) {
        return used.withColumn(HOURS, installedHours().minus(col(HOURS)).cast(HOURS_TYPE));
    }

    /** Commitments of each month, to be invoiced. */
    static Dataset<Row> bought(Dataset<Row> committed) {
        Dataset<Row> bought = committed
                .withColumn(BILLING_MONTH, trunc(col(Capacity.FROM_DAY), "month"))
                .groupBy(
                        Cluster.CLUSTER.col(),
                        Cluster.PROVIDER.col(),
                        Cluster.REGION.col(),
                        Cluster.ACCELERATOR.col(),
                        Working.UNIT_PRICE.col(),
                        col(BILLING_MONTH))
                .agg(
                        min(col(Capacity.FROM_DAY)).as(Capacity.FROM_DAY),
                        max(col(Capacity.TO_DAY)).as(Capacity.TO_DAY),
                        sum(installedHours()).cast(HOURS_TYPE).as(HOURS));
        return priced(bought);
    }

    /** Support by provider and month, for a share of what was bought. */
    static Dataset<Row> support(Dataset<Row> bought) {
        Column share = lit(SUPPORT_SHARE).cast("decimal(4,2)");
        return bought.groupBy(Cluster.PROVIDER.col(), col(Capacity.FROM_DAY), col(Capacity.TO_DAY))
                .agg(sum(col(AMOUNT)).multiply(share).cast(MONEY_TYPE).as(AMOUNT));
    }

    private static Dataset<Row> priced(Dataset<Row> charges) {
        return charges.withColumn(
                AMOUNT, Working.UNIT_PRICE.col().multiply(col(HOURS)).cast(MONEY_TYPE));
    }

    private static Column installedHours() {
        return Working.INSTALLED_GPUS.col().multiply(24);
    }

    private static Map<String, Column> way(String column, String value) {
        return Map.of(column, lit(value));
    }
}
