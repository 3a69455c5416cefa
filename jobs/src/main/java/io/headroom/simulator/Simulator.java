package io.headroom.simulator;

import static java.util.stream.Collectors.toSet;

import io.headroom.simulator.FleetCluster.Telemetry;
import io.headroom.simulator.LandingFiles.Kind;
import io.headroom.staging.token_usage.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Writes a simulated fleet as landing files: the same fleet gives the same files on any number of cores. */
public final class Simulator {

    /** Counts the versions of the simulation; another version gives other files of the same fleet. */
    public static final int VERSION = 4;

    private final SparkSession spark;
    private final Fleet fleet;
    private final Noise noise;
    private final Demand demand;
    private final TrainingJobs jobs;
    private final Soiling soiling;
    private final Hosts hosts;
    private final CostFiles costs;

    public Simulator(SparkSession spark, Fleet fleet) {
        fleet.check();
        this.spark = spark;
        this.fleet = fleet;
        this.noise = new Noise(fleet.seed());
        this.demand = new Demand(noise, fleet.startS());
        this.jobs = new TrainingJobs(noise, demand, fleet.startS(), fleet.faults());
        this.soiling = new Soiling(noise, fleet.dirt());
        this.hosts = new Hosts(spark, fleet);
        this.costs = new CostFiles(spark, fleet, noise, demand, soiling);
    }

    /** Whether an earlier simulation into a landing folder did not live to publish its files. */
    public static boolean isUnfinished(String landingUri, Configuration hadoop) throws IOException {
        return LandingFiles.isUnfinished(landingUri, hadoop);
    }

    /**
     * Writes the files below {@code <landing>/simulated}, in place of those of an earlier simulation, and what they should
     * tell below {@code truth} there. Until all are written they lie in {@code <landing>/_simulating}, where no source
     * looks.
     *
     * @param landingUri a folder on any Hadoop file system; one without a scheme is a path of this machine
     */
    public void write(String landingUri) {
        LandingFiles files = LandingFiles.at(landingUri, spark.sparkContext().hadoopConfiguration());
        Dataset<Row> activity = activity();
        writeSamples(files, activity);
        Dataset<Row> summable = Activity.summable(activity).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            writeSums(files, summable);
            writeTruth(files, summable);
        } finally {
            summable.unpersist();
        }
        writeFacts(files);
        files.publish(mark());
    }

    /** One row: one GPU at one instant, as it was. */
    Dataset<Row> samples() {
        return new GpuSamples(noise, fleet.dirt()).of(activity().filter(functions.not(Working.IS_AFTERWARDS.col())));
    }

    private Dataset<Row> wanted() {
        return hosts.clustersAtInstants().transform(allocation()::wanted);
    }

    private Dataset<Row> activity() {
        return wanted().transform(hosts::each).transform(allocation()::held).transform(new Activity(noise)::of);
    }

    private Allocation allocation() {
        return new Allocation(noise, demand, jobs, fleet.faults());
    }

    private void writeSamples(LandingFiles files, Dataset<Row> activity) {
        var samples = new GpuSamples(noise, fleet.dirt());
        List<String> names = fleet.periods().namesOfParts();
        Set<Telemetry> formats =
                fleet.clusters().stream().map(FleetCluster::telemetry).collect(toSet());
        for (Telemetry format : formats) {
            Dataset<Row> told =
                    samples.delivered(activity.filter(Working.TELEMETRY.col().equalTo(format.name())));
            switch (format) {
                case PARQUET -> files.write(told, Kind.parquet("gpu_sample/%s.parquet"), names);
                case CSV -> files.write(told, Kind.csv("gpu_sample/%s.csv.gz").with("compression", "gzip"), names);
                case OTEL ->
                    files.write(
                            OtlpLines.ofGpus(told),
                            Kind.text("gpu_sample/%s.jsonl.gz").with("compression", "gzip"),
                            names);
                case DCGM -> files.write(told.transform(DcgmMetrics::exposed), Kind.text("gpu_sample/%s.prom"), names);
                case PROMETHEUS_API ->
                    files.write(told.transform(DcgmMetrics::answered), Kind.text("gpu_sample/%s.json"), names);
            }
        }
    }

    private void writeSums(LandingFiles files, Dataset<Row> activity) {
        List<String> names = fleet.periods().names();
        new MeterFiles(files, fleet).write(new PowerSamples(soiling).of(activity));
        files.write(
                tokens().of(activity)
                        .filter(isToldBy(FleetCluster.Tokens.USAGE))
                        .transform(tokens()::delivered),
                Kind.csv("token_usage/%s.csv.gz").with("compression", "gzip"),
                names,
                Working.PERIOD,
                TokenUsage.STARTED_AT.col(),
                TokenUsage.CLUSTER.col(),
                TokenUsage.MODEL.col(),
                TokenUsage.WORKLOAD.col());
        writeCounters(files, activity);
        costs.writeBills(files, activity);
    }

    private void writeCounters(LandingFiles files, Dataset<Row> activity) {
        boolean isAny = fleet.clusters().stream().anyMatch(cluster -> cluster.tokens() == FleetCluster.Tokens.VLLM);
        if (isAny) {
            Dataset<Row> tokens = tokens().of(activity).filter(isToldBy(FleetCluster.Tokens.VLLM));
            files.write(
                    new VllmCounters(noise, fleet.startS()).of(tokens),
                    Kind.text("counter_sample/%s.prom"),
                    fleet.periods().names(),
                    Working.PERIOD);
        }
    }

    private Column isToldBy(FleetCluster.Tokens format) {
        Object[] clusters = fleet.clusters().stream()
                .filter(cluster -> cluster.tokens() == format)
                .map(FleetCluster::cluster)
                .toArray();
        return clusters.length == 0
                ? functions.lit(false)
                : TokenUsage.CLUSTER.col().isin(clusters);
    }

    private void writeTruth(LandingFiles files, Dataset<Row> activity) {
        Dataset<Row> racks = PowerSamples.racks(activity);
        Dataset<Row> sites = PowerSamples.sites(racks);
        Dataset<Row> tokens = tokens().of(activity);
        files.writeOne(Truth.gpuHours(activity), truth("gpu_hours_daily"));
        files.writeOne(Truth.rackEnergy(racks), truth("rack_energy_daily"));
        files.writeOne(Truth.siteEnergy(sites), truth("site_energy_daily"));
        files.writeOne(Truth.tokens(tokens), truth("tokens_daily"));
        costs.writeTruth(files, activity, sites, tokens);
        files.writeOne(Truth.demand(wanted(), activity), truth("demand_daily"));
        files.writeOne(goodput().truth(hosts.clusters()), truth("goodput_daily"));
    }

    static Kind truth(String name) {
        return Kind.parquet("truth/%s.parquet".formatted(name));
    }

    private TokenUsages tokens() {
        return new TokenUsages(noise, demand, fleet, soiling);
    }

    private GoodputReports goodput() {
        return new GoodputReports(noise, jobs, fleet);
    }

    private void writeFacts(LandingFiles files) {
        files.write(
                new SlurmAccounting(noise, jobs, fleet).of(hosts.clusters()),
                Kind.csv("job_usage/%s.txt").with("sep", "|").with("quote", ""),
                fleet.calendar().names(),
                Working.MONTH,
                functions.col("Cluster"),
                functions.col("JobIDRaw"));
        files.write(
                goodput().delivered(hosts.clusters()),
                Kind.csv("job_goodput/%s.csv"),
                fleet.calendar().names(),
                Working.MONTH,
                functions.col("cluster"),
                functions.col("job_id"),
                functions.col("started_at"));
        var facts = new FleetFacts(spark, fleet);
        files.writeOne(facts.clusters(), Kind.csv("cluster/cluster.csv"));
        costs.writeFacts(files);
        files.writeOne(facts.milestones(), Kind.csv("capacity_milestone/capacity_milestone.csv"));
        files.writeOne(facts.terms(), Kind.csv("contract_term/contract_term.csv"));
    }

    private String mark() {
        return "Simulated data, not measured: seed %d, simulator version %d, %s to %s."
                .formatted(fleet.seed(), VERSION, fleet.start(), fleet.end());
    }
}
