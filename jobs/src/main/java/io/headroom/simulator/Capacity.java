package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.unix_date;

import io.headroom.staging.cluster.Cluster;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What of each cluster has power, day by day, and what an hour of one of its GPUs costs; of rented clusters. */
final class Capacity {

    static final String FROM_DAY = "from_day";
    static final String TO_DAY = "to_day";

    private final SparkSession spark;
    private final Hosts hosts;
    private final Fleet fleet;

    Capacity(SparkSession spark, Fleet fleet) {
        this.spark = spark;
        this.hosts = new Hosts(spark, fleet);
        this.fleet = fleet;
    }

    /** One row: one cluster on one day. */
    Dataset<Row> days() {
        Column days = sequence(lit(fleet.start()), lit(fleet.end().minusDays(1)));
        Column midnight = unix_date(col(FROM_DAY)).cast("long").multiply(Fleet.DAY_S);
        return prices().join(
                        hosts.clusters()
                                .select(Cluster.CLUSTER.col(), Working.STEPS.col(), Working.GPUS_PER_NODE.col()),
                        Cluster.CLUSTER.column())
                .withColumn(FROM_DAY, explode(days))
                .withColumn(TO_DAY, date_add(col(FROM_DAY), 1))
                .withColumn(
                        Working.INSTALLED_GPUS.column(), Hosts.nodesAt(midnight).multiply(Working.GPUS_PER_NODE.col()))
                .drop(Working.STEPS.column(), Working.GPUS_PER_NODE.column());
    }

    private Dataset<Row> prices() {
        return new LocalRows<FleetCluster>()
                .text(Cluster.CLUSTER, FleetCluster::cluster)
                .text(Cluster.PROVIDER, FleetCluster::provider)
                .text(Cluster.REGION, FleetCluster::region)
                .text(Cluster.ACCELERATOR, cluster -> cluster.hardware().accelerator())
                .with(Working.UNIT_PRICE, FleetCluster::pricePerGpuHour)
                .with(Working.IS_BILLED, FleetCluster::isBilled)
                .with(Working.FOCUS, cluster -> cluster.bill().focus())
                .with(Working.ACCOUNT, cluster -> cluster.bill().account(cluster.provider()))
                .with(Working.CURRENCY, FleetCluster::currency)
                .with(Working.PAID_MONTHS, cluster -> cluster.bill().paidMonths())
                .of(
                        spark,
                        fleet.clusters().stream()
                                .filter(cluster -> cluster.own() == null)
                                .toList());
    }
}
