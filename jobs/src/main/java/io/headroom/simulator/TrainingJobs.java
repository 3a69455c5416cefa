package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The training jobs of a fleet. A cluster's time is cut into blocks; in each, jobs hold its first hosts, a few hosts each.
 * Samples and accounting both look jobs up here and so agree.
 */
final class TrainingJobs {

    static final long BLOCK_S = 6 * Fleet.DAY_S;
    private static final double TIME_LIMIT_S = 5.0 * Fleet.DAY_S;
    private static final long FIRST_NUMBER = 10_000;

    private final Noise noise;
    private final Demand demand;
    private final long startS;
    private final Faults faults;

    TrainingJobs(Noise noise, Demand demand, long startS, Faults faults) {
        this.noise = noise;
        this.demand = demand;
        this.startS = startS;
        this.faults = faults;
    }

    /** One row: one job that holds hosts within the fleet's time. */
    Dataset<Row> of(Dataset<Row> clusters, Fleet fleet) {
        long blocks = 1 + (fleet.endS() - fleet.startS()) / BLOCK_S;
        return clusters.withColumn(Working.BLOCK.column(), explode(sequence(lit(0L), lit(blocks))))
                .transform(this::withTrainingNodes)
                .withColumn(Working.SLOT.column(), explode(sequence(lit(0L), lit(Hosts.JOBS_PER_CLUSTER - 1L))))
                .filter(firstNode().lt(Working.TRAINING_NODES.col()))
                .transform(this::withJob)
                .filter(Working.JOB_END_S
                        .col()
                        .gt(fleet.startS())
                        .and(Working.JOB_START_S.col().lt(fleet.endS())));
    }

    /** Place of the first host of each row's job in its cluster, from 0. */
    static Column firstNode() {
        return Working.SLOT.col().multiply(Working.NODES_PER_JOB.col());
    }

    /** Hosts of each row's job. */
    static Column nodes() {
        return least(firstNode().plus(Working.NODES_PER_JOB.col()), Working.TRAINING_NODES.col())
                .minus(firstNode());
    }

    /** GPUs of each row's job. */
    static Column gpus() {
        return nodes().multiply(Working.GPUS_PER_NODE.col());
    }

    /** The block of each row's instant. */
    Dataset<Row> withBlock(Dataset<Row> rows) {
        Column sinceFirst = Working.AT_S.col().minus(startS).plus(stagger());
        return rows.withColumn(Working.BLOCK.column(), floor(sinceFirst.divide(BLOCK_S)));
    }

    /** When each row's block begins, how many hosts training wants in it, and how many it has. */
    Dataset<Row> withTrainingNodes(Dataset<Row> rows) {
        Column blockStart = Working.BLOCK.col().multiply(BLOCK_S).plus(startS).minus(stagger());
        Column middle = Working.BLOCK_START_S.col().plus(BLOCK_S / 2);
        Column wanted = demand.trend(middle)
                .multiply(Working.TRAINING_SHARE.col())
                .plus(noise.draw("training", GpuSample.CLUSTER.col(), Working.BLOCK.col()));
        Column powered = Hosts.nodesAt(Working.BLOCK_START_S.col());
        Column servingNodes = when(Working.TRAINING_SHARE.col().lt(1), lit(1L)).otherwise(lit(0L));
        return rows.withColumn(Working.BLOCK_START_S.column(), blockStart)
                .withColumn(Working.TRAINING_WANTED.column(), floor(wanted))
                .withColumn(
                        Working.TRAINING_NODES.column(),
                        least(Working.TRAINING_WANTED.col(), powered.minus(servingNodes)));
    }

    /** Number, state, team, start and end of the job in each row's slot. */
    Dataset<Row> withJob(Dataset<Row> rows) {
        Column start =
                Working.BLOCK_START_S.col().plus(wholeSeconds(draw("job start").multiply(2 * 3600)));
        Column last = Working.BLOCK_START_S
                .col()
                .plus(BLOCK_S)
                .minus(wholeSeconds(draw("job end").multiply(3 * 3600)));
        Column broken = Working.JOB_START_S
                .col()
                .plus(wholeSeconds(draw("job broken").multiply(0.9).plus(0.05).multiply(TIME_LIMIT_S)));
        Column limit = Working.JOB_START_S.col().plus(wholeSeconds(lit(TIME_LIMIT_S)));
        Column end = when(Working.JOB_STATE.col().equalTo("COMPLETED"), last)
                .when(Working.JOB_STATE.col().equalTo("TIMEOUT"), limit)
                .otherwise(broken);
        Column number = Working.BLOCK.col().multiply(Hosts.JOBS_PER_CLUSTER).plus(Working.SLOT.col());
        return rows.select(
                        col("*"),
                        number.plus(FIRST_NUMBER).as(Working.JOB_NUMBER.column()),
                        team().as(Working.JOB_TEAM.column()),
                        state().as(Working.JOB_STATE.column()),
                        start.as(Working.JOB_START_S.column()))
                .withColumn(Working.JOB_END_S.column(), end);
    }

    private Column state() {
        Column luck = draw("job state");
        double cancelled = faults.failedJobs() + faults.cancelledJobs();
        return when(luck.lt(faults.failedJobs()), lit("FAILED"))
                .when(luck.lt(cancelled), lit("CANCELLED"))
                .when(luck.lt(cancelled + faults.timedOutJobs()), lit("TIMEOUT"))
                .otherwise(lit("COMPLETED"));
    }

    private Column team() {
        return concat(
                lit("research-"), floor(draw("job team").multiply(3)).plus(1).cast("string"));
    }

    private Column draw(String what) {
        return noise.draw(what, GpuSample.CLUSTER.col(), Working.BLOCK.col(), Working.SLOT.col());
    }

    /** Clusters begin their blocks at different times, so that the fleet does not change all at once. */
    private Column stagger() {
        return wholeSeconds(noise.draw("stagger", GpuSample.CLUSTER.col()).multiply(BLOCK_S));
    }

    private static Column wholeSeconds(Column seconds) {
        return floor(seconds);
    }
}
