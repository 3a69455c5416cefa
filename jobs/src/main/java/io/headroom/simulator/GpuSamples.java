package io.headroom.simulator;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Telemetry of each GPU: as it was, and as it is delivered. */
final class GpuSamples {

    private static final double IDLE_POWER = 0.12;
    private static final double DUPLICATED = 0.002;
    private static final double IMPOSSIBLE_ACTIVITY = 0.0001;
    private static final double IMPOSSIBLE_POWER = 0.0002;
    private static final double MISSING_ACTIVITY = 0.0012;

    private final Noise noise;
    private final int intervalS;

    GpuSamples(Noise noise, int intervalS) {
        this.noise = noise;
        this.intervalS = intervalS;
    }

    /** One row: one GPU at one instant, as it was. */
    Dataset<Row> of(Dataset<Row> allocatedHosts) {
        Column smActive =
                Workload.figure(Workload::smSpread).multiply(draw("sm")).plus(Workload.figure(Workload::smActive));
        return allocatedHosts
                .withColumn(GpuSample.GPU_UUID.column(), explode(Working.GPUS.col()))
                .withColumn(GpuSample.SM_ACTIVE.column(), rounded(smActive, 1e4))
                .withColumn(
                        GpuSample.TENSOR_ACTIVE.column(),
                        rounded(ofSm(Workload.figure(Workload::tensorPerSm), "tensor"), 1e4))
                .withColumn(
                        GpuSample.DRAM_ACTIVE.column(),
                        rounded(ofSm(Workload.figure(Workload::dramPerSm), "dram"), 1e4))
                .withColumn(GpuSample.GPU_UTIL.column(), rounded(gpuUtil(), 1e4))
                .withColumn(GpuSample.POWER_W.column(), rounded(power(), 10))
                .withColumn(GpuSample.SAMPLED_AT.column(), timestamp_seconds(Working.AT_S.col()))
                .withColumn(GpuSample.INTERVAL_S.column(), lit((double) intervalS))
                .withColumn(GpuSample.MIG_INSTANCE.column(), lit(null).cast("string"))
                .withColumn(GpuSample.POWER_LIMIT_W.column(), Working.TGP_W.col());
    }

    /** The samples as they are delivered: some twice, some impossible, some with a figure missing. */
    Dataset<Row> delivered(Dataset<Row> samples) {
        Column dirt = draw("dirt");
        Column copies =
                when(draw("copies").lt(DUPLICATED), array(lit(1), lit(2))).otherwise(array(lit(1)));
        Column smActive = when(dirt.lt(IMPOSSIBLE_ACTIVITY), lit(1.7))
                .when(dirt.between(IMPOSSIBLE_POWER, MISSING_ACTIVITY), lit(null))
                .otherwise(GpuSample.SM_ACTIVE.col());
        Column power = when(dirt.geq(IMPOSSIBLE_ACTIVITY).and(dirt.lt(IMPOSSIBLE_POWER)), lit(-5.0))
                .otherwise(GpuSample.POWER_W.col());
        Column[] columns =
                GpuSample.TABLE.mappedFields().stream().map(Field::col).toArray(Column[]::new);
        return samples.withColumn(GpuSample.SM_ACTIVE.column(), smActive)
                .withColumn(GpuSample.POWER_W.column(), power)
                .withColumn("copy", explode(copies))
                .select(columns);
    }

    private Column ofSm(Column ratio, String what) {
        return GpuSample.SM_ACTIVE.col().multiply(ratio).multiply(noise.between(0.95, 1.05, what, identity()));
    }

    private static Column gpuUtil() {
        Column busy = GpuSample.SM_ACTIVE.col().multiply(1.1).plus(0.05);
        return when(GpuSample.IS_ALLOCATED.col(), least(lit(1.0), busy)).otherwise(lit(0.0));
    }

    private Column power() {
        Column effort = GpuSample.SM_ACTIVE
                .col()
                .multiply(0.5)
                .plus(GpuSample.TENSOR_ACTIVE.col().multiply(0.45))
                .plus(GpuSample.DRAM_ACTIVE.col().multiply(0.3));
        Column share = effort.multiply(1 - IDLE_POWER)
                .plus(IDLE_POWER)
                .multiply(noise.between(0.985, 1.015, "power", identity()));
        return least(lit(1.0), share).multiply(Working.TGP_W.col());
    }

    private Column draw(String what) {
        return noise.draw(what, identity());
    }

    private static Column[] identity() {
        return new Column[] {GpuSample.GPU_UUID.col(), Working.AT_S.col()};
    }

    /** To the nearest of so many parts of one; unlike round, without a detour over decimals. */
    static Column rounded(Column value, double parts) {
        return floor(value.multiply(parts).plus(0.5)).divide(parts);
    }
}
