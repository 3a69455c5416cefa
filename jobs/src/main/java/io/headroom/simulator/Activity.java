package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the GPUs of each host did: what samples, meters, token counts and bills all follow from. Figures are whole numbers,
 * which add up to the same in any order.
 */
final class Activity {

    private static final double IDLE_POWER = 0.12;

    private final Noise noise;

    Activity(Noise noise) {
        this.noise = noise;
    }

    /** One row: one host at one instant. */
    Dataset<Row> of(Dataset<Row> allocatedHosts) {
        Column smActive =
                draw("sm").multiply(Workload.figure(Workload::smSpread)).plus(Workload.figure(Workload::smActive));
        Column allocated = when(
                        GpuSample.IS_ALLOCATED.col(),
                        Working.GPUS_PER_NODE.col().cast("long"))
                .otherwise(lit(0L));
        Column healthy = when(
                        GpuSample.IS_HEALTHY.col(), Working.GPUS_PER_NODE.col().cast("long"))
                .otherwise(lit(0L));
        return allocatedHosts
                .select(
                        col("*"),
                        healthy.as(Working.HEALTHY_GPUS.column()),
                        whole(smActive.multiply(1e4)).as(Working.MEAN_SM_E4.column()),
                        perSm(Workload.figure(Workload::tensorPerSm), "tensor").as(Working.TENSOR_PER_SM.column()),
                        perSm(Workload.figure(Workload::dramPerSm), "dram").as(Working.DRAM_PER_SM.column()),
                        allocated.as(Working.ALLOCATED_GPUS.column()))
                .withColumn(
                        Working.MEAN_POWER_DW.column(),
                        whole(power().multiply(Working.TGP_W.col()).multiply(10)))
                .select(
                        col("*"),
                        ofAllGpus(Working.MEAN_SM_E4).as(Working.SM_E4.column()),
                        ofAllGpus(Working.MEAN_POWER_DW).as(Working.POWER_DW.column()));
    }

    /** What is added up over GPUs, and by what; less than the samples need, and so cheap to keep. */
    static Dataset<Row> summable(Dataset<Row> activity) {
        return activity.filter(not(Working.IS_AFTERWARDS.col()))
                .select(
                        Working.PERIOD.col(),
                        Working.AT_S.col(),
                        Working.LENGTH_S.col(),
                        GpuSample.PROVIDER.col(),
                        GpuSample.REGION.col(),
                        GpuSample.CLUSTER.col(),
                        GpuSample.ACCELERATOR.col(),
                        GpuSample.RACK.col(),
                        GpuSample.NODE.col(),
                        GpuSample.WORKLOAD.col(),
                        Working.RACK_BASE_W.col(),
                        Working.RACKS_PER_ROW.col(),
                        Working.HAS_NODE_METERS.col(),
                        Working.PUE.col(),
                        Working.PUE_SWING.col(),
                        Working.GPUS_PER_NODE.col(),
                        Working.HEALTHY_GPUS.col(),
                        Working.ALLOCATED_GPUS.col(),
                        Working.TENSOR_PER_SM.col(),
                        Working.SM_E4.col(),
                        Working.POWER_DW.col());
    }

    /** When a row is. */
    static Column at() {
        return timestamp_seconds(Working.AT_S.col());
    }

    /** The nearest whole number; unlike round, without a detour over decimals. */
    static Column whole(Column number) {
        return floor(number.plus(0.5));
    }

    private Column perSm(Column ratio, String what) {
        return draw(what).multiply(0.1).plus(0.95).multiply(ratio);
    }

    /** Share of the power limit. Even the busiest workload stays some percent below it. */
    private static Column power() {
        Column perSm = Working.TENSOR_PER_SM
                .col()
                .multiply(0.45)
                .plus(Working.DRAM_PER_SM.col().multiply(0.3))
                .plus(0.5);
        return Working.MEAN_SM_E4
                .col()
                .divide(1e4)
                .multiply(perSm)
                .multiply(1 - IDLE_POWER)
                .plus(IDLE_POWER);
    }

    private static Column ofAllGpus(Working mean) {
        return mean.col().multiply(Working.GPUS_PER_NODE.col());
    }

    private Column draw(String what) {
        return noise.draw(what, GpuSample.NODE.col(), Working.AT_S.col());
    }
}
