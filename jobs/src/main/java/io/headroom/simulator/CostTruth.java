package io.headroom.simulator;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.token_usage.TokenUsage;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * What a fleet really cost.
 *
 * @param owned what own clusters cost, by day and kind
 */
record CostTruth(Charges charges, TokenSales sales, Dataset<Row> owned) {

    private static final String DAY = OwnCosts.DAY;
    private static final String MONTH = "month";
    private static final String CURRENCY = "billing_currency";
    private static final String KIND = "kind";
    private static final String EFFECTIVE = "effective_cost";
    private static final String BILLED = "billed_cost";
    private static final String MONEY = "decimal(38,18)";

    /**
     * One row: one kind of cost of one cluster, or of none, in one month and currency. Effective cost is of the month's days;
     * billed cost is on the month's bill, null where there is no bill.
     */
    Dataset<Row> monthly() {
        Dataset<Row> effective = effective(charges.days(), "capacity")
                .union(effective(charges.corrections(), "correction"))
                .union(effective(charges.support(), "support"))
                .union(effective(charges.credits(), "credit"))
                .union(effective(sales.days(), "tokens"))
                .union(owned.select(
                        trunc(col(DAY), "month"),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        Working.CURRENCY.col(),
                        col(OwnCosts.KIND),
                        Working.COST.col(),
                        lit(null).cast(MONEY)));
        Dataset<Row> billed = billed(charges.commitments(), "capacity")
                .union(billed(charges.corrections(), "correction"))
                .union(billed(charges.support(), "support"))
                .union(billed(charges.credits(), "credit"))
                .union(billed(sales.days(), "tokens"));
        return effective
                .union(billed)
                .groupBy(MONTH, "provider", "cluster", CURRENCY, KIND)
                .agg(
                        sum(col(EFFECTIVE)).cast(MONEY).as(EFFECTIVE),
                        sum(col(BILLED)).cast(MONEY).as(BILLED));
    }

    /** One row: what lines of one account add up to on the bill of one month, and the invoice where they name one. */
    Dataset<Row> invoices() {
        return Stream.of(
                        charges.commitments(),
                        charges.corrections(),
                        charges.support(),
                        charges.credits(),
                        sales.days())
                .map(lines -> lines.select(
                        Cluster.PROVIDER.col(),
                        Working.ACCOUNT.col().as(Cost.BILLING_ACCOUNT_ID.column()),
                        charges.invoiceId().as(Cost.INVOICE_ID.column()),
                        col(Charges.BILLING_MONTH).as("billing_period_start"),
                        Working.CURRENCY.col().as(CURRENCY),
                        col(Charges.AMOUNT)))
                .reduce(Dataset::union)
                .orElseThrow()
                .groupBy(
                        Cluster.PROVIDER.column(), "billing_account_id", "invoice_id", "billing_period_start", CURRENCY)
                .agg(sum(col(Charges.AMOUNT)).cast(MONEY).as(BILLED));
    }

    /** One row: tokens of one kind that were bought of one provider for one model on one day. */
    Dataset<Row> apiTokens() {
        return sales.days()
                .select(
                        col(Capacity.FROM_DAY).as(DAY),
                        Cluster.PROVIDER.col(),
                        Cost.MODEL.col(),
                        Cost.TOKEN_TYPE.col(),
                        Working.CURRENCY.col().as(CURRENCY),
                        Cost.TOKEN_COUNT.col().as("tokens"),
                        col(Charges.AMOUNT).cast(MONEY).as("cost"));
    }

    /**
     * One row: what serving one model on one cluster cost in one month and currency. Of each day's cost of the cluster, for
     * all that it did and with its part of the support, serving has as much as it has of the GPU-seconds that were held, and a
     * model as much as it has of those. Of that cost the GPUs used as much as their SMs were active while they served.
     */
    Dataset<Row> ofModels(Dataset<Row> tokens, Dataset<Row> activity) {
        Column held = Working.ALLOCATED_GPUS.col().multiply(Working.LENGTH_S.col());
        Column isServing = Workload.INFERENCE.isIt().or(Workload.AGENTIC.isIt());
        Column active = Working.SM_E4.col().multiply(Working.LENGTH_S.col());
        Dataset<Row> clusters = activity.filter(GpuSample.WORKLOAD.col().isNotNull())
                .groupBy(day(), GpuSample.CLUSTER.col())
                .agg(
                        sum(held).as("held_s"),
                        sum(when(isServing, held)).as("all_serving_s"),
                        sum(when(isServing, active)).as("active_e4"));
        return tokens.groupBy(day(), TokenUsage.CLUSTER.col(), TokenUsage.MODEL.col())
                .agg(sum(Working.SERVING_S.col()).as("model_s"))
                .join(clusters, new String[] {DAY, "cluster"})
                .join(days(), new String[] {DAY, "cluster"})
                .withColumn("serving_support", share(col("support_cost"), "model_s", lit(1), "held_s"))
                .withColumn("serving", share(col("cost").plus(col("support_cost")), "model_s", lit(1), "held_s"))
                .withColumn("usage", share(col("serving"), "active_e4", lit(10_000), "all_serving_s"))
                .groupBy(
                        trunc(col(DAY), "month").as(MONTH),
                        col("provider"),
                        col("cluster"),
                        col("model"),
                        col(CURRENCY))
                .agg(
                        sum("model_s").as("serving_gpu_s"),
                        sum("serving").cast(MONEY).as("serving_cost"),
                        sum("serving_support").cast(MONEY).as("serving_support_cost"),
                        sum("usage").cast(MONEY).as("usage_cost"));
    }

    private static Column share(Column cost, String part, Column scale, String whole) {
        return cost.cast("decimal(24,12)")
                .multiply(col(part).cast("decimal(14,0)"))
                .divide(col(whole).multiply(scale).cast("decimal(14,0)"));
    }

    /** One row: what one cluster cost in one month and currency, and its part of the support of its provider. */
    Dataset<Row> ofClusters() {
        return days().groupBy(trunc(col(DAY), "month").as(MONTH), col("provider"), col("cluster"), col(CURRENCY))
                .agg(
                        sum("cost").cast(MONEY).as("cost"),
                        sum("support_cost").cast(MONEY).as("support_cost"));
    }

    /** One row: what one cluster cost on one day in one currency, and its part of the support. */
    private Dataset<Row> days() {
        Dataset<Row> own = owned.groupBy(
                        col(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        Working.CURRENCY.col().as(CURRENCY))
                .agg(sum(Working.COST.col()).cast(MONEY).as("cost"))
                .withColumn("support_cost", lit("0").cast(MONEY));
        Dataset<Row> rented = charges.days()
                .union(charges.corrections())
                .groupBy(
                        col(Capacity.FROM_DAY).as(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        Working.CURRENCY.col().as(CURRENCY),
                        Working.IS_BILLED.col())
                .agg(sum(col(Charges.AMOUNT)).as("cost"));
        return supported(rented).union(own);
    }

    /** Support is shared by an account's clusters in proportion to what each costs on the day. */
    private Dataset<Row> supported(Dataset<Row> rented) {
        Dataset<Row> support = charges.support()
                .select(
                        explode(sequence(col(Capacity.FROM_DAY), date_sub(col(Capacity.TO_DAY), 1)))
                                .as(DAY),
                        Cluster.PROVIDER.col(),
                        Working.CURRENCY.col().as(CURRENCY),
                        lit(true).as(Working.IS_BILLED.column()),
                        col(Charges.AMOUNT)
                                .cast("decimal(24,12)")
                                .divide(datediff(col(Capacity.TO_DAY), col(Capacity.FROM_DAY))
                                        .cast("decimal(3,0)"))
                                .as("support"));
        String[] account = {DAY, "provider", CURRENCY, Working.IS_BILLED.column()};
        Column cost = col("cost").cast("decimal(17,6)");
        Column all = sum(cost)
                .over(Window.partitionBy(Stream.of(account).map(functions::col).toArray(Column[]::new)));
        Column part = col("support").cast("decimal(20,10)").multiply(cost).divide(col("all"));
        return rented.withColumn("all", all.cast("decimal(17,6)"))
                .join(support, account, "left")
                .select(
                        col(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        col(CURRENCY),
                        col("cost").cast(MONEY).as("cost"),
                        coalesce(part.cast(MONEY), lit("0").cast(MONEY)).as("support_cost"));
    }

    private static Dataset<Row> effective(Dataset<Row> charged, String kind) {
        boolean mayBeUnbilled = kind.equals("capacity");
        Column nothing = lit("0").cast(MONEY);
        Column billed = mayBeUnbilled ? when(Working.IS_BILLED.col(), nothing) : nothing;
        return row(charged, col(Capacity.FROM_DAY), kind, col(Charges.AMOUNT).cast(MONEY), billed);
    }

    private static Dataset<Row> billed(Dataset<Row> charged, String kind) {
        return row(
                charged,
                col(Charges.BILLING_MONTH),
                kind,
                lit("0").cast(MONEY),
                col(Charges.AMOUNT).cast(MONEY));
    }

    private static Dataset<Row> row(Dataset<Row> charged, Column day, String kind, Column effective, Column billed) {
        boolean isOfCluster = kind.equals("capacity") || kind.equals("correction");
        Column cluster = isOfCluster ? Cluster.CLUSTER.col() : lit(null).cast("string");
        return charged.select(
                trunc(day, "month").as(MONTH),
                Cluster.PROVIDER.col(),
                cluster.as("cluster"),
                Working.CURRENCY.col().as(CURRENCY),
                lit(kind).as(KIND),
                effective.as(EFFECTIVE),
                billed.as(BILLED));
    }

    private static Column day() {
        return to_date(Activity.at()).as(DAY);
    }
}
