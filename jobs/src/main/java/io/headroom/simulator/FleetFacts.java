package io.headroom.simulator;

import io.headroom.staging.asset.Asset;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.contract_term.ContractTerm;
import io.headroom.table.Lineage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
    private static final int CONTRACT_YEARS = 3;

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

    /** Something that was bought once for a cluster. */
    private record Bought(FleetCluster cluster, OwnCentre own, OwnCentre.Part part) {

        static Stream<Bought> of(FleetCluster cluster) {
            OwnCentre own = cluster.own();
            return own == null ? Stream.of() : own.assets().stream().map(part -> new Bought(cluster, own, part));
        }
    }

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
                .text(Cluster.INSTALLED_GPUS, cluster -> cluster.gpus(fleet.end()))
                .text(Cluster.RACKS, this::racks)
                .text(Cluster.GPUS_PER_DOMAIN, cluster -> cluster.hardware().gpusPerDomain())
                .text(Cluster.RACK_NAMEPLATE_W, cluster -> cluster.hardware().rackNameplateW())
                .text(
                        Cluster.POWER_ENVELOPE_W,
                        cluster ->
                                nameplateW(cluster) * Objects.requireNonNullElse(limit(cluster, Envelope::power), 1.0))
                .text(
                        Cluster.FACILITY_ENVELOPE_W,
                        cluster -> product(nameplateW(cluster) * cluster.pue(), limit(cluster, Envelope::facility)))
                .text(
                        Cluster.COOLING_ENVELOPE_W,
                        cluster -> product(nameplateW(cluster), limit(cluster, Envelope::cooling)))
                .text(Cluster.RACK_POSITIONS, cluster -> positions(cluster))
                .text(
                        Cluster.NETWORK_ENVELOPE_GBPS,
                        cluster -> cluster.gpus(fleet.end())
                                * GBPS_PER_GPU
                                * Objects.requireNonNullElse(limit(cluster, Envelope::network), 1.0))
                .text(
                        Cluster.NETWORK_GBPS_PER_RACK,
                        cluster -> cluster.hardware().gpusPerRack() * GBPS_PER_GPU)
                .text(Cluster.PUE, FleetCluster::pue)
                .text(Cluster.PUE_CATEGORY, cluster -> null)
                .of(spark, fleet.clusters());
    }

    /** Prices of what is on no bill, and list prices. */
    Dataset<Row> prices() {
        return new PriceList(spark, fleet).rows();
    }

    /** What owners bought for their clusters. */
    Dataset<Row> assets() {
        return new LocalRows<Bought>()
                .text(
                        Asset.ASSET_ID,
                        bought ->
                                bought.cluster().cluster() + "-" + bought.part().asset())
                .text(Asset.PROVIDER, bought -> bought.cluster().provider())
                .text(Asset.REGION, bought -> bought.cluster().region())
                .text(
                        Asset.CLUSTER,
                        bought -> bought.part().isShared()
                                ? null
                                : bought.cluster().cluster())
                .text(Asset.KIND, bought -> bought.part().kind())
                .text(Asset.COST, bought -> bought.part().cost())
                .text(Asset.SALVAGE_VALUE, bought -> bought.part().salvage())
                .text(Asset.CURRENCY, bought -> bought.own().currency())
                .text(Asset.IN_SERVICE_FROM, bought -> instant(bought.part().inService()))
                .text(Asset.LIFE_ENDS_AT, bought -> instant(bought.part().lifeEnds()))
                .text(Asset.SOURCE_URL, bought -> SIMULATED)
                .text(Asset.NOTE, bought -> SIMULATED)
                .text(Lineage.KNOWN_AT, bought -> instant(bought.part().inService()))
                .of(spark, fleet.clusters().stream().flatMap(Bought::of).toList());
    }

    Dataset<Row> milestones() {
        return new LocalRows<Milestone>()
                .text(CapacityMilestone.MILESTONE_ID, Milestone::id)
                .text(CapacityMilestone.OVERLAP_GROUP, milestone -> null)
                .text(CapacityMilestone.CONTRACT_ID, milestone -> contract(milestone.cluster()))
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

    /** What is bought of the clusters that are on a bill: all that they have at the fleet's end, for some years. */
    Dataset<Row> terms() {
        LocalDate end = fleet.start().plusYears(CONTRACT_YEARS);
        BigDecimal hours = BigDecimal.valueOf(24 * ChronoUnit.DAYS.between(fleet.start(), end));
        return new LocalRows<FleetCluster>()
                .text(ContractTerm.CONTRACT_ID, FleetFacts::contract)
                .text(ContractTerm.TERM_ID, cluster -> contract(cluster) + "-spend")
                .text(ContractTerm.AMENDS, cluster -> null)
                .text(ContractTerm.PROVIDER, FleetCluster::provider)
                .text(ContractTerm.COUNTERPARTY, cluster -> SIMULATED)
                .text(ContractTerm.TERM, cluster -> "spend_commitment")
                .text(
                        ContractTerm.AMOUNT,
                        cluster -> Objects.requireNonNull(cluster.pricePerGpuHour())
                                .multiply(BigDecimal.valueOf(cluster.gpus(fleet.end())))
                                .multiply(hours))
                .text(ContractTerm.CURRENCY, FleetCluster::currency)
                .text(ContractTerm.AMOUNT_QUALIFIER, cluster -> "exact")
                .text(ContractTerm.STARTS_ON, cluster -> fleet.start())
                .text(ContractTerm.ENDS_ON, cluster -> end.minusDays(1))
                .text(ContractTerm.DATE_PRECISION, cluster -> "day")
                .text(ContractTerm.STATUS, cluster -> "in_force")
                .text(ContractTerm.EFFECTIVE_ON, cluster -> fleet.start())
                .text(ContractTerm.CONFIDENCE, cluster -> "signed")
                .text(ContractTerm.SOURCE_URL, cluster -> SIMULATED)
                .text(ContractTerm.NOTE, cluster -> SIMULATED)
                .text(Lineage.KNOWN_AT, cluster -> instant(fleet.start()))
                .of(
                        spark,
                        fleet.clusters().stream().filter(FleetCluster::isBilled).toList());
    }

    private static @Nullable String contract(FleetCluster cluster) {
        return cluster.isBilled() ? "commitment-" + cluster.cluster() : null;
    }

    private static @Nullable Double limit(FleetCluster cluster, ToDoubleFunction<Envelope> of) {
        Envelope envelope = cluster.envelope();
        return envelope == null ? null : of.applyAsDouble(envelope);
    }

    private static @Nullable Double product(double one, @Nullable Double other) {
        return other == null ? null : one * other;
    }

    private @Nullable Long positions(FleetCluster cluster) {
        Double space = limit(cluster, Envelope::space);
        return space == null ? null : Math.round(racks(cluster) * space);
    }

    private double nameplateW(FleetCluster cluster) {
        return racks(cluster) * cluster.hardware().rackNameplateW();
    }

    private int racks(FleetCluster cluster) {
        return cluster.gpus(fleet.end()) / cluster.hardware().gpusPerRack();
    }

    /** The racks of the start, as known when they were delivered and when they were energised. */
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
        return IntStream.range(0, cluster.expansions().size())
                .boxed()
                .flatMap(index -> steps(
                        cluster,
                        cluster.expansions().get(index),
                        "%s-expansion-%d".formatted(cluster.cluster(), index + 1)));
    }

    /** One milestone, as known when it was contracted, and on each day before the fleet's end that it came further. */
    private Stream<Milestone> steps(FleetCluster cluster, FleetCluster.Expansion expansion, String id) {
        LocalDate planned = expansion.planned();
        LocalDate signed = planned.minusYears(1).isBefore(fleet.start()) ? planned.minusYears(1) : fleet.start();
        var contracted = new Milestone(cluster, id, "contracted", planned, null, expansion.racks(), signed);
        Stream<Milestone> reached = Stream.of(
                        milestone(cluster, expansion, id, "delivered", expansion.delivered()),
                        milestone(cluster, expansion, id, "energised", expansion.energised()))
                .flatMap(Optional::stream);
        return Stream.concat(Stream.of(contracted), reached);
    }

    private Optional<Milestone> milestone(
            FleetCluster cluster, FleetCluster.Expansion expansion, String id, String state, @Nullable LocalDate on) {
        return Optional.ofNullable(on)
                .filter(fleet.end()::isAfter)
                .map(day -> new Milestone(cluster, id, state, expansion.planned(), day, expansion.racks(), day));
    }

    private static double megawatts(FleetCluster cluster, int racks) {
        return racks * cluster.hardware().rackNameplateW() / 1e6;
    }

    static String instant(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
