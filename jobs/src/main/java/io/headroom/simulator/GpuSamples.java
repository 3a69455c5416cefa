package io.headroom.simulator;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Telemetry of each GPU: as it was, and as it is delivered. */
final class GpuSamples {

    private static final double MOST_SM_OFFSET_E4 = 300;
    private static final double MOST_POWER_OFFSET = 0.015;

    private static final String COPY = "copy";
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
                        lit((double) intervalS).as(GpuSample.INTERVAL_S.column()),
                        lit(null).cast("string").as(GpuSample.MIG_INSTANCE.column()),
                        Working.TGP_W.col().as(GpuSample.POWER_LIMIT_W.column()));
    }

    /** The samples as they are delivered: some twice, some impossible, some with a figure missing. */
    Dataset<Row> delivered(Dataset<Row> samples) {
        Column dirt = draw("dirt");
        Column copies =
                when(draw("copies").lt(DUPLICATED), array(lit(1), lit(2))).otherwise(array(lit(1)));
        Column smActive = when(dirt.lt(IMPOSSIBLE_ACTIVITY), lit(1.7))
                .when(dirt.geq(IMPOSSIBLE_POWER).and(dirt.lt(MISSING_ACTIVITY)), lit(null))
                .otherwise(GpuSample.SM_ACTIVE.col());
        Column power = when(dirt.geq(IMPOSSIBLE_ACTIVITY).and(dirt.lt(IMPOSSIBLE_POWER)), lit(-5.0))
                .otherwise(GpuSample.POWER_W.col());
        Map<Field, Column> spoilt = Map.of(GpuSample.SM_ACTIVE, smActive, GpuSample.POWER_W, power);
        return samples.select(Delivered.columns(
                        GpuSample.TABLE, spoilt, explode(copies).as(COPY)))
                .drop(COPY);
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

    private Column draw(String what) {
        return noise.draw(what, GpuSample.GPU_UUID.col(), Working.AT_S.col());
    }
}
