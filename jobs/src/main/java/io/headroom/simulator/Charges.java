package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.cluster.Cluster;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What is charged for the rented clusters of a fleet, before bills tell it. Amounts are exact: hours and quantities have six
 * decimals, prices four.
 */
final class Charges {

    static final String HOURS = "hours";
    static final String AMOUNT = "amount";
    /** First day of the month whose bill has the charge. */
    static final String BILLING_MONTH = "billing_month";

    static final String MONEY_TYPE = "decimal(28,12)";
    private static final String HOURS_TYPE = "decimal(18,6)";
    private static final String SUPPORT_SHARE = "0.03";
    private static final String CREDIT_SHARE = "-0.01";

    private final SparkSession spark;
    private final Fleet fleet;

    Charges(SparkSession spark, Fleet fleet) {
        this.spark = spark;
        this.fleet = fleet;
    }

    /** One row: what one cluster has on one day, billed or not. */
    Dataset<Row> days() {
        return priced(new Capacity(spark, fleet)
                .days()
                .withColumn(BILLING_MONTH, trunc(col(Capacity.FROM_DAY), "month"))
                .withColumn(HOURS, installedHours().cast(HOURS_TYPE)));
    }

    /** One row: what workloads held of one billed cluster on one day. */
    Dataset<Row> used(Dataset<Row> activity) {
        Column seconds = sum(Working.ALLOCATED_GPUS.col().multiply(Working.LENGTH_S.col()));
        Dataset<Row> held = activity.groupBy(
                        Cluster.CLUSTER.col(), to_date(Activity.at()).as(Capacity.FROM_DAY))
                .agg(seconds.divide(3600).cast(HOURS_TYPE).as(HOURS));
        return priced(held.join(billedDays().drop(HOURS), new String[] {Cluster.CLUSTER.column(), Capacity.FROM_DAY}));
    }

    /** One row: what nobody held of it. */
    Dataset<Row> unused(Dataset<Row> activity) {
        return priced(used(activity)
                .withColumn(HOURS, installedHours().minus(col(HOURS)).cast(HOURS_TYPE)));
    }

    /** One row: a commitment for all that one billed cluster has in the months that are paid at once. */
    Dataset<Row> commitments() {
        Column payment = floor(fleet.calendar().indexOf(col(Capacity.FROM_DAY)).divide(Working.PAID_MONTHS.col()));
        Dataset<Row> paid = billedDays()
                .groupBy(
                        Cluster.CLUSTER.col(),
                        Cluster.PROVIDER.col(),
                        Cluster.REGION.col(),
                        Cluster.ACCELERATOR.col(),
                        Working.UNIT_PRICE.col(),
                        Working.ACCOUNT.col(),
                        Working.CURRENCY.col(),
                        Working.FOCUS.col(),
                        payment)
                .agg(
                        min(col(Capacity.FROM_DAY)).as(Capacity.FROM_DAY),
                        max(col(Capacity.TO_DAY)).as(Capacity.TO_DAY),
                        min(col(BILLING_MONTH)).as(BILLING_MONTH),
                        sum(col(HOURS)).cast(HOURS_TYPE).as(HOURS));
        return priced(paid);
    }

    /** One row: support of one account in one month, for a share of what its clusters have in it. */
    Dataset<Row> support() {
        return shareOfMonth(SUPPORT_SHARE);
    }

    /** One row: what one account is granted in one month. */
    Dataset<Row> credits() {
        return shareOfMonth(CREDIT_SHARE);
    }

    /** One row: an hour of the last day of a month that is given back for one cluster on the next bill. */
    Dataset<Row> corrections() {
        Column isLastOfMonth = dayofmonth(col(Capacity.TO_DAY)).equalTo(1);
        Column isBilledAfterwards = col(Capacity.TO_DAY).lt(lit(fleet.end()));
        return priced(billedDays()
                .filter(isLastOfMonth.and(isBilledAfterwards))
                .withColumn(BILLING_MONTH, col(Capacity.TO_DAY))
                .withColumn(HOURS, negate(Working.INSTALLED_GPUS.col()).cast(HOURS_TYPE)));
    }

    /** The invoice that has a charge, once its month is over: null before, and where FOCUS has no column for it. */
    Column invoiceId() {
        Column isOver = add_months(col(BILLING_MONTH), 1).leq(lit(fleet.end()));
        return when(
                isOver.and(Working.FOCUS.col().notEqual(Bill.FIRST)),
                concat(Working.ACCOUNT.col(), lit("-"), date_format(col(BILLING_MONTH), "yyyyMM")));
    }

    private Dataset<Row> billedDays() {
        return days().filter(Working.IS_BILLED.col());
    }

    private Dataset<Row> shareOfMonth(String share) {
        return billedDays()
                .groupBy(
                        Cluster.PROVIDER.col(),
                        Working.ACCOUNT.col(),
                        Working.CURRENCY.col(),
                        Working.FOCUS.col(),
                        col(BILLING_MONTH))
                .agg(
                        min(col(Capacity.FROM_DAY)).as(Capacity.FROM_DAY),
                        max(col(Capacity.TO_DAY)).as(Capacity.TO_DAY),
                        sum(col(AMOUNT))
                                .cast("decimal(26,10)")
                                .multiply(lit(share).cast("decimal(4,2)"))
                                .cast(MONEY_TYPE)
                                .as(AMOUNT));
    }

    private static Dataset<Row> priced(Dataset<Row> charges) {
        return charges.withColumn(
                AMOUNT, Working.UNIT_PRICE.col().multiply(col(HOURS)).cast(MONEY_TYPE));
    }

    private static Column installedHours() {
        return Working.INSTALLED_GPUS.col().multiply(24);
    }
}
