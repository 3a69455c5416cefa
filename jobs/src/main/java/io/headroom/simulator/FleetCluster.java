package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.headroom.failure.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * One cluster of a simulated fleet.
 *
 * @param provider who supplies it; simulated ones end with -sim, so that they never mix with real providers
 * @param utcOffsetH hours that its users' clocks are ahead of UTC
 * @param models what it serves, empty if it only trains
 * @param isBilled whether its cost is on a FOCUS bill; else it is on a rate card
 * @param pricePerGpuHour USD, of at most four decimals
 * @param expansions racks to come
 */
public record FleetCluster(
        String cluster,
        String provider,
        String region,
        String country,
        @JsonProperty("grid_region") String gridRegion,
        String site,
        @JsonProperty("utc_offset_h") int utcOffsetH,
        Hardware hardware,
        double pue,
        Load load,
        List<ServedModel> models,
        @JsonProperty("billed") boolean isBilled,
        @JsonProperty("price_per_gpu_hour") BigDecimal pricePerGpuHour,
        List<Expansion> expansions) {

    private static final int MOST_NODES = 9_999;

    public FleetCluster {
        models = models == null ? List.of() : List.copyOf(models);
        expansions = expansions == null ? List.of() : List.copyOf(expansions);
    }

    void check() {
        require(
                cluster != null && cluster.matches("[a-z][a-z0-9-]*"),
                "A cluster must be named by lower case letters, digits and -, not '%s'.".formatted(cluster));
        try {
            checkRest();
        } catch (Failure complaint) {
            throw Failure.wrongCommand("Cluster %s: %s".formatted(cluster, complaint.getMessage()), complaint);
        }
    }

    private void checkRest() {
        require(
                provider != null && provider.endsWith("-sim"),
                "the provider (%s) does not end with -sim, by which simulated capacity is told from real."
                        .formatted(provider));
        require(region != null, "give its region.");
        require(hardware != null && load != null, "give its hardware and its load.");
        hardware.check();
        load.check();
        models.forEach(ServedModel::check);
        expansions.forEach(Expansion::check);
        require(pue >= 1, "pue (%s) is below 1.".formatted(pue));
        require(
                pricePerGpuHour != null && pricePerGpuHour.signum() >= 0 && pricePerGpuHour.scale() <= 4,
                "price_per_gpu_hour (%s) is not an amount of at most four decimals.".formatted(pricePerGpuHour));
        double served = models.stream().mapToDouble(ServedModel::share).sum();
        double expected = load.serves() ? 1 : 0;
        require(
                Math.abs(served - expected) < 1e-9,
                "the shares of its models add up to %s, not to %s.".formatted(served, expected));
    }

    String rack(int rank) {
        return "%s-r%02d".formatted(cluster, 1 + rank / hardware.nodesPerRack());
    }

    /** Name of a host; Slurm abbreviates a range of them to {@code cluster-n[0001-0004]}. */
    String node(int rank) {
        return "%s-n%04d".formatted(cluster, 1 + rank);
    }

    /**
     * What a cluster is made of.
     *
     * @param tgpW power of one GPU that nothing exceeds
     * @param gpusPerNode what is allocated as a whole
     * @param gpusPerDomain GPUs of one NVLink domain
     * @param hasNodeMeters whether hosts are metered besides racks
     */
    public record Hardware(
            String accelerator,
            @JsonProperty("tgp_w") double tgpW,
            int racks,
            @JsonProperty("gpus_per_rack") int gpusPerRack,
            @JsonProperty("gpus_per_node") int gpusPerNode,
            @JsonProperty("gpus_per_domain") int gpusPerDomain,
            @JsonProperty("rack_nameplate_w") double rackNameplateW,
            @JsonProperty("node_meters") boolean hasNodeMeters) {

        void check() {
            require(accelerator != null, "the hardware lacks its accelerator.");
            require(tgpW > 0 && rackNameplateW > 0, "tgp_w and rack_nameplate_w must be above 0.");
            require(racks > 0 && gpusPerDomain > 0, "racks and gpus_per_domain must be above 0.");
            require(
                    gpusPerNode > 0 && gpusPerRack > 0 && gpusPerRack % gpusPerNode == 0,
                    "gpus_per_rack (%d) is not a multiple of gpus_per_node (%d).".formatted(gpusPerRack, gpusPerNode));
            require(nodes() <= MOST_NODES, "it has more than %d nodes.".formatted(MOST_NODES));
        }

        int gpus() {
            return racks * gpusPerRack;
        }

        int nodesPerRack() {
            return gpusPerRack / gpusPerNode;
        }

        int nodes() {
            return racks * nodesPerRack();
        }
    }

    /**
     * How busy a cluster is.
     *
     * @param initial share of its GPUs wanted at the start
     * @param growthPerMonth by what that grows in a month, compounded
     * @param training share of the load; so are the others
     */
    public record Load(
            double initial,
            @JsonProperty("growth_per_month") double growthPerMonth,
            double training,
            double inference,
            double agentic) {

        void check() {
            require(initial > 0 && initial <= 1, "load.initial (%s) is not within (0, 1].".formatted(initial));
            require(
                    growthPerMonth > -1 && growthPerMonth < 1,
                    "load.growth_per_month (%s) is not within (-1, 1).".formatted(growthPerMonth));
            require(training >= 0 && inference >= 0 && agentic >= 0, "a share of the load is negative.");
            require(
                    Math.abs(training + inference + agentic - 1) < 1e-9,
                    "the shares training, inference and agentic of the load do not add up to 1.");
        }

        boolean serves() {
            return inference > 0 || agentic > 0;
        }
    }

    /**
     * A model that a cluster serves.
     *
     * @param share of the cluster's serving time
     * @param tokensPerGpuS tokens of all kinds that one GPU with all SMs active moves in a second
     */
    public record ServedModel(
            String model,
            double share,
            @JsonProperty("tokens_per_gpu_s") double tokensPerGpuS) {

        void check() {
            require(model != null, "a served model lacks its name.");
            require(share > 0 && tokensPerGpuS > 0, "share and tokens_per_gpu_s of a model must be above 0.");
        }
    }

    /** Racks planned to be energised on a day. */
    public record Expansion(
            @JsonDeserialize(using = DayDeserializer.class) LocalDate on, int racks) {

        void check() {
            require(on != null && racks > 0, "an expansion must have a day `on` and `racks` above 0.");
        }
    }
}
