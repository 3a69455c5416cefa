package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
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
     * all that it did, serving has as much as it has of the GPU-seconds that were held, and a model as much as it has of
     * those. Of that cost the GPUs used as much as their SMs were active while they served.
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
                .withColumn("serving", share(col("cost").cast("decimal(24,12)"), "model_s", lit(1), "held_s"))
                .withColumn(
                        "usage",
                        share(col("serving").cast("decimal(24,12)"), "active_e4", lit(10_000), "all_serving_s"))
                .groupBy(
                        trunc(col(DAY), "month").as(MONTH),
                        col("provider"),
                        col("cluster"),
                        col("model"),
                        col(CURRENCY))
                .agg(
                        sum("model_s").as("serving_gpu_s"),
                        sum("serving").cast(MONEY).as("serving_cost"),
                        sum("usage").cast(MONEY).as("usage_cost"));
    }

    private static Column share(Column cost, String part, Column scale, String whole) {
        return cost.multiply(col(part).cast("decimal(14,0)"))
                .divide(col(whole).multiply(scale).cast("decimal(14,0)"));
    }

    /** One row: what one cluster cost on one day in one currency. */
    private Dataset<Row> days() {
        return Stream.of(charges.days(), charges.corrections())
                .map(costs -> costs.select(
                        col(Capacity.FROM_DAY).as(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        Working.CURRENCY.col().as(CURRENCY),
                        col(Charges.AMOUNT).cast(MONEY).as("cost")))
                .reduce(Dataset::union)
                .orElseThrow()
                .union(owned.select(
                        col(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        Working.CURRENCY.col(),
                        Working.COST.col()))
                .groupBy(DAY, "provider", "cluster", CURRENCY)
                .agg(sum("cost").as("cost"));
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
