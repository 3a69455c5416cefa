package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.headroom.failure.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One cluster of a simulated fleet.
 *
 * @param provider who supplies it; simulated ones end with -sim, so that they never mix with real providers
 * @param utcOffsetH hours that its users' clocks are ahead of UTC
 * @param pue facility over IT energy, mean of the year
 * @param pueSwing by how much more that is in the middle of July, and less in the middle of January
 * @param tellsDomains whether its GPU samples name their NVLink domain
 * @param telemetry the format in which its GPU samples are delivered; parquet if left out
 * @param meters the format in which its power meters are delivered; parquet if left out
 * @param tokens the format in which its token counts are delivered; usage if left out
 * @param models what it serves, empty if it only trains
 * @param isBilled whether its cost is on a FOCUS bill; else it is on a rate card, or its owner's
 * @param bill how it is billed; in FOCUS 1.0, USD and each month by itself if left out
 * @param pricePerGpuHour of at most four decimals, in the currency of its bill, or USD on a rate card; none where it is own
 * @param own what it costs its owner; null where it is rented
 * @param racksPerRow racks of one row, which the meters of its racks then tell; 0 if they do not
 * @param envelope what its site grants it; if left out, IT power and network for its racks, and no other limit is told
 * @param energy what its site pays for electricity; not told if left out
 * @param expansions racks that came or are to come after the start
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
        @JsonProperty("pue_swing") double pueSwing,
        @JsonProperty("tells_nvlink_domains") boolean tellsDomains,
        Telemetry telemetry,
        Meters meters,
        Tokens tokens,
        Load load,
        List<ServedModel> models,
        @JsonProperty("billed") boolean isBilled,
        Bill bill,
        @JsonProperty("price_per_gpu_hour") @Nullable BigDecimal pricePerGpuHour,
        @Nullable OwnCentre own,
        @JsonProperty("racks_per_row") int racksPerRow,
        @Nullable Envelope envelope,
        @Nullable EnergyTariff energy,
        List<Expansion> expansions) {

    private static final int MOST_NODES = 9_999;

    /** Formats of GPU samples. */
    public enum Telemetry {
        @JsonProperty("parquet")
        PARQUET,
        @JsonProperty("csv")
        CSV,
        @JsonProperty("otel")
        OTEL,
        /** Scrapes of dcgm-exporter, in the Prometheus text format. */
        @JsonProperty("dcgm")
        DCGM,
        /** The same metrics as the Prometheus HTTP API answers them. */
        @JsonProperty("prometheus_api")
        PROMETHEUS_API
    }

    /** Formats of power meters. */
    public enum Meters {
        @JsonProperty("parquet")
        PARQUET,
        @JsonProperty("otel")
        OTEL,
        @JsonProperty("pdu_csv")
        PDU_CSV,
        @JsonProperty("redfish")
        REDFISH
    }

    /** Formats of token counts. */
    public enum Tokens {
        /** Tokens of each interval. */
        @JsonProperty("usage")
        USAGE,
        /** Counters of vLLM, in the Prometheus text format. */
        @JsonProperty("vllm")
        VLLM
    }

    public FleetCluster {
        telemetry = Objects.requireNonNullElse(telemetry, Telemetry.PARQUET);
        meters = Objects.requireNonNullElse(meters, Meters.PARQUET);
        tokens = Objects.requireNonNullElse(tokens, Tokens.USAGE);
        bill = Objects.requireNonNullElse(bill, Bill.PLAIN);
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
        require(racksPerRow >= 0, "racks_per_row (%d) is negative.".formatted(racksPerRow));
        if (envelope != null) {
            envelope.check();
        }
        if (energy != null) {
            energy.check();
        }
        require(
                pueSwing >= 0 && pue - pueSwing >= 1,
                "pue (%s) less pue_swing (%s) is below 1.".formatted(pue, pueSwing));
        require(hosts(LocalDate.MAX) <= MOST_NODES, "it has more than %d nodes.".formatted(MOST_NODES));
        checkCost();
        double served = models.stream().mapToDouble(ServedModel::share).sum();
        double expected = load.serves() ? 1 : 0;
        require(
                Math.abs(served - expected) < 1e-9,
                "the shares of its models add up to %s, not to %s.".formatted(served, expected));
    }

    private void checkCost() {
        bill.check();
        if (own == null) {
            require(
                    pricePerGpuHour != null && pricePerGpuHour.signum() >= 0 && pricePerGpuHour.scale() <= 4,
                    "price_per_gpu_hour (%s) is not an amount of at most four decimals.".formatted(pricePerGpuHour));
        } else {
            own.check();
            require(
                    !isBilled && pricePerGpuHour == null,
                    "it is own, and so it has no price_per_gpu_hour and is not billed.");
        }
    }

    /** The currency that its GPU-hours are priced in. */
    String currency() {
        return isBilled ? bill.currency() : Bill.DOLLAR;
    }

    /** All currencies that it costs. */
    Set<String> currencies() {
        if (own == null) {
            return Set.of(currency());
        }
        Set<String> all = new TreeSet<>(Set.of(own.currency()));
        if (energy != null) {
            all.add(energy.currency());
        }
        return all;
    }

    /** As many times the racks, at the start and at each expansion, one at least. */
    FleetCluster scaled(double factor) {
        List<Expansion> scaled = expansions.stream()
                .map(expansion -> expansion.of(scaled(expansion.racks(), factor)))
                .toList();
        return new FleetCluster(
                cluster,
                provider,
                region,
                country,
                gridRegion,
                site,
                utcOffsetH,
                hardware.of(scaled(hardware.racks(), factor)),
                pue,
                pueSwing,
                tellsDomains,
                telemetry,
                meters,
                tokens,
                load,
                models,
                isBilled,
                bill,
                pricePerGpuHour,
                own == null ? null : own.scaled(factor),
                racksPerRow,
                envelope,
                energy,
                scaled);
    }

    private static int scaled(int racks, double factor) {
        return (int) Math.max(1, Math.round(racks * factor));
    }

    /** Steps in which it grew by the day of a run or before, the first at the very beginning: racks by the day they had power. */
    Map<LocalDate, Integer> racksByDay(LocalDate until) {
        Map<LocalDate, Integer> steps = new TreeMap<>();
        steps.put(LocalDate.EPOCH, hardware.racks());
        for (Expansion expansion : expansions) {
            LocalDate energised = expansion.energised();
            if (energised != null && energised.isBefore(until)) {
                steps.merge(energised, expansion.racks(), Integer::sum);
            }
        }
        return steps;
    }

    /** GPUs that have power on the day before. */
    int gpus(LocalDate until) {
        return hardware.gpusPerRack()
                * racksByDay(until).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    /** Hosts that have power on the day before. */
    int hosts(LocalDate until) {
        return gpus(until) / hardware.gpusPerNode();
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
     * @param racks at the start
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
        }

        /** Place in its cluster of the NVLink domain that a host is in, or begins in, from 0. */
        int domain(int rank) {
            return rank * gpusPerNode / gpusPerDomain;
        }

        int nodesPerRack() {
            return gpusPerRack / gpusPerNode;
        }

        Hardware of(int otherRacks) {
            return new Hardware(
                    accelerator,
                    tgpW,
                    otherRacks,
                    gpusPerRack,
                    gpusPerNode,
                    gpusPerDomain,
                    rackNameplateW,
                    hasNodeMeters);
        }
    }

    /**
     * How busy a cluster is.
     *
     * @param initial GPUs wanted at the start, as a share of those that it has then
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
            require(initial > 0 && initial <= 2, "load.initial (%s) is not within (0, 2].".formatted(initial));
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

    /**
     * Racks beyond those of the start.
     *
     * @param planned day that they were promised to have power
     * @param delivered day that they arrived; null while they have not
     * @param energised day from which they have power and are used; null while they have none
     */
    public record Expansion(
            int racks,
            @JsonDeserialize(using = DayDeserializer.class) LocalDate planned,

            @JsonDeserialize(using = DayDeserializer.class) @Nullable
            LocalDate delivered,

            @JsonDeserialize(using = DayDeserializer.class) @Nullable
            LocalDate energised) {

        void check() {
            require(planned != null && racks > 0, "an expansion must have a day `planned` and `racks` above 0.");
            require(
                    energised == null || (delivered != null && !energised.isBefore(delivered)),
                    "an expansion is energised before it is delivered.");
        }

        Expansion of(int otherRacks) {
            return new Expansion(otherRacks, planned, delivered, energised);
        }
    }
}
