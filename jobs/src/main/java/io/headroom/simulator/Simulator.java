package io.headroom.simulator;

import io.headroom.simulator.LandingFiles.Kind;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.staging.token_usage.TokenUsage;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Writes a simulated fleet as landing files: the same fleet gives the same files on any number of cores. */
public final class Simulator {

    /** Counts the versions of the simulation; another version gives other files of the same fleet. */
    public static final int VERSION = 1;

    private final SparkSession spark;
    private final Fleet fleet;
    private final Noise noise;
    private final Demand demand;
    private final TrainingJobs jobs;

    public Simulator(SparkSession spark, Fleet fleet) {
        fleet.check();
        this.spark = spark;
        this.fleet = fleet;
        this.noise = new Noise(fleet.seed());
        this.demand = new Demand(noise, fleet.startS());
        this.jobs = new TrainingJobs(noise, demand, fleet.startS());
    }

    /** Whether an earlier simulation into a landing folder did not live to publish its files. */
    public static boolean isUnfinished(String landingUri, Configuration hadoop) throws IOException {
        return LandingFiles.isUnfinished(landingUri, hadoop);
    }

    /**
     * Writes the files below {@code <landing>/simulated}, in place of those of an earlier simulation. Until all are
     * written they lie in {@code <landing>/_simulating}, where no source looks.
     *
     * @param landingUri a folder on any Hadoop file system; one without a scheme is a path of this machine
     */
    public void write(String landingUri) {
        LandingFiles files = LandingFiles.at(landingUri, spark.sparkContext().hadoopConfiguration(), fleet.calendar());
        Dataset<Row> activity = activity();
        writeSamples(files, activity);
        Dataset<Row> summable = Activity.summable(activity).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            writeSums(files, summable);
        } finally {
            summable.unpersist();
        }
        writeFacts(files);
        files.publish(mark());
    }

    /** One row: one GPU at one instant, as it was. */
    Dataset<Row> samples() {
        return new GpuSamples(noise, fleet.intervalS()).of(activity());
    }

    private Dataset<Row> activity() {
        return new Hosts(spark, fleet)
                .clustersAtInstants()
                .transform(new Allocation(noise, demand, jobs)::of)
                .transform(new Activity(noise)::of);
    }

    private void writeSamples(LandingFiles files, Dataset<Row> activity) {
        var gpuSamples = new GpuSamples(noise, fleet.intervalS());
        files.writeMonths(
                activity.transform(gpuSamples::of).transform(gpuSamples::delivered),
                Kind.parquet("gpu_sample/%s.parquet"));
    }

    private void writeSums(LandingFiles files, Dataset<Row> activity) {
        files.writeMonths(
                PowerSamples.of(activity, fleet.calendar()),
                Kind.parquet("power_sample/%s.parquet"),
                PowerSample.SAMPLED_AT.col(),
                PowerSample.METER_ID.col());
        files.writeMonths(
                new TokenUsages(noise, demand, fleet).of(activity),
                Kind.csv("token_usage/%s.csv.gz").with("compression", "gzip"),
                TokenUsage.STARTED_AT.col(),
                TokenUsage.CLUSTER.col(),
                TokenUsage.MODEL.col(),
                TokenUsage.WORKLOAD.col());
        files.writeMonths(
                new FocusBill(fleet).of(activity),
                Kind.csv("cost/%s/focus_1_0.csv"),
                functions.col("ProviderName"),
                functions.col("ChargePeriodStart"),
                functions.col("ChargePeriodEnd"),
                functions.col("ChargeDescription"));
    }

    private void writeFacts(LandingFiles files) {
        files.writeMonths(
                new SlurmAccounting(noise, jobs, fleet).of(new Hosts(spark, fleet).clusters()),
                Kind.csv("job_usage/%s.txt").with("sep", "|").with("quote", ""),
                functions.col("Cluster"),
                functions.col("JobIDRaw"));
        var facts = new FleetFacts(spark, fleet);
        files.writeOne(facts.clusters(), Kind.csv("cluster/cluster.csv"));
        files.writeOne(facts.prices(), Kind.csv("price/price.csv"));
        files.writeOne(facts.milestones(), Kind.csv("capacity_milestone/capacity_milestone.csv"));
    }

    private String mark() {
        return "Simulated data, not measured: seed %d, simulator version %d, %s to %s."
                .formatted(fleet.seed(), VERSION, fleet.start(), fleet.end());
    }
}
