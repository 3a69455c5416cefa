package io.headroom.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.headroom.failure.Failure;
import io.headroom.source.Yaml;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet to simulate, and over what time.
 *
 * @param seed another seed gives another fleet of the same kind
 * @param start first day, UTC
 * @param end the day after the last
 * @param intervalS seconds from one sample to the next, which must divide a day
 * @param detail the last days, where they are sampled more finely than the others
 * @param faults what goes wrong in it; nothing if left out
 * @param dirt how badly it is told of; perfectly if left out
 * @param fx US dollars for one unit of each other currency that costs are in, the mean of a year
 * @param apis models whose tokens are bought beside
 */
public record Fleet(
        long seed,
        @JsonDeserialize(using = DayDeserializer.class) LocalDate start,
        @JsonDeserialize(using = DayDeserializer.class) LocalDate end,
        @JsonProperty("interval_s") int intervalS,
        @Nullable Detail detail,
        Faults faults,
        Dirt dirt,
        Map<String, BigDecimal> fx,
        List<TokenApi> apis,
        List<FleetCluster> clusters) {

    static final long DAY_S = 86_400;

    public Fleet {
        faults = Objects.requireNonNullElse(faults, Faults.NONE);
        dirt = Objects.requireNonNullElse(dirt, Dirt.NONE);
        fx = fx == null ? Map.of() : new TreeMap<>(fx);
        apis = apis == null ? List.of() : List.copyOf(apis);
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /**
     * Days that are sampled more finely.
     *
     * @param days how many, the fleet's last ones
     * @param intervalS seconds from one sample to the next, which must divide a day
     */
    public record Detail(
            int days, @JsonProperty("interval_s") int intervalS) {}

    /**
     * The fleet that a YAML text describes.
     *
     * @param origin file that the text is from, for messages
     */
    public static Fleet parse(String yaml, String origin) {
        Fleet fleet = Yaml.bind(Yaml.tree(yaml, origin), Fleet.class, origin);
        try {
            fleet.check();
            return fleet;
        } catch (Failure complaint) {
            throw Failure.wrongCommand("%s: %s".formatted(origin, complaint.getMessage()), complaint);
        }
    }

    /** The same kind of fleet with another seed. */
    public Fleet seeded(long other) {
        return new Fleet(other, start, end, intervalS, detail, faults, dirt, fx, apis, clusters);
    }

    /** The last days of the fleet. */
    public Fleet lasting(int days) {
        require(days > 0, "A fleet of %d days cannot be simulated. Give at least one.".formatted(days));
        return new Fleet(seed, end.minusDays(days), end, intervalS, detail, faults, dirt, fx, apis, clusters);
    }

    /** The fleet with all its days sampled alike. */
    public Fleet sampledEvery(int seconds) {
        return new Fleet(seed, start, end, seconds, null, faults, dirt, fx, apis, clusters);
    }

    /** The fleet with as many more racks, in each cluster alike, as come nearest to a number of GPUs at its end. */
    public Fleet ofGpus(int gpus) {
        require(gpus > 0, "A fleet of %d GPUs cannot be simulated. Give at least one.".formatted(gpus));
        double factor = (double) gpus / gpus();
        List<FleetCluster> scaled =
                clusters.stream().map(cluster -> cluster.scaled(factor)).toList();
        return new Fleet(seed, start, end, intervalS, detail, faults, dirt, fx, apis, scaled);
    }

    /** Refuses a fleet that cannot be simulated. Apart from reading, so that an unknown key is named before what it should have set. */
    void check() {
        require(start != null && end != null, "The fleet lacks its start or its end. Give both as days: 2026-01-31.");
        require(
                start.isBefore(end),
                "The fleet's end (%s) is not after its start (%s). Give the day after the last one as its end."
                        .formatted(end, start));
        checkInterval("interval_s", intervalS);
        if (detail != null) {
            checkInterval("detail.interval_s", detail.intervalS());
            require(detail.days() > 0, "detail.days (%d) must be above 0.".formatted(detail.days()));
        }
        faults.check();
        dirt.check();
        require(!clusters.isEmpty(), "The fleet has no clusters. Give at least one.");
        Set<String> names = new HashSet<>();
        for (FleetCluster cluster : clusters) {
            cluster.check();
            require(
                    names.add(cluster.cluster()),
                    "The fleet has two clusters named %s. Rename one.".formatted(cluster.cluster()));
        }
        apis.forEach(TokenApi::check);
        checkAccounts();
        checkCurrencies();
    }

    /** A bill of one account and month is one file. */
    private void checkAccounts() {
        Map<String, String> versions = new HashMap<>();
        Stream<Map.Entry<String, Bill>> bills = Stream.concat(
                clusters.stream()
                        .filter(FleetCluster::isBilled)
                        .map(cluster -> Map.entry(cluster.provider(), cluster.bill())),
                apis.stream().map(api -> Map.entry(api.provider(), api.bill())));
        bills.forEach(bill -> {
            String account = bill.getValue().account(bill.getKey());
            String focus = bill.getValue().focus();
            require(
                    versions.merge(account, focus, (first, other) -> first).equals(focus),
                    "The bills of %s are in FOCUS %s and %s. Bill all of an account in one version."
                            .formatted(account, versions.get(account), focus));
        });
    }

    private void checkCurrencies() {
        Stream.concat(
                        clusters.stream().flatMap(cluster -> cluster.currencies().stream()),
                        apis.stream().map(TokenApi::currency))
                .forEach(currency -> require(
                        currency.equals(Bill.DOLLAR) || fx.containsKey(currency),
                        "Costs are in %1$s, of which fx tells no rate. Add to fx the US dollars for one %1$s."
                                .formatted(currency)));
        fx.forEach((currency, rate) -> {
            Bill.checkCurrency(currency, "A currency of fx");
            require(
                    !currency.equals(Bill.DOLLAR) && rate != null && rate.signum() > 0,
                    "fx.%s (%s) is not a rate of another currency in USD.".formatted(currency, rate));
        });
    }

    private static void checkInterval(String key, int seconds) {
        require(
                seconds > 0 && DAY_S % seconds == 0,
                "%s (%d) does not divide a day. Give for example 3600.".formatted(key, seconds));
    }

    static void require(boolean isFulfilled, String complaint) {
        if (!isFulfilled) {
            throw Failure.wrongCommand(complaint);
        }
    }

    /** GPUs at its end. */
    public int gpus() {
        return clusters.stream().mapToInt(cluster -> cluster.gpus(end)).sum();
    }

    /** The first day of the detail; the end where there is none. */
    LocalDate detailStart() {
        if (detail == null) {
            return end;
        }
        LocalDate first = end.minusDays(detail.days());
        return first.isBefore(start) ? start : first;
    }

    long startS() {
        return start.toEpochDay() * DAY_S;
    }

    long endS() {
        return end.toEpochDay() * DAY_S;
    }

    /** Versions of FOCUS that its bills are in. */
    Set<String> focusVersions() {
        Set<String> versions = new TreeSet<>();
        clusters.stream()
                .filter(FleetCluster::isBilled)
                .forEach(cluster -> versions.add(cluster.bill().focus()));
        apis.forEach(api -> versions.add(api.bill().focus()));
        return versions;
    }

    /** The files of telemetry. */
    Periods periods() {
        return Periods.of(this);
    }

    /** The files of bills and accounting. */
    Calendar calendar() {
        return new Calendar(YearMonth.from(start), YearMonth.from(end.minusDays(1)));
    }
}
