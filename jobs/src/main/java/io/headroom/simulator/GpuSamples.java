package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Telemetry of each GPU: as it was, and as it is delivered. */
final class GpuSamples {

    private static final double MOST_SM_OFFSET_E4 = 300;
    private static final double MOST_POWER_OFFSET = 0.015;
    private static final long HOUR_S = 3600;

    /** One for each rule of the table and each column that it requires. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            way(GpuSample.SM_ACTIVE, lit(97.0)),
            way(GpuSample.POWER_W, lit(-5.0)),
            way(GpuSample.POWER_W, lit(Double.NaN)),
            way(GpuSample.GPU_UTIL, lit(Double.POSITIVE_INFINITY)),
            way(GpuSample.TENSOR_ACTIVE, lit(-0.1)),
            way(GpuSample.DRAM_ACTIVE, lit(1.01)),
            way(GpuSample.ENERGY_COUNTER_J, lit(-1.0)),
            way(GpuSample.INTERVAL_S, lit(0.0)),
            way(GpuSample.SAMPLED_AT, timestamp_seconds(lit(0L))),
            way(GpuSample.SAMPLED_AT, lit(null).cast("timestamp")),
            way(GpuSample.GPU_UUID, lit(null).cast("string")),
            way(GpuSample.CLUSTER, lit(null).cast("string")));

    private final Noise noise;
    private final Dirt dirt;

    GpuSamples(Noise noise, Dirt dirt) {
        this.noise = noise;
        this.dirt = dirt;
    }

    /** One row: one GPU at one instant, as it was. */
    Dataset<Row> of(Dataset<Row> activity) {
        Column smOffset = when(GpuSample.IS_ALLOCATED.col(), offset("sm", lit(MOST_SM_OFFSET_E4)))
                .otherwise(lit(0L));
        Column powerOffset = offset("power", Working.TGP_W.col().multiply(10 * MOST_POWER_OFFSET));
        Dataset<Row> gpus =
                activity.select(col("*"), posexplode(Working.GPUS.col()).as(new String[] {
                    Working.GPU_INDEX.column(), GpuSample.GPU_UUID.column()
                }));
        Column smActive = Working.MEAN_SM_E4.col().plus(smOffset).divide(1e4);
        Column power = Working.MEAN_POWER_DW.col().plus(powerOffset).divide(10.0);
        return gpus.withColumn(GpuSample.SM_ACTIVE.column(), smActive)
                .select(
                        col("*"),
                        ofSm(Working.TENSOR_PER_SM).as(GpuSample.TENSOR_ACTIVE.column()),
                        ofSm(Working.DRAM_PER_SM).as(GpuSample.DRAM_ACTIVE.column()),
                        gpuUtil().as(GpuSample.GPU_UTIL.column()),
                        power.as(GpuSample.POWER_W.column()),
                        Activity.at().as(GpuSample.SAMPLED_AT.column()),
                        Working.LENGTH_S.col().cast("double").as(GpuSample.INTERVAL_S.column()),
                        lit(null).cast("string").as(GpuSample.MIG_INSTANCE.column()),
                        lit(null).cast("double").as(GpuSample.ENERGY_COUNTER_J.column()),
                        Working.TGP_W.col().as(GpuSample.POWER_LIMIT_W.column()));
    }

    /** The samples of a file as they are delivered: some twice, some late, some at a wrong time, some broken, some not at all. */
    Dataset<Row> delivered(Dataset<Row> activity) {
        Column[] identity = {GpuSample.GPU_UUID.col(), Working.AT_S.col()};
        var soiling = new Soiling(noise, dirt);
        return activity.filter(isOfFile())
                .transform(this::of)
                .withColumns(Map.of(
                        GpuSample.SAMPLED_AT.column(),
                                timestamp_seconds(Working.AT_S.col().plus(skew())),
                        GpuSample.SM_ACTIVE.column(),
                                when(noise.draw("missing", identity).geq(dirt.missing()), GpuSample.SM_ACTIVE.col())))
                .transform(samples -> soiling.withDuplicates(samples, identity))
                .transform(samples -> soiling.broken(samples, WAYS_TO_BREAK, identity))
                .transform(samples -> samples.select(Delivered.columns(samples, GpuSample.TABLE, Map.of())));
    }

    private Column isOfFile() {
        Column hour = floor(Working.AT_S.col().divide(HOUR_S));
        Column isLate = Working.MAY_BE_LATE
                .col()
                .and(noise.draw("late", GpuSample.NODE.col(), hour).lt(dirt.late() / Periods.LATE_PART));
        Column isTold = noise.draw("gaps", GpuSample.NODE.col(), hour).geq(dirt.gaps());
        return isLate.equalTo(Working.IS_AFTERWARDS.col()).and(isTold);
    }

    /** Seconds that the clock of a row's host is ahead. */
    private Column skew() {
        Column seconds = floor(noise.between(-dirt.skewS(), dirt.skewS() + 1, "skew", GpuSample.NODE.col()));
        return when(noise.draw("skewed", GpuSample.NODE.col()).lt(dirt.skewedHosts()), seconds)
                .otherwise(lit(0L));
    }

    /** By how much a GPU differs from its host's mean, as a whole number: of each pair, one is above what the other is below. */
    private Column offset(String what, Column most) {
        Column index = Working.GPU_INDEX.col();
        Column pair = index.minus(index.mod(2));
        Column amount = floor(
                noise.draw(what, GpuSample.NODE.col(), pair, Working.AT_S.col()).multiply(most));
        return when(index.mod(2).equalTo(1), amount.multiply(-1))
                .when(index.plus(1).lt(Working.GPUS_PER_NODE.col()), amount)
                .otherwise(lit(0L));
    }

    private static Column ofSm(Working ratio) {
        return Activity.whole(GpuSample.SM_ACTIVE.col().multiply(ratio.col()).multiply(1e4))
                .divide(1e4);
    }

    private static Column gpuUtil() {
        Column busy = Activity.whole(GpuSample.SM_ACTIVE.col().multiply(1.1e4).plus(500))
                .divide(1e4);
        return when(GpuSample.IS_ALLOCATED.col(), least(lit(1.0), busy)).otherwise(lit(0.0));
    }

    private static Map<String, Column> way(GpuSample field, Column value) {
        return Map.of(field.column(), value);
    }
}
