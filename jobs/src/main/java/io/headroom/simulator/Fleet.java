package io.headroom.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.headroom.failure.Failure;
import io.headroom.source.Yaml;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fleet to simulate, and over what time.
 *
 * @param seed another seed gives another fleet of the same kind
 * @param start first day, UTC
 * @param end the day after the last
 * @param intervalS seconds from one sample to the next, which must divide a day
 */
public record Fleet(
        long seed,
        @JsonDeserialize(using = DayDeserializer.class) LocalDate start,
        @JsonDeserialize(using = DayDeserializer.class) LocalDate end,
        @JsonProperty("interval_s") int intervalS,
        List<FleetCluster> clusters) {

    static final long DAY_S = 86_400;

    public Fleet {
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

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

    /** Refuses a fleet that cannot be simulated. Apart from reading, so that an unknown key is named before what it should have set. */
    void check() {
        require(start != null && end != null, "The fleet lacks its start or its end. Give both as days: 2026-01-31.");
        require(
                start.isBefore(end),
                "The fleet's end (%s) is not after its start (%s). Give the day after the last one as its end."
                        .formatted(end, start));
        require(
                intervalS > 0 && DAY_S % intervalS == 0,
                "interval_s (%d) does not divide a day. Give for example 3600.".formatted(intervalS));
        require(!clusters.isEmpty(), "The fleet has no clusters. Give at least one.");
        Set<String> names = new HashSet<>();
        for (FleetCluster cluster : clusters) {
            cluster.check();
            require(
                    names.add(cluster.cluster()),
                    "The fleet has two clusters named %s. Rename one.".formatted(cluster.cluster()));
        }
    }

    static void require(boolean isFulfilled, String complaint) {
        if (!isFulfilled) {
            throw Failure.wrongCommand(complaint);
        }
    }

    /** Samples of one GPU. */
    long intervals() {
        return (endS() - startS()) / intervalS;
    }

    long startS() {
        return start.toEpochDay() * DAY_S;
    }

    long endS() {
        return end.toEpochDay() * DAY_S;
    }

    Calendar calendar() {
        return new Calendar(YearMonth.from(start), YearMonth.from(end.minusDays(1)));
    }
}
