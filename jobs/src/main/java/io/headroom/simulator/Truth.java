package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_date;

import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.token_usage.TokenUsage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a fleet really did, by UTC day, before anything is told of it: what aggregates of the telemetry must find again. The
 * state of a host at an instant holds until the next.
 */
final class Truth {

    private static final String DAY = "day";
    private static final double JOULES_PER_DWS = 0.1;

    private Truth() {}

    /** One row: GPU-hours of one cluster for one workload, null for what no workload held, by their state. */
    static Dataset<Row> gpuHours(Dataset<Row> activity) {
        Column tensor = Activity.whole(Working.SM_E4.col().multiply(Working.TENSOR_PER_SM.col()));
        return activity.groupBy(day(), GpuSample.CLUSTER.col(), GpuSample.ACCELERATOR.col(), GpuSample.WORKLOAD.col())
                .agg(
                        hours(Working.GPUS_PER_NODE.col()).as("energised_gpu_hours"),
                        hours(Working.HEALTHY_GPUS.col()).as("healthy_gpu_hours"),
                        hours(Working.ALLOCATED_GPUS.col()).as("allocated_gpu_hours"),
                        hours(Working.SM_E4.col()).divide(1e4).as("sm_active_gpu_hours"),
                        hours(tensor).divide(1e4).as("tensor_active_gpu_hours"));
    }

    /** One row: energy of one rack, of its GPU boards and of all that its meter sees. */
    static Dataset<Row> rackEnergy(Dataset<Row> racks) {
        return racks.groupBy(day(), GpuSample.CLUSTER.col(), GpuSample.RACK.col())
                .agg(
                        joules(Working.GPU_POWER_DW.col()).as("gpu_energy_j"),
                        joules(Working.POWER_DW.col()).as("it_energy_j"));
    }

    /** One row: energy of one cluster, and of the facility that houses it. */
    static Dataset<Row> siteEnergy(Dataset<Row> sites) {
        return sites.groupBy(day(), GpuSample.CLUSTER.col())
                .agg(
                        joules(Working.POWER_DW.col()).as("it_energy_j"),
                        joules(PowerSamples.facilityPower()).as("facility_energy_j"));
    }

    /** One row: tokens of one model on one cluster for one workload, in disjoint buckets. */
    static Dataset<Row> tokens(Dataset<Row> tokens) {
        return tokens.groupBy(day(), TokenUsage.CLUSTER.col(), TokenUsage.MODEL.col(), TokenUsage.WORKLOAD.col())
                .agg(
                        sumOf(TokenUsage.REQUEST_COUNT),
                        sumOf(TokenUsage.UNCACHED_INPUT_TOKENS),
                        sumOf(TokenUsage.CACHE_READ_TOKENS),
                        sumOf(TokenUsage.CACHE_WRITE_TOKENS),
                        sumOf(TokenUsage.OUTPUT_TOKENS),
                        sumOf(TokenUsage.REASONING_TOKENS));
    }

    /**
     * One row: GPU-hours that one workload wanted of one cluster, had or not.
     *
     * @param wanted clusters at instants, with the hosts that each workload wants and holds
     */
    static Dataset<Row> demand(Dataset<Row> wanted, Dataset<Row> activity) {
        Dataset<Row> clusters = wanted.filter(
                Working.PART.col().equalTo(0).and(Working.IS_AFTERWARDS.col().equalTo(false)));
        Column unmet = Working.TRAINING_WANTED.col().minus(Working.TRAINING_NODES.col());
        return gpus(clusters, Workload.INFERENCE, Working.INFERENCE_WANTED.col())
                .union(gpus(clusters, Workload.AGENTIC, Working.AGENTIC_WANTED.col()))
                .union(gpus(clusters, Workload.TRAINING, unmet))
                .union(activity.filter(Workload.TRAINING.isIt())
                        .select(
                                day(),
                                GpuSample.CLUSTER.col(),
                                GpuSample.WORKLOAD.col(),
                                Working.ALLOCATED_GPUS.col(),
                                Working.LENGTH_S.col()))
                .groupBy(col(DAY), GpuSample.CLUSTER.col(), GpuSample.WORKLOAD.col())
                .agg(hours(Working.ALLOCATED_GPUS.col()).as("wanted_gpu_hours"));
    }

    private static Dataset<Row> gpus(Dataset<Row> clusters, Workload workload, Column nodes) {
        return clusters.select(
                day(),
                GpuSample.CLUSTER.col(),
                lit(workload.label()).as(GpuSample.WORKLOAD.column()),
                nodes.multiply(Working.GPUS_PER_NODE.col()).as(Working.ALLOCATED_GPUS.column()),
                Working.LENGTH_S.col());
    }

    private static Column day() {
        return to_date(timestamp_seconds(Working.AT_S.col())).as(DAY);
    }

    private static Column hours(Column gpus) {
        return sum(gpus.multiply(Working.LENGTH_S.col())).divide(3600);
    }

    private static Column joules(Column tenthsOfWatts) {
        return sum(tenthsOfWatts.multiply(Working.LENGTH_S.col())).multiply(JOULES_PER_DWS);
    }

    private static Column sumOf(TokenUsage count) {
        return sum(count.col()).as(count.column());
    }
}
