package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.unix_date;

import io.headroom.staging.gpu_sample.GpuSample;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The clusters of a fleet with their hosts, and the instants at which they are sampled. */
final class Hosts {

    /** Training jobs take at most this part of a cluster. */
    static final int JOBS_PER_CLUSTER = 4;

    private static final double RACK_BASE_SHARE = 0.03;

    private final SparkSession spark;
    private final Fleet fleet;

    Hosts(SparkSession spark, Fleet fleet) {
        this.spark = spark;
        this.fleet = fleet;
    }

    /** One row: one cluster, its hosts in an array. */
    Dataset<Row> clusters() {
        return new LocalRows<FleetCluster>()
                .text(GpuSample.PROVIDER, FleetCluster::provider)
                .text(GpuSample.REGION, FleetCluster::region)
                .text(GpuSample.CLUSTER, FleetCluster::cluster)
                .text(GpuSample.ACCELERATOR, cluster -> cluster.hardware().accelerator())
                .with(Working.NODES, cluster -> cluster.hardware().nodes())
                .with(Working.NODES_PER_JOB, Hosts::nodesPerJob)
                .with(Working.GPUS_PER_NODE, cluster -> cluster.hardware().gpusPerNode())
                .with(Working.TGP_W, cluster -> cluster.hardware().tgpW())
                .with(
                        Working.RACK_BASE_W,
                        cluster -> RACK_BASE_SHARE * cluster.hardware().rackNameplateW())
                .with(Working.HAS_NODE_METERS, cluster -> cluster.hardware().hasNodeMeters())
                .with(Working.UTC_OFFSET_S, cluster -> cluster.utcOffsetH() * 3600L)
                .with(Working.INITIAL_LOAD, cluster -> cluster.load().initial())
                .with(Working.GROWTH_PER_MONTH, cluster -> cluster.load().growthPerMonth())
                .with(Working.TRAINING_SHARE, cluster -> cluster.load().training())
                .with(Working.INFERENCE_SHARE, cluster -> cluster.load().inference())
                .with(Working.AGENTIC_SHARE, cluster -> cluster.load().agentic())
                .with(Working.HOSTS, this::hosts)
                .of(spark, fleet.clusters());
    }

    /** One row: one cluster at one instant, by time and then as the fleet lists them; a partition holds a month. */
    Dataset<Row> clustersAtInstants() {
        int months = fleet.calendar().months();
        Column firstDay = add_months(lit(fleet.calendar().firstDay()), col("id").cast("int"));
        Column from = greatest(seconds(firstDay), lit(fleet.startS()));
        Column to = least(seconds(add_months(firstDay, 1)), lit(fleet.endS()));
        long interval = fleet.intervalS();
        return spark.range(0, months, 1, months)
                .select(explode(sequence(from, to.minus(interval), lit(interval)))
                        .as(Working.AT_S.column()))
                .crossJoin(broadcast(clusters()));
    }

    /** One row: one host of each cluster. */
    static Dataset<Row> each(Dataset<Row> clusters) {
        return clusters.select(col("*"), inline(Working.HOSTS.col())).drop(Working.HOSTS.column());
    }

    private static Column seconds(Column day) {
        return unix_date(day).cast("long").multiply(Fleet.DAY_S);
    }

    private static int nodesPerJob(FleetCluster cluster) {
        return (cluster.hardware().nodes() + JOBS_PER_CLUSTER - 1) / JOBS_PER_CLUSTER;
    }

    private Row[] hosts(FleetCluster cluster) {
        return IntStream.range(0, cluster.hardware().nodes())
                .mapToObj(rank -> RowFactory.create(
                        rank, cluster.rack(rank), cluster.node(rank), gpus(cluster.node(rank), cluster.hardware())))
                .toArray(Row[]::new);
    }

    private String[] gpus(String node, FleetCluster.Hardware hardware) {
        return IntStream.range(0, hardware.gpusPerNode())
                .mapToObj(index -> "%d %s %d".formatted(fleet.seed(), node, index))
                .map(gpu -> "GPU-" + UUID.nameUUIDFromBytes(gpu.getBytes(StandardCharsets.UTF_8)))
                .toArray(String[]::new);
    }
}
