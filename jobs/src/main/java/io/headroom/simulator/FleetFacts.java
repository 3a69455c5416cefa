package io.headroom.simulator;

import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import io.headroom.table.Lineage;
import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** What is known of a fleet without measuring: its clusters, its rate card, and its capacity as reached and as planned. */
final class FleetFacts {

    private static final String SIMULATED = "simulated";
    private static final int DELIVERED_DAYS_BEFORE = 60;
    private static final int ENERGISED_DAYS_BEFORE = 30;
    private static final double GBPS_PER_GPU = 400;

    private final SparkSession spark;
    private final Fleet fleet;

    /** What was known of a milestone on a day. */
    private record Milestone(
            FleetCluster cluster,
            String id,
            String state,
            LocalDate planned,
            @Nullable LocalDate actual,
            int racks,
            LocalDate known) {}

    FleetFacts(SparkSession spark, Fleet fleet) {
        this.spark = spark;
        this.fleet = fleet;
    }

    Dataset<Row> clusters() {
        return new LocalRows<FleetCluster>()
                .text(Cluster.CLUSTER, FleetCluster::cluster)
                .text(Cluster.PROVIDER, FleetCluster::provider)
                .text(Cluster.REGION, FleetCluster::region)
                .text(Cluster.COUNTRY, FleetCluster::country)
                .text(Cluster.GRID_REGION, FleetCluster::gridRegion)
                .text(Cluster.SITE, FleetCluster::site)
                .text(Cluster.ACCELERATOR, cluster -> cluster.hardware().accelerator())
                .text(Cluster.INSTALLED_GPUS, cluster -> cluster.hardware().gpus())
                .text(Cluster.RACKS, cluster -> cluster.hardware().racks())
                .text(Cluster.GPUS_PER_DOMAIN, cluster -> cluster.hardware().gpusPerDomain())
                .text(Cluster.RACK_NAMEPLATE_W, cluster -> cluster.hardware().rackNameplateW())
                .text(
                        Cluster.POWER_ENVELOPE_W,
                        cluster -> megawatts(cluster, cluster.hardware().racks()) * 1e6)
                .text(
                        Cluster.NETWORK_ENVELOPE_GBPS,
                        cluster -> cluster.hardware().gpus() * GBPS_PER_GPU)
                .text(Cluster.PUE, FleetCluster::pue)
                .text(Cluster.PUE_CATEGORY, cluster -> null)
                .of(spark, fleet.clusters());
    }

    /** Prices of the clusters that are on no bill. */
    Dataset<Row> prices() {
        return new LocalRows<FleetCluster>()
                .text(Price.PROVIDER, FleetCluster::provider)
                .text(Price.REGION, FleetCluster::region)
                .text(Price.CLUSTER, FleetCluster::cluster)
                .text(Price.ACCELERATOR, cluster -> cluster.hardware().accelerator())
                .text(Price.PRICING_CATEGORY, cluster -> "rate_card")
                .text(Price.UNIT, cluster -> "gpu_hour")
                .text(Price.UNIT_PRICE, FleetCluster::pricePerGpuHour)
                .text(Price.CURRENCY, cluster -> "USD")
                .text(Price.VALID_FROM, cluster -> instant(fleet.start()))
                .text(Price.VALID_TO, cluster -> null)
                .text(Price.SOURCE_URL, cluster -> SIMULATED)
                .text(Price.NOTE, cluster -> SIMULATED)
                .text(Lineage.KNOWN_AT, cluster -> instant(fleet.start()))
                .of(
                        spark,
                        fleet.clusters().stream()
                                .filter(cluster -> !cluster.isBilled())
                                .toList());
    }

    Dataset<Row> milestones() {
        return new LocalRows<Milestone>()
                .text(CapacityMilestone.MILESTONE_ID, Milestone::id)
                .text(CapacityMilestone.OVERLAP_GROUP, milestone -> null)
                .text(CapacityMilestone.CONTRACT_ID, milestone -> null)
                .text(
                        CapacityMilestone.PROVIDER,
                        milestone -> milestone.cluster().provider())
                .text(CapacityMilestone.SITE, milestone -> milestone.cluster().site())
                .text(
                        CapacityMilestone.CLUSTER,
                        milestone -> milestone.cluster().cluster())
                .text(
                        CapacityMilestone.COUNTRY,
                        milestone -> milestone.cluster().country())
                .text(CapacityMilestone.REGION, milestone -> milestone.cluster().region())
                .text(
                        CapacityMilestone.GRID_REGION,
                        milestone -> milestone.cluster().gridRegion())
                .text(CapacityMilestone.STATE, Milestone::state)
                .text(CapacityMilestone.PLANNED_ON, Milestone::planned)
                .text(CapacityMilestone.ACTUAL_ON, Milestone::actual)
                .text(CapacityMilestone.DATE_PRECISION, milestone -> "day")
                .text(CapacityMilestone.MW, milestone -> megawatts(milestone.cluster(), milestone.racks()))
                .text(CapacityMilestone.MW_QUALIFIER, milestone -> "exact")
                .text(CapacityMilestone.MW_BASIS, milestone -> "it")
                .text(
                        CapacityMilestone.ACCELERATORS,
                        milestone -> milestone.racks()
                                * milestone.cluster().hardware().gpusPerRack())
                .text(CapacityMilestone.ACCELERATORS_QUALIFIER, milestone -> "exact")
                .text(
                        CapacityMilestone.ACCELERATOR,
                        milestone -> milestone.cluster().hardware().accelerator())
                .text(CapacityMilestone.CONFIDENCE, milestone -> "signed")
                .text(CapacityMilestone.SOURCE_URL, milestone -> SIMULATED)
                .text(CapacityMilestone.NOTE, milestone -> SIMULATED)
                .text(Lineage.KNOWN_AT, milestone -> instant(milestone.known()))
                .of(
                        spark,
                        fleet.clusters().stream()
                                .flatMap(cluster -> Stream.concat(reached(cluster), planned(cluster)))
                                .toList());
    }

    /** One milestone, as known when it was delivered and when it was energised. */
    private Stream<Milestone> reached(FleetCluster cluster) {
        LocalDate delivered = fleet.start().minusDays(DELIVERED_DAYS_BEFORE);
        LocalDate energised = fleet.start().minusDays(ENERGISED_DAYS_BEFORE);
        int racks = cluster.hardware().racks();
        String id = cluster.cluster() + "-installed";
        return Stream.of(
                new Milestone(cluster, id, "delivered", delivered, delivered, racks, delivered),
                new Milestone(cluster, id, "energised", energised, energised, racks, energised));
    }

    private Stream<Milestone> planned(FleetCluster cluster) {
        return IntStream.range(0, cluster.expansions().size()).mapToObj(index -> {
            FleetCluster.Expansion expansion = cluster.expansions().get(index);
            String id = "%s-expansion-%d".formatted(cluster.cluster(), index + 1);
            return new Milestone(cluster, id, "contracted", expansion.on(), null, expansion.racks(), fleet.start());
        });
    }

    private static double megawatts(FleetCluster cluster, int racks) {
        return racks * cluster.hardware().rackNameplateW() / 1e6;
    }

    private static String instant(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
