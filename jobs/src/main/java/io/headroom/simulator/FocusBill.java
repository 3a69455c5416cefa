package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_interval;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.unix_date;

import io.headroom.staging.cluster.Cluster;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * FOCUS 1.0 bills of the clusters that are billed. All of a cluster is committed: bought monthly (billed, not effective),
 * and used or left unused daily (effective, not billed), so that both add up to the same. Support is shared by clusters.
 */
final class FocusBill {

    static final String FROM_DAY = "from_day";
    static final String TO_DAY = "to_day";
    static final String HOURS = "hours";
    static final String AMOUNT = "amount";
    private static final String HOURS_TYPE = "decimal(18,6)";
    private static final String MONEY_TYPE = "decimal(28,6)";
    private static final String SUPPORT_SHARE = "0.03";

    private final Fleet fleet;

    FocusBill(Fleet fleet) {
        this.fleet = fleet;
    }

    Dataset<Row> of(Dataset<Row> activity) {
        Dataset<Row> committed = committed(activity.sparkSession());
        Dataset<Row> used = priced(used(activity, committed));
        Dataset<Row> unused = priced(unused(used));
        Dataset<Row> bought = priced(bought(committed));
        Dataset<Row> support = support(bought);
        return FocusLine.lines(used, FocusLine.commitment(), FocusLine.used())
                .union(FocusLine.lines(unused, FocusLine.commitment(), FocusLine.unused()))
                .union(FocusLine.lines(bought, FocusLine.commitment(), FocusLine.purchase()))
                .union(FocusLine.lines(support, FocusLine.support(), Map.of()))
                .withColumn(Working.MONTH.column(), fleet.calendar().indexOf(to_timestamp(col("BillingPeriodStart"))));
    }

    private Dataset<Row> committed(SparkSession spark) {
        return new LocalRows<FleetCluster>()
                .text(Cluster.CLUSTER, FleetCluster::cluster)
                .text(Cluster.PROVIDER, FleetCluster::provider)
                .text(Cluster.REGION, FleetCluster::region)
                .text(Cluster.ACCELERATOR, cluster -> cluster.hardware().accelerator())
                .with(Working.UNIT_PRICE, FleetCluster::pricePerGpuHour)
                .with(Working.INSTALLED_GPUS, cluster ->
                        (long) cluster.hardware().gpus())
                .of(
                        spark,
                        fleet.clusters().stream().filter(FleetCluster::isBilled).toList());
    }

    private Dataset<Row> used(Dataset<Row> activity, Dataset<Row> committed) {
        Column seconds = sum(Working.ALLOCATED_GPUS.col()).multiply(fleet.intervalS());
        return activity.groupBy(Cluster.CLUSTER.col(), to_date(Activity.at()).as(FROM_DAY))
                .agg(seconds.divide(3600).cast(HOURS_TYPE).as(HOURS))
                .join(committed, Cluster.CLUSTER.column())
                .withColumn(TO_DAY, date_add(col(FROM_DAY), 1));
    }

    private static Dataset<Row> unused(Dataset<Row> used) {
        Column idle = installedHours(lit(1)).minus(col(HOURS)).cast(HOURS_TYPE);
        return used.withColumn(HOURS, idle);
    }

    private Dataset<Row> bought(Dataset<Row> committed) {
        Column first = lit(fleet.calendar().firstDay());
        Column last = add_months(first, fleet.calendar().months() - 1);
        Column days = unix_date(col(TO_DAY)).minus(unix_date(col(FROM_DAY)));
        return committed
                .withColumn(FROM_DAY, explode(sequence(first, last, make_interval(lit(0), lit(1)))))
                .withColumn(TO_DAY, least(add_months(col(FROM_DAY), 1), lit(fleet.end())))
                .withColumn(FROM_DAY, greatest(col(FROM_DAY), lit(fleet.start())))
                .withColumn(HOURS, installedHours(days).cast(HOURS_TYPE));
    }

    private static Dataset<Row> support(Dataset<Row> bought) {
        Column share = lit(SUPPORT_SHARE).cast("decimal(4,2)");
        return bought.groupBy(Cluster.PROVIDER.col(), col(FROM_DAY), col(TO_DAY))
                .agg(sum(col(AMOUNT)).multiply(share).cast(MONEY_TYPE).as(AMOUNT));
    }

    private static Dataset<Row> priced(Dataset<Row> charges) {
        return charges.withColumn(
                AMOUNT, Working.UNIT_PRICE.col().multiply(col(HOURS)).cast(MONEY_TYPE));
    }

    private static Column installedHours(Column days) {
        return Working.INSTALLED_GPUS.col().multiply(24).multiply(days);
    }
}
