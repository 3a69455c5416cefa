package io.headroom.simulator;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.job_goodput.JobGoodput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What training jobs say of their own time, a report a day. Every job spends some on starting, loading data and saving
 * checkpoints; on some days its hosts fail and it goes back to its last checkpoint; what a job did after its last checkpoint
 * is wasted where it does not complete. Some jobs report nothing.
 */
final class GoodputReports {

    private static final double REPORTING_JOBS = 0.85;
    private static final double DAYS_WITH_FAILURE = 0.12;
    private static final double TOKENS_PER_GPU_S = 450;
    private static final String BADPUT = "badput";

    /** One for each rule of the table and each column that it requires. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            way(JobGoodput.STARTED_AT, "yesterday"),
            way(JobGoodput.STARTED_AT, "1970-01-01T00:00:00Z"),
            way(JobGoodput.ENDED_AT, "2000-01-01T00:00:00Z"),
            way(JobGoodput.PRODUCTIVE_S, "-1"),
            way(JobGoodput.BADPUT_S, "{\"other\":-1}"),
            way(JobGoodput.TOKENS, "-1"),
            Map.of(JobGoodput.JOB_ID.column(), lit(null).cast("string")));

    private final Noise noise;
    private final TrainingJobs jobs;
    private final Fleet fleet;

    GoodputReports(Noise noise, TrainingJobs jobs, Fleet fleet) {
        this.noise = noise;
        this.jobs = jobs;
        this.fleet = fleet;
    }

    /** One row: one report, as text, with the month of its file. */
    Dataset<Row> delivered(Dataset<Row> clusters) {
        Column month = fleet.calendar().indexOf(timestamp_seconds(Working.FROM_S.col()));
        return of(clusters)
                .select(
                        JobGoodput.CLUSTER.col(),
                        Working.JOB_NUMBER.col().cast("string").as(JobGoodput.JOB_ID.column()),
                        JobGoodput.MODEL.col(),
                        time(Working.FROM_S).as(JobGoodput.STARTED_AT.column()),
                        time(Working.TO_S).as(JobGoodput.ENDED_AT.column()),
                        JobGoodput.PRODUCTIVE_S.col().cast("string").as(JobGoodput.PRODUCTIVE_S.column()),
                        to_json(map_from_entries(filter(
                                        col(BADPUT), kind -> kind.getField("s").gt(0))))
                                .as(JobGoodput.BADPUT_S.column()),
                        JobGoodput.TOKENS.col().cast("string").as(JobGoodput.TOKENS.column()),
                        month.as(Working.MONTH.column()))
                .transform(rows -> new Soiling(noise, fleet.dirt())
                        .withBrokenCopies(
                                rows, WAYS_TO_BREAK, col("cluster"), col("job_id"), JobGoodput.STARTED_AT.col()));
    }

    /** One row: what the reports of one cluster say of one kind of time on one day, of jobs that ended and of others. */
    Dataset<Row> truth(Dataset<Row> clusters) {
        Column productive = struct(
                lit("productive").as("kind"), JobGoodput.PRODUCTIVE_S.col().as("s"));
        return of(clusters)
                .select(
                        to_date(timestamp_seconds(Working.FROM_S.col())).as("day"),
                        JobGoodput.CLUSTER.col(),
                        JobGoodput.MODEL.col(),
                        Working.JOB_END_S.col().leq(fleet.endS()).as("has_ended"),
                        TrainingJobs.gpus().as("gpus"),
                        inline(concat(array(productive), col(BADPUT))))
                .groupBy("day", "cluster", "model", "has_ended", "kind")
                .agg(
                        sum(col("s").multiply(col("gpus"))).divide(3600).as("gpu_hours"),
                        sum("s").divide(3600).as("job_hours"));
    }

    /** One row: one report, in whole seconds. */
    private Dataset<Row> of(Dataset<Row> clusters) {
        Column start = greatest(Working.JOB_START_S.col(), lit(fleet.startS()));
        Column end = least(Working.JOB_END_S.col(), lit(fleet.endS()));
        Column midnight = col("midnight");
        Column length = Working.TO_S.col().minus(Working.FROM_S.col());
        return jobs.of(clusters, fleet)
                .filter(draw("reports").lt(REPORTING_JOBS))
                .withColumn("midnight", explode(sequence(toMidnight(start), end.minus(1), lit(Fleet.DAY_S))))
                .select(
                        col("*"),
                        greatest(start, midnight).as(Working.FROM_S.column()),
                        least(end, midnight.plus(Fleet.DAY_S)).as(Working.TO_S.column()),
                        concat(lit("pretrain-"), Working.JOB_TEAM.col()).as(JobGoodput.MODEL.column()))
                .withColumn(Working.LENGTH_S.column(), length)
                .withColumn(BADPUT, badput())
                .withColumn(JobGoodput.PRODUCTIVE_S.column(), productive())
                .withColumn(
                        JobGoodput.TOKENS.column(),
                        floor(JobGoodput.PRODUCTIVE_S
                                .col()
                                .multiply(TrainingJobs.gpus())
                                .multiply(TOKENS_PER_GPU_S)));
    }

    /** Kinds with their seconds; no kind takes so much of a day that they could fill it. */
    private Column badput() {
        Column isFirst = Working.FROM_S.col().equalTo(Working.JOB_START_S.col());
        Column isLast = Working.TO_S.col().equalTo(Working.JOB_END_S.col());
        Column isBroken = isLast.and(Working.JOB_STATE.col().notEqual("COMPLETED"));
        Column hasFailure = drawOfDay("failure").lt(DAYS_WITH_FAILURE);
        List<Column> kinds = new ArrayList<>();
        kinds.add(kind("initialisation", isFirst, seconds(900, 0.1, "initialisation")));
        kinds.add(kind("data_loading", lit(true), seconds(1_800, 0.05, "loading")));
        kinds.add(kind("checkpoint_save", lit(true), seconds(2_400, 0.05, "save")));
        kinds.add(kind("checkpoint_restore", hasFailure, seconds(600, 0.05, "restore")));
        kinds.add(kind("infrastructure_recovery", hasFailure, seconds(5_400, 0.2, "recovery")));
        kinds.add(kind("wasted_progress", hasFailure.or(isBroken), seconds(7_200, 0.3, "wasted")));
        kinds.add(kind("other", lit(true), seconds(300, 0.02, "other")));
        return array(kinds.toArray(Column[]::new));
    }

    private static Column kind(String name, Column isThere, Column seconds) {
        return struct(
                lit(name).as("kind"), when(isThere, seconds).otherwise(lit(0L)).as("s"));
    }

    /** Some seconds, of at most a part of the report. */
    private Column seconds(int most, double part, String what) {
        return floor(drawOfDay(what)
                .multiply(least(lit((double) most), Working.LENGTH_S.col().multiply(part))));
    }

    private static Column productive() {
        Column lost = aggregate(col(BADPUT), lit(0L), (sum, kind) -> sum.plus(kind.getField("s")));
        return Working.LENGTH_S.col().minus(lost);
    }

    private Column draw(String what) {
        return noise.draw("goodput " + what, JobGoodput.CLUSTER.col(), Working.JOB_NUMBER.col());
    }

    private Column drawOfDay(String what) {
        return noise.draw("goodput " + what, JobGoodput.CLUSTER.col(), Working.JOB_NUMBER.col(), Working.FROM_S.col());
    }

    private static Column toMidnight(Column seconds) {
        return floor(seconds.divide(Fleet.DAY_S)).multiply(Fleet.DAY_S);
    }

    private static Column time(Working seconds) {
        return date_format(timestamp_seconds(seconds.col()), "yyyy-MM-dd'T'HH:mm:ss'Z'");
    }

    private static Map<String, Column> way(JobGoodput field, String value) {
        return Map.of(field.column(), lit(value));
    }
}
