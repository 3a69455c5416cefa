package io.headroom.simulator;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.token_usage.TokenUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tokens as the counters of vLLM, one engine for each model and workload of a cluster. Counters are 0 when the fleet begins,
 * and again on some midnights, when an engine is started anew.
 */
final class VllmCounters {

    /** Midnights on which an engine is started anew. */
    private static final double RESTARTS = 0.1;

    private static final String STARTED_S = "started_s";
    private static final String TOLD_S = "told_s";
    private static final String COUNT = "count_";

    private final Noise noise;
    private final long startS;

    VllmCounters(Noise noise, long startS) {
        this.noise = noise;
        this.startS = startS;
    }

    /** One row: the lines of one engine at one instant, with the period of its file. */
    Dataset<Row> of(Dataset<Row> tokens) {
        Map<String, Column> counts = counts();
        Dataset<Row> counted = tokens.select(Stream.concat(
                        Stream.concat(
                                Stream.of(engine()),
                                Stream.of(
                                        Working.PERIOD.col(),
                                        Working.AT_S.col(),
                                        Working.AT_S
                                                .col()
                                                .plus(Working.LENGTH_S.col())
                                                .as(TOLD_S))),
                        counts.entrySet().stream().map(count -> count.getValue().as(COUNT + count.getKey())))
                .toArray(Column[]::new));
        return counted.unionByName(zeros(counted, counts))
                .withColumn(STARTED_S, startedS())
                .select(Working.PERIOD.col(), text(counts).as("value"));
    }

    /** What each engine tells when the fleet begins. */
    private Dataset<Row> zeros(Dataset<Row> counted, Map<String, Column> counts) {
        Dataset<Row> engines = counted.select(engine())
                .distinct()
                .select(
                        col("*"),
                        lit(0).as(Working.PERIOD.column()),
                        lit(startS - 1).as(Working.AT_S.column()),
                        lit(startS).as(TOLD_S));
        return engines.select(Stream.concat(
                        Stream.of(col("*")), counts.keySet().stream().map(name -> lit(0L).as(COUNT + name)))
                .toArray(Column[]::new));
    }

    private static Column[] engine() {
        return new Column[] {
            TokenUsage.PROVIDER.col(),
            TokenUsage.REGION.col(),
            TokenUsage.CLUSTER.col(),
            TokenUsage.MODEL.col(),
            TokenUsage.WORKLOAD.col(),
            TokenUsage.ACCELERATOR.col()
        };
    }

    private static Map<String, Column> counts() {
        Map<String, Column> counts = new LinkedHashMap<>();
        counts.put("request_success_total", TokenUsage.REQUEST_COUNT.col());
        counts.put("prompt_tokens_total", Working.INPUT_TOKENS.col());
        counts.put("prefix_cache_hits_total", TokenUsage.CACHE_READ_TOKENS.col());
        counts.put("generation_tokens_total", TokenUsage.OUTPUT_TOKENS.col().plus(TokenUsage.REASONING_TOKENS.col()));
        return counts;
    }

    /** When the process began that is running at a row's instant. */
    private Column startedS() {
        Column midnight = floor(Working.AT_S.col().divide(Fleet.DAY_S)).multiply(Fleet.DAY_S);
        Column isRestarted = noise.draw(
                        "engine restart",
                        TokenUsage.CLUSTER.col(),
                        TokenUsage.MODEL.col(),
                        TokenUsage.WORKLOAD.col(),
                        midnight)
                .lt(RESTARTS)
                .and(midnight.gt(startS));
        return coalesce(max(when(isRestarted, midnight)).over(sameEngine().orderBy(Working.AT_S.col())), lit(0L));
    }

    private static Column text(Map<String, Column> counts) {
        WindowSpec sameProcess = sameEngine(col(STARTED_S)).orderBy(Working.AT_S.col());
        return concat_ws(
                "\n",
                counts.keySet().stream()
                        .map(name -> concat(
                                lit("vllm:%s{".formatted(name)),
                                labels(),
                                lit("} "),
                                sum(col(COUNT + name)).over(sameProcess).cast("string"),
                                lit(".0 "),
                                col(TOLD_S).multiply(1000).cast("string")))
                        .toArray(Column[]::new));
    }

    private static WindowSpec sameEngine(Column... more) {
        return Window.partitionBy(
                Stream.concat(Stream.of(engine()), Stream.of(more)).toArray(Column[]::new));
    }

    private static Column labels() {
        Column instance = concat(TokenUsage.MODEL.col(), lit("-"), TokenUsage.WORKLOAD.col());
        return concat_ws(
                ",",
                label("engine", lit("0")),
                label("model_name", TokenUsage.MODEL.col()),
                label("instance", instance),
                label("cluster", TokenUsage.CLUSTER.col()),
                label("provider", TokenUsage.PROVIDER.col()),
                label("region", TokenUsage.REGION.col()),
                label("workload", TokenUsage.WORKLOAD.col()),
                label("accelerator", TokenUsage.ACCELERATOR.col()));
    }

    private static Column label(String name, Column value) {
        return concat(lit(name + "=\""), value, lit("\""));
    }
}
