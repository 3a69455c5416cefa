package io.headroom.simulator;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.job_usage.JobUsage;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The training jobs as {@code sacct --parsable2} tells them, in UTC. Those that the fleet's end cuts off still run. */
final class SlurmAccounting {

    private static final double LONGEST_WAIT_S = 6 * 3600;
    private static final int CPUS_PER_GPU = 8;
    private static final int MEMORY_PER_GPU_G = 64;

    private final Noise noise;
    /** One for each rule of the table that accounting can break. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            Map.of("End", lit("2000-01-01T00:00:00")),
            Map.of("End", lit("1970-01-01T00:00:00")),
            Map.of("End", lit("soon")),
            Map.of("State", lit("")),
            Map.of("JobID", lit("")));

    private final TrainingJobs jobs;
    private final Fleet fleet;

    SlurmAccounting(Noise noise, TrainingJobs jobs, Fleet fleet) {
        this.noise = noise;
        this.jobs = jobs;
        this.fleet = fleet;
    }

    Dataset<Row> of(Dataset<Row> clusters) {
        return jobs.of(clusters, fleet)
                .transform(this::told)
                .transform(lines -> new Soiling(noise, fleet.dirt())
                        .withBrokenCopies(lines, WAYS_TO_BREAK, col("Cluster"), col("JobIDRaw")));
    }

    private Dataset<Row> told(Dataset<Row> rows) {
        Column number = Working.JOB_NUMBER.col().cast("string");
        Column endS = least(Working.JOB_END_S.col(), lit(fleet.endS()));
        Column cpus = TrainingJobs.gpus().multiply(CPUS_PER_GPU).cast("string");
        Column submit = Working.JOB_START_S
                .col()
                .minus(floor(draw("wait").multiply(draw("wait long")).multiply(LONGEST_WAIT_S)));
        return rows.select(
                number.as("JobID"),
                number.as("JobIDRaw"),
                JobUsage.CLUSTER.col().as("Cluster"),
                lit("gpu").as("Partition"),
                Working.JOB_TEAM.col().as("Account"),
                concat(lit("user"), floor(draw("user").multiply(12)).plus(1).cast("string"))
                        .as("User"),
                time(submit).as("Submit"),
                time(submit).as("Eligible"),
                time(Working.JOB_START_S.col()).as("Start"),
                when(isRunning(), lit("Unknown"))
                        .otherwise(time(Working.JOB_END_S.col()))
                        .as("End"),
                elapsed(endS.minus(Working.JOB_START_S.col())).as("Elapsed"),
                exitCode().as("ExitCode"),
                state().as("State"),
                TrainingJobs.nodes().cast("string").as("NNodes"),
                cpus.as("NCPUS"),
                cpus.as("ReqCPUS"),
                allocated(cpus).as("AllocTRES"),
                nodeList().as("NodeList"),
                fleet.calendar()
                        .indexOf(timestamp_seconds(least(Working.JOB_END_S.col(), lit(fleet.endS() - 1))))
                        .as(Working.MONTH.column()));
    }

    private Column isRunning() {
        return Working.JOB_END_S.col().gt(fleet.endS());
    }

    private Column state() {
        return when(isRunning(), lit("RUNNING"))
                .when(Working.JOB_STATE.col().equalTo("CANCELLED"), lit("CANCELLED by 1000"))
                .otherwise(Working.JOB_STATE.col());
    }

    private Column exitCode() {
        return when(isRunning(), lit("0:0"))
                .when(Working.JOB_STATE.col().equalTo("FAILED"), lit("1:0"))
                .when(Working.JOB_STATE.col().equalTo("CANCELLED"), lit("0:15"))
                .otherwise(lit("0:0"));
    }

    private Column draw(String what) {
        return noise.draw(what, JobUsage.CLUSTER.col(), Working.JOB_NUMBER.col());
    }

    private static Column allocated(Column cpus) {
        return format_string(
                "billing=%s,cpu=%s,gres/gpu=%d,mem=%dG,node=%d",
                cpus, cpus, TrainingJobs.gpus(), TrainingJobs.gpus().multiply(MEMORY_PER_GPU_G), TrainingJobs.nodes());
    }

    private static Column nodeList() {
        Column from = TrainingJobs.firstNode().plus(1);
        Column to = TrainingJobs.firstNode().plus(TrainingJobs.nodes());
        return when(TrainingJobs.nodes().equalTo(1), format_string("%s-n%04d", JobUsage.CLUSTER.col(), from))
                .otherwise(format_string("%s-n[%04d-%04d]", JobUsage.CLUSTER.col(), from, to));
    }

    private static Column time(Column seconds) {
        return date_format(timestamp_seconds(seconds), "yyyy-MM-dd'T'HH:mm:ss");
    }

    /** Slurm's [days-]hours:minutes:seconds. */
    private static Column elapsed(Column seconds) {
        Column days = floor(seconds.divide(Fleet.DAY_S));
        Column clock = format_string(
                "%02d:%02d:%02d",
                floor(pmod(seconds, lit(Fleet.DAY_S)).divide(3600)),
                floor(pmod(seconds, lit(3600L)).divide(60)),
                pmod(seconds, lit(60L)));
        return concat(coalesce(when(days.gt(0), format_string("%d-", days)), lit("")), clock);
    }
}
