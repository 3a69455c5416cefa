package io.headroom.simulator;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

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
                .with(Working.BASE_NODES, cluster -> (long) cluster.hosts(fleet.start()))
                .with(Working.STEPS, this::steps)
                .with(Working.NODES_PER_JOB, this::nodesPerJob)
                .with(Working.GPUS_PER_NODE, cluster -> cluster.hardware().gpusPerNode())
                .with(Working.TGP_W, cluster -> cluster.hardware().tgpW())
                .with(
                        Working.RACK_BASE_W,
                        cluster -> RACK_BASE_SHARE * cluster.hardware().rackNameplateW())
                .with(Working.HAS_NODE_METERS, cluster -> cluster.hardware().hasNodeMeters())
                .with(Working.RACKS_PER_ROW, FleetCluster::racksPerRow)
                .with(Working.TELEMETRY, cluster -> cluster.telemetry().name())
                .with(Working.PUE, FleetCluster::pue)
                .with(Working.PUE_SWING, FleetCluster::pueSwing)
                .with(Working.UTC_OFFSET_S, cluster -> cluster.utcOffsetH() * 3600L)
                .with(Working.INITIAL_LOAD, cluster -> cluster.load().initial())
                .with(Working.GROWTH_PER_MONTH, cluster -> cluster.load().growthPerMonth())
                .with(Working.TRAINING_SHARE, cluster -> cluster.load().training())
                .with(Working.INFERENCE_SHARE, cluster -> cluster.load().inference())
                .with(Working.AGENTIC_SHARE, cluster -> cluster.load().agentic())
                .with(Working.HOSTS, this::hosts)
                .of(spark, fleet.clusters());
    }

    /** One row: one cluster at one instant, by time and then as the fleet lists them; a partition holds a file. */
    Dataset<Row> clustersAtInstants() {
        return fleet.periods()
                .instants(spark)
                .crossJoin(broadcast(clusters()))
                .withColumn(Working.NODES.column(), nodesAt(Working.AT_S.col()));
    }

    /** One row: one host that has power, of the part of each row. */
    Dataset<Row> each(Dataset<Row> clusters) {
        Column powered = slice(Working.HOSTS.col(), lit(1), Working.NODES.col().cast("int"));
        return clusters.select(col("*"), inline(powered))
                .drop(Working.HOSTS.column(), Working.STEPS.column())
                .filter(Working.RANK.col().mod(fleet.periods().parts()).equalTo(Working.PART.col()));
    }

    /** Hosts of each row's cluster that have power at an instant. */
    static Column nodesAt(Column seconds) {
        return aggregate(
                Working.STEPS.col(),
                lit(0L),
                (nodes, step) -> nodes.plus(when(step.getField("since_s").leq(seconds), step.getField("nodes"))
                        .otherwise(lit(0L))));
    }

    private Row[] steps(FleetCluster cluster) {
        int nodesPerRack = cluster.hardware().nodesPerRack();
        return cluster.racksByDay(fleet.end()).entrySet().stream()
                .map(step -> RowFactory.create(
                        step.getKey().toEpochDay() * Fleet.DAY_S, (long) step.getValue() * nodesPerRack))
                .toArray(Row[]::new);
    }

    private int nodesPerJob(FleetCluster cluster) {
        return (cluster.hosts(fleet.end()) + JOBS_PER_CLUSTER - 1) / JOBS_PER_CLUSTER;
    }

    private Row[] hosts(FleetCluster cluster) {
        return IntStream.range(0, cluster.hosts(fleet.end()))
                .mapToObj(rank -> RowFactory.create(
                        rank,
                        cluster.rack(rank),
                        cluster.node(rank),
                        domain(cluster, rank),
                        gpus(cluster.node(rank), cluster.hardware())))
                .toArray(Row[]::new);
    }

    /** UUID of the fabric's cluster, and the clique in it. */
    private @Nullable String domain(FleetCluster cluster, int rank) {
        String fabric = "%d %s fabric".formatted(fleet.seed(), cluster.cluster());
        return cluster.tellsDomains()
                ? "%s/%d"
                        .formatted(
                                UUID.nameUUIDFromBytes(fabric.getBytes(StandardCharsets.UTF_8)),
                                1 + cluster.hardware().domain(rank))
                : null;
    }

    private String[] gpus(String node, FleetCluster.Hardware hardware) {
        return IntStream.range(0, hardware.gpusPerNode())
                .mapToObj(index -> "%d %s %d".formatted(fleet.seed(), node, index))
                .map(gpu -> "GPU-" + UUID.nameUUIDFromBytes(gpu.getBytes(StandardCharsets.UTF_8)))
                .toArray(String[]::new);
    }
}
