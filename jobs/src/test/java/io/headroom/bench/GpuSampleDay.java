package io.headroom.bench;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What collectors deliver of one day: a sample of each GPU each minute, of which some come a day late, some are
 * impossible, and some come twice. The same numbers give the same rows.
 *
 * @param samples how many samples are taken a day; rounded down to whole GPUs, of which there is at least one
 */
record GpuSampleDay(LocalDate day, long samples) {

    private static final int MINUTES = 1440;
    private static final int FILES = 8;
    private static final int GPUS_PER_NODE = 8;
    private static final int GPUS_PER_RACK = 72;
    private static final int GPUS_PER_CLUSTER = 576;

    /** Of 10,000 samples. */
    private static final int COPIED = 50;

    private static final int LATE = 50;
    private static final int BAD = 20;

    private static final String GPU = "_gpu";
    private static final String MINUTE = "_minute";

    /** Writes the landing files into the day's folder. */
    void write(SparkSession spark, Path landing, Delivery delivery) {
        Dataset<Row> taken = spark.range(0, gpus() * MINUTES, 1, FILES)
                .select(
                        pmod(col("id"), lit(gpus())).as(GPU),
                        col("id").divide(gpus()).cast("int").as(MINUTE));
        Dataset<Row> again = taken.filter(isOneOf(COPIED, "copied")).coalesce(1);
        delivery.write(
                taken.union(again)
                        .select(Arrays.stream(GpuSample.values())
                                .map(this::delivered)
                                .toArray(Column[]::new)),
                landing.resolve(day.toString()).toString());
    }

    private long gpus() {
        return Math.max(1, samples / MINUTES);
    }

    private Column delivered(GpuSample field) {
        Column value = coalesce(spoilt(field), good(field));
        Column isLost = field == GpuSample.CLUSTER ? badOf("lost") : lit(false);
        return when(isLost, lit(null))
                .otherwise(value)
                .cast(field.spec().type().dataType())
                .as(field.column());
    }

    private static Column spoilt(GpuSample field) {
        Map<Field, Column> values = Map.of(
                GpuSample.SM_ACTIVE, when(badOf("share"), lit(1.7)),
                GpuSample.POWER_W, when(badOf("power"), lit(-5.0)),
                GpuSample.INTERVAL_S, when(badOf("power"), lit(0.0)));
        return values.getOrDefault(field, lit(null));
    }

    private Column good(GpuSample field) {
        Column cluster = group(GPUS_PER_CLUSTER);
        Column isAllocated = draw(
                        "allocated",
                        group(GPUS_PER_NODE),
                        col(MINUTE).divide(240).cast("int"))
                .lt(8000);
        Column busy = when(isAllocated, draw("busy", col(GPU), col(MINUTE)).divide(1e4))
                .otherwise(lit(0.0));
        return switch (field) {
            case SAMPLED_AT ->
                timestamp_seconds(lit(midnight())
                        .plus(col(MINUTE).multiply(60))
                        .minus(when(isOneOf(LATE, "late"), lit(86_400)).otherwise(lit(0))));
            case PROVIDER -> one("provider-", cluster, 4);
            case REGION -> one("region-", cluster, 6);
            case CLUSTER -> concat(lit("cluster-"), cluster);
            case RACK -> concat(lit("rack-"), group(GPUS_PER_RACK));
            case NODE -> concat(lit("node-"), group(GPUS_PER_NODE));
            case GPU_UUID -> concat(lit("GPU-"), xxhash64(col(GPU)).cast("string"), lit("-"), col(GPU));
            case ACCELERATOR -> one("accelerator-", cluster, 3);
            case WORKLOAD -> when(isAllocated, one("workload-", group(GPUS_PER_NODE), 4));
            case TEAM -> when(isAllocated, one("team-", group(GPUS_PER_NODE), 40));
            case JOB_ID ->
                when(
                        isAllocated,
                        concat(
                                lit("job-"),
                                group(GPUS_PER_NODE),
                                col(MINUTE).divide(240).cast("int")));
            case INTERVAL_S -> lit(60.0);
            case IS_HEALTHY -> draw("healthy", group(GPUS_PER_NODE)).lt(9900);
            case IS_ALLOCATED -> isAllocated;
            case GPU_UTIL -> when(isAllocated, lit(0.99)).otherwise(lit(0.0));
            case SM_ACTIVE -> busy;
            case TENSOR_ACTIVE -> busy.multiply(0.5);
            case DRAM_ACTIVE -> busy.multiply(0.25);
            case POWER_W -> busy.multiply(600).plus(100);
            case POWER_LIMIT_W -> lit(700.0);
            case MIG_INSTANCE, MIG_PROFILE, NVLINK_DOMAIN, ENERGY_COUNTER_J -> lit(null);
        };
    }

    private long midnight() {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    private static Column group(int size) {
        return col(GPU).divide(size).cast("int");
    }

    private static Column one(String prefix, Column group, int of) {
        return concat(lit(prefix), pmod(group, lit(of)));
    }

    private static Column badOf(String kind) {
        return isOneOf(BAD, "bad")
                .and(pmod(xxhash64(lit("kind"), col(GPU), col(MINUTE)), lit(3))
                        .equalTo(
                                switch (kind) {
                                    case "lost" -> 0;
                                    case "share" -> 1;
                                    default -> 2;
                                }));
    }

    private static Column isOneOf(int share, String what) {
        return draw(what, col(GPU), col(MINUTE)).lt(share);
    }

    /** A whole number below 10,000. */
    private static Column draw(String what, Column first, Column... more) {
        Column[] seed = new Column[more.length + 2];
        seed[0] = lit(what);
        seed[1] = first;
        System.arraycopy(more, 0, seed, 2, more.length);
        return pmod(xxhash64(seed), lit(10_000));
    }
}
