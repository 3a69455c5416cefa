package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tokens that serving GPUs moved, as many as their SM activity allows, while contexts grow from month to month. */
final class TokenUsages {

    private final Noise noise;
    private final Demand demand;
    private final Fleet fleet;

    private record Served(FleetCluster cluster, FleetCluster.ServedModel model) {}

    TokenUsages(Noise noise, Demand demand, Fleet fleet) {
        this.noise = noise;
        this.demand = demand;
        this.fleet = fleet;
    }

    Dataset<Row> of(Dataset<Row> activity) {
        return served(activity)
                .join(models(activity.sparkSession()), TokenUsage.CLUSTER.column())
                .transform(this::withTokens)
                .transform(TokenUsages::withBuckets)
                .transform(this::delivered);
    }

    private static Dataset<Row> served(Dataset<Row> activity) {
        return activity.filter(Workload.INFERENCE.isIt().or(Workload.AGENTIC.isIt()))
                .groupBy(
                        Working.AT_S.col(),
                        TokenUsage.PROVIDER.col(),
                        TokenUsage.REGION.col(),
                        TokenUsage.CLUSTER.col(),
                        TokenUsage.ACCELERATOR.col(),
                        TokenUsage.WORKLOAD.col())
                .agg(sum(Working.SM_E4.col()).as(Working.SM_E4.column()));
    }

    private Dataset<Row> models(SparkSession spark) {
        List<Served> served = fleet.clusters().stream()
                .flatMap(cluster -> cluster.models().stream().map(model -> new Served(cluster, model)))
                .toList();
        return new LocalRows<Served>()
                .text(TokenUsage.CLUSTER, row -> row.cluster().cluster())
                .text(TokenUsage.MODEL, row -> row.model().model())
                .with(Working.MODEL_SHARE, row -> row.model().share())
                .with(Working.TOKENS_PER_GPU_S, row -> row.model().tokensPerGpuS())
                .of(spark, served);
    }

    private Dataset<Row> withTokens(Dataset<Row> rows) {
        Column[] identity = {
            TokenUsage.CLUSTER.col(), TokenUsage.MODEL.col(), TokenUsage.WORKLOAD.col(), Working.AT_S.col()
        };
        Column gpuSeconds = Working.SM_E4.col().divide(1e4).multiply(fleet.intervalS());
        Column tokens = gpuSeconds
                .multiply(Working.MODEL_SHARE.col())
                .multiply(Working.TOKENS_PER_GPU_S.col())
                .multiply(noise.between(0.97, 1.03, "tokens", identity));
        Column contexts = pow(byKind(1.04, 1.08), demand.months(Working.AT_S.col()));
        return rows.select(
                col("*"),
                tokens.as(Working.TOKENS.column()),
                byKind(1_200, 9_000).multiply(contexts).as(Working.INPUT_PER_REQUEST.column()),
                byKind(350, 900).as(Working.OUTPUT_PER_REQUEST.column()));
    }

    private static Dataset<Row> withBuckets(Dataset<Row> rows) {
        Column perRequest = Working.INPUT_PER_REQUEST.col().plus(Working.OUTPUT_PER_REQUEST.col());
        Column input =
                Working.TOKENS.col().multiply(Working.INPUT_PER_REQUEST.col()).divide(perRequest);
        Column output = floor(Working.TOKENS.col()).minus(Working.INPUT_TOKENS.col());
        Column uncached = Working.INPUT_TOKENS
                .col()
                .minus(TokenUsage.CACHE_READ_TOKENS.col())
                .minus(TokenUsage.CACHE_WRITE_TOKENS.col());
        Column requests = greatest(lit(1L), floor(Working.TOKENS.col().divide(perRequest)));
        return rows.withColumn(Working.INPUT_TOKENS.column(), floor(input))
                .select(
                        col("*"),
                        requests.as(TokenUsage.REQUEST_COUNT.column()),
                        part(Working.INPUT_TOKENS.col(), 0.35, 0.75).as(TokenUsage.CACHE_READ_TOKENS.column()),
                        part(Working.INPUT_TOKENS.col(), 0.03, 0.08).as(TokenUsage.CACHE_WRITE_TOKENS.column()),
                        part(output, 0.25, 0.5).as(TokenUsage.REASONING_TOKENS.column()))
                .select(
                        col("*"),
                        uncached.as(TokenUsage.UNCACHED_INPUT_TOKENS.column()),
                        output.minus(TokenUsage.REASONING_TOKENS.col()).as(TokenUsage.OUTPUT_TOKENS.column()));
    }

    private Dataset<Row> delivered(Dataset<Row> rows) {
        Column endedAt = timestamp_seconds(Working.AT_S.col().plus(fleet.intervalS()));
        Map<Field, Column> told = Map.of(
                TokenUsage.TEAM, lit(null).cast("string"),
                TokenUsage.STARTED_AT, Activity.at(),
                TokenUsage.ENDED_AT, endedAt);
        Column month = fleet.calendar().indexOf(Activity.at()).as(Working.MONTH.column());
        return rows.select(Delivered.columns(TokenUsage.TABLE, told, month));
    }

    private static Column part(Column tokens, double ofInference, double ofAgentic) {
        return floor(tokens.multiply(byKind(ofInference, ofAgentic)));
    }

    private static Column byKind(double inference, double agentic) {
        return when(Workload.AGENTIC.isIt(), lit(agentic)).otherwise(lit(inference));
    }
}
