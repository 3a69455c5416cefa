package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tokens that serving GPUs moved, as many as their SM activity allows, while contexts grow from month to month. */
final class TokenUsages {

    private final Noise noise;
    private final Demand demand;
    /** One for each rule of the table and each column that it requires; some are no number or no time. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            way(TokenUsage.STARTED_AT, lit("yesterday")),
            way(TokenUsage.STARTED_AT, lit("1970-01-01T00:00:00Z")),
            way(TokenUsage.ENDED_AT, lit("2000-01-01T00:00:00Z")),
            way(TokenUsage.ENDED_AT, lit(null)),
            way(TokenUsage.REQUEST_COUNT, lit("n/a")),
            way(TokenUsage.UNCACHED_INPUT_TOKENS, lit("-1")),
            way(TokenUsage.OUTPUT_TOKENS, lit("1e30")),
            way(TokenUsage.PREFILL_S, lit("-1")),
            way(TokenUsage.OUTPUT_TOKENS, lit(null)));

    private final Fleet fleet;
    private final Soiling soiling;

    private record Served(FleetCluster cluster, int place) {

        FleetCluster.ServedModel model() {
            return cluster.models().get(place);
        }

        /** Shares of the models up to a place, which add up to exactly 1 for all of them. */
        double shareOf(int models) {
            return models == cluster.models().size()
                    ? 1
                    : cluster.models().stream()
                            .limit(models)
                            .mapToDouble(FleetCluster.ServedModel::share)
                            .sum();
        }
    }

    TokenUsages(Noise noise, Demand demand, Fleet fleet, Soiling soiling) {
        this.noise = noise;
        this.demand = demand;
        this.fleet = fleet;
        this.soiling = soiling;
    }

    /** One row: the tokens that one model served on one cluster for one workload in one interval. */
    Dataset<Row> of(Dataset<Row> activity) {
        return served(activity)
                .join(models(activity.sparkSession()), TokenUsage.CLUSTER.column())
                .transform(this::withTokens)
                .transform(TokenUsages::withBuckets)
                .transform(this::withPhases);
    }

    /** The counts as they are delivered, as text, each with the period of its file. */
    Dataset<Row> delivered(Dataset<Row> tokens) {
        Column[] identity = {
            TokenUsage.CLUSTER.col(), TokenUsage.MODEL.col(), TokenUsage.WORKLOAD.col(), TokenUsage.STARTED_AT.col()
        };
        return told(tokens)
                .transform(rows -> soiling.withDuplicates(rows, identity))
                .transform(rows -> soiling.late(rows, identity))
                .transform(rows -> soiling.broken(rows, WAYS_TO_BREAK, identity));
    }

    private static Dataset<Row> served(Dataset<Row> activity) {
        return activity.filter(Workload.INFERENCE.isIt().or(Workload.AGENTIC.isIt()))
                .groupBy(
                        Working.PERIOD.col(),
                        Working.AT_S.col(),
                        Working.LENGTH_S.col(),
                        TokenUsage.PROVIDER.col(),
                        TokenUsage.REGION.col(),
                        TokenUsage.CLUSTER.col(),
                        TokenUsage.ACCELERATOR.col(),
                        TokenUsage.WORKLOAD.col())
                .agg(
                        sum(Working.SM_E4.col()).as(Working.SM_E4.column()),
                        sum(Working.ALLOCATED_GPUS.col().multiply(Working.LENGTH_S.col()))
                                .as(Working.GPU_S.column()));
    }

    private Dataset<Row> models(SparkSession spark) {
        List<Served> served = fleet.clusters().stream()
                .flatMap(cluster ->
                        IntStream.range(0, cluster.models().size()).mapToObj(place -> new Served(cluster, place)))
                .toList();
        return new LocalRows<Served>()
                .text(TokenUsage.CLUSTER, row -> row.cluster().cluster())
                .text(TokenUsage.MODEL, row -> row.model().model())
                .with(Working.MODEL_SHARE, row -> row.model().share())
                .with(Working.SHARE_BEFORE, row -> row.shareOf(row.place()))
                .with(Working.SHARE_THROUGH, row -> row.shareOf(row.place() + 1))
                .with(Working.TOKENS_PER_GPU_S, row -> row.model().tokensPerGpuS())
                .of(spark, served);
    }

    private Dataset<Row> withTokens(Dataset<Row> rows) {
        Column gpuSeconds = Working.SM_E4.col().divide(1e4).multiply(Working.LENGTH_S.col());
        Column tokens = gpuSeconds
                .multiply(Working.MODEL_SHARE.col())
                .multiply(Working.TOKENS_PER_GPU_S.col())
                .multiply(noise.between(0.97, 1.03, "tokens", ofInstant()));
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

    /**
     * Every GPU-second of a workload is one of its models', and of one phase: models take turns in their shares of it, and
     * prefill takes a share that is larger for agents, which read more than they write.
     */
    private Dataset<Row> withPhases(Dataset<Row> rows) {
        Column before = floor(Working.GPU_S.col().multiply(Working.SHARE_BEFORE.col()));
        Column through = floor(Working.GPU_S.col().multiply(Working.SHARE_THROUGH.col()));
        Column prefill = Working.SERVING_S
                .col()
                .multiply(byKind(0.22, 0.45))
                .multiply(noise.between(0.9, 1.1, "prefill", ofInstant()));
        return rows.withColumn(Working.SERVING_S.column(), through.minus(before))
                .withColumn(Working.PREFILL_S.column(), floor(prefill))
                .withColumn(Working.DECODE_S.column(), Working.SERVING_S.col().minus(Working.PREFILL_S.col()));
    }

    private static Dataset<Row> told(Dataset<Row> rows) {
        Map<Field, Column> told = Map.of(
                TokenUsage.TEAM, lit(null).cast("string"),
                TokenUsage.STARTED_AT, time(Working.AT_S.col()),
                TokenUsage.ENDED_AT, time(Working.AT_S.col().plus(Working.LENGTH_S.col())));
        Dataset<Row> typed = rows.select(Delivered.columns(rows, TokenUsage.TABLE, told, Working.PERIOD.col()));
        return typed.select(Arrays.stream(typed.columns())
                .map(name -> name.equals(Working.PERIOD.column())
                        ? col(name)
                        : col(name).cast("string").as(name))
                .toArray(Column[]::new));
    }

    private static Column[] ofInstant() {
        return new Column[] {
            TokenUsage.CLUSTER.col(), TokenUsage.MODEL.col(), TokenUsage.WORKLOAD.col(), Working.AT_S.col()
        };
    }

    private static Column time(Column seconds) {
        return date_format(timestamp_seconds(seconds), "yyyy-MM-dd'T'HH:mm:ss'Z'");
    }

    private static Map<String, Column> way(TokenUsage field, Column value) {
        return Map.of(field.column(), value.cast("string"));
    }

    private static Column part(Column tokens, double ofInference, double ofAgentic) {
        return floor(tokens.multiply(byKind(ofInference, ofAgentic)));
    }

    private static Column byKind(double inference, double agentic) {
        return when(Workload.AGENTIC.isIt(), lit(agentic)).otherwise(lit(inference));
    }
}
