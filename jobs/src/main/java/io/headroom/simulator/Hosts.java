package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.unix_date;

import io.headroom.staging.gpu_sample.GpuSample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The hosts of a fleet, and the instants at which they are sampled. */
final class Hosts {

    /** Training jobs take at most this part of a cluster. */
    static final int JOBS_PER_CLUSTER = 4;

    private final SparkSession spark;
    private final Fleet fleet;

    private record Host(FleetCluster cluster, int rank) {}

    Hosts(SparkSession spark, Fleet fleet) {
        this.spark = spark;
        this.fleet = fleet;
    }

    /** One row: one host. */
    Dataset<Row> all() {
        List<Host> hosts = fleet.clusters().stream()
                .flatMap(cluster -> IntStream.range(0, cluster.hardware().nodes())
                        .mapToObj(rank -> new Host(cluster, rank)))
                .toList();
        return columns().of(spark, hosts);
    }

    /** One row: one cluster, in the columns of its hosts. */
    Dataset<Row> clusters() {
        return all().filter(Working.RANK.col().equalTo(0));
    }

    /** One row: one host at one instant. A month is a task of its own and becomes a file of its own. */
    Dataset<Row> atInstants() {
        return instants().crossJoin(broadcast(all()));
    }

    private Dataset<Row> instants() {
        int months = fleet.months();
        Column firstDay = add_months(lit(fleet.start().withDayOfMonth(1)), functions.col("id").cast("int"));
        Column nextFirst = add_months(firstDay, 1);
        Column from = greatest(seconds(firstDay), lit(fleet.startS()));
        Column to = least(seconds(nextFirst), lit(fleet.endS()));
        long interval = fleet.intervalS();
        return spark.range(0, months, 1, months)
                .select(
                        firstDay.cast("string").substr(1, 7).as(Working.MONTH.column()),
                        explode(sequence(from, to.minus(interval), lit(interval))).as(Working.AT_S.column()));
    }

    private static Column seconds(Column day) {
        return unix_date(day).cast("long").multiply(Fleet.DAY_S);
    }

    private LocalRows<Host> columns() {
        return new LocalRows<Host>()
                .text(GpuSample.PROVIDER, host -> host.cluster().provider())
                .text(GpuSample.REGION, host -> host.cluster().region())
                .text(GpuSample.CLUSTER, host -> host.cluster().cluster())
                .text(GpuSample.RACK, host -> host.cluster().rack(host.rank()))
                .text(GpuSample.NODE, host -> host.cluster().node(host.rank()))
                .text(GpuSample.ACCELERATOR, host -> host.cluster().hardware().accelerator())
                .with(Working.RANK, Host::rank)
                .with(Working.NODES, host -> host.cluster().hardware().nodes())
                .with(Working.NODES_PER_JOB, host -> nodesPerJob(host.cluster()))
                .with(Working.GPUS_PER_NODE, host -> host.cluster().hardware().gpusPerNode())
                .with(Working.GPUS, this::gpus)
                .with(Working.TGP_W, host -> host.cluster().hardware().tgpW())
                .with(Working.RACK_BASE_W, host -> 0.03 * host.cluster().hardware().rackNameplateW())
                .with(Working.HAS_NODE_METERS, host -> host.cluster().hardware().hasNodeMeters())
                .with(Working.UTC_OFFSET_S, host -> host.cluster().utcOffsetH() * 3600L)
                .with(Working.INITIAL_LOAD, host -> host.cluster().load().initial())
                .with(Working.GROWTH_PER_MONTH, host -> host.cluster().load().growthPerMonth())
                .with(Working.TRAINING_SHARE, host -> host.cluster().load().training())
                .with(Working.INFERENCE_SHARE, host -> host.cluster().load().inference())
                .with(Working.AGENTIC_SHARE, host -> host.cluster().load().agentic());
    }

    private static int nodesPerJob(FleetCluster cluster) {
        return (cluster.hardware().nodes() + JOBS_PER_CLUSTER - 1) / JOBS_PER_CLUSTER;
    }

    private String[] gpus(Host host) {
        String node = host.cluster().node(host.rank());
        return Stream.iterate(0, index -> index + 1)
                .limit(host.cluster().hardware().gpusPerNode())
                .map(index -> "%d %s %d".formatted(fleet.seed(), node, index))
                .map(gpu -> "GPU-" + UUID.nameUUIDFromBytes(gpu.getBytes(StandardCharsets.UTF_8)))
                .toArray(String[]::new);
    }
}
