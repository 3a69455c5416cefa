package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who holds which host when. Training holds the first hosts of a cluster; services hold the last ones, hour by hour. */
final class Allocation {

    private static final long HOUR_S = 3600;

    private final Noise noise;
    private final Demand demand;
    private final TrainingJobs jobs;
    private final Faults faults;

    Allocation(Noise noise, Demand demand, TrainingJobs jobs, Faults faults) {
        this.noise = noise;
        this.demand = demand;
        this.jobs = jobs;
        this.faults = faults;
    }

    /** One row: one cluster at one instant, with the hosts that each workload wants and holds. */
    Dataset<Row> wanted(Dataset<Row> clustersAtInstants) {
        return clustersAtInstants
                .transform(jobs::withBlock)
                .transform(jobs::withTrainingNodes)
                .transform(this::withServiceNodes);
    }

    /** One row: one host at one instant, with its holder. */
    Dataset<Row> held(Dataset<Row> hosts) {
        return hosts.transform(Allocation::withSlot).transform(jobs::withJob).transform(this::withHolder);
    }

    private static Dataset<Row> withSlot(Dataset<Row> rows) {
        Column slot = floor(Working.RANK.col().divide(Working.NODES_PER_JOB.col()));
        return rows.withColumn(Working.SLOT.column(), slot);
    }

    /** Fractions of a host become a whole one as often as they are large; a cluster that serves always has one host serving. */
    private Dataset<Row> withServiceNodes(Dataset<Row> rows) {
        Column free = Working.NODES.col().minus(Working.TRAINING_NODES.col());
        Column one = when(Working.INFERENCE_SHARE.col().gt(0), lit(1L)).otherwise(lit(0L));
        return rows.withColumn(Working.SERVICE_NODES.column(), demand.service())
                .select(
                        col("*"),
                        greatest(one, whole(Working.INFERENCE_SHARE, "inference"))
                                .as(Working.INFERENCE_WANTED.column()),
                        whole(Working.AGENTIC_SHARE, "agentic").as(Working.AGENTIC_WANTED.column()))
                .withColumn(Working.INFERENCE_NODES.column(), least(free, Working.INFERENCE_WANTED.col()))
                .withColumn(
                        Working.AGENTIC_NODES.column(),
                        least(free.minus(Working.INFERENCE_NODES.col()), Working.AGENTIC_WANTED.col()));
    }

    private Column whole(Working share, String what) {
        Column hour = floor(Working.AT_S.col().divide(HOUR_S));
        Column chance = noise.draw(what, GpuSample.CLUSTER.col(), hour);
        return floor(Working.SERVICE_NODES.col().multiply(share.col()).plus(chance));
    }

    private Dataset<Row> withHolder(Dataset<Row> rows) {
        Column trains = Working.RANK
                .col()
                .lt(Working.TRAINING_NODES.col())
                .and(Working.AT_S.col().geq(Working.JOB_START_S.col()))
                .and(Working.AT_S.col().lt(Working.JOB_END_S.col()));
        Column fromLast = Working.NODES.col().minus(1).minus(Working.RANK.col());
        Column infers = fromLast.lt(Working.INFERENCE_NODES.col());
        Column acts = fromLast.lt(Working.INFERENCE_NODES.col().plus(Working.AGENTIC_NODES.col()));
        Column workload = when(trains, lit(Workload.TRAINING.label()))
                .when(GpuSample.IS_HEALTHY.col().and(infers), lit(Workload.INFERENCE.label()))
                .when(GpuSample.IS_HEALTHY.col().and(acts), lit(Workload.AGENTIC.label()));
        Column team = when(Workload.TRAINING.isIt(), Working.JOB_TEAM.col())
                .when(Workload.INFERENCE.isIt(), lit("serving"))
                .when(Workload.AGENTIC.isIt(), lit("agents"));
        return rows.withColumn(GpuSample.IS_HEALTHY.column(), trains.or(isUp()))
                .withColumn(GpuSample.WORKLOAD.column(), workload)
                .select(
                        col("*"),
                        team.as(GpuSample.TEAM.column()),
                        when(Workload.TRAINING.isIt(), Working.JOB_NUMBER.col().cast("string"))
                                .as(GpuSample.JOB_ID.column()),
                        GpuSample.WORKLOAD.col().isNotNull().as(GpuSample.IS_ALLOCATED.column()));
    }

    private Column isUp() {
        Column day = floor(Working.AT_S.col().divide(Fleet.DAY_S));
        return noise.draw("down", GpuSample.NODE.col(), day).geq(faults.downHostDays());
    }
}
