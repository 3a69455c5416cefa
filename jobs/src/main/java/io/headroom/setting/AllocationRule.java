package io.headroom.setting;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose a charge is. The first rule that holds when the charge begins, whose conditions all match and that gives the
 * charge something it does not name itself decides.
 *
 * @param name unique among the rules
 * @param from first day, UTC, or always
 * @param until last day, UTC, inclusive, or for ever
 * @param when what a column of the charge must be: a text, with {@code *} for any characters, or any of several; columns
 *     are those of staging.cost, {@code tags.KEY} and {@code x_NAME}
 * @param to what the charge is for; a value that begins with {@code $} is that of a column of the charge
 * @param spread how the cost is shared by clusters, where it is not for one
 */
public record AllocationRule(
        String name,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Map<String, List<String>> when,
        @Nullable Target to,
        @Nullable Spread spread) {

    /** What a value begins with that is the name of a column. */
    public static final String COLUMN = "$";

    /** What a charge is for; what is null is not told. */
    public record Target(
            @Nullable String cluster,
            @Nullable String model,
            @Nullable String workload,
            @Nullable String team) {}

    /**
     * How a cost is shared.
     *
     * @param by what it is shared in proportion to
     * @param among whose clusters take part
     * @param shares with {@link By#FIXED} the part of each cluster, relative to one another
     */
    public record Spread(By by, Among among, Map<String, Double> shares) {

        public Spread {
            shares = Collections.unmodifiableMap(new TreeMap<>(shares));
        }
    }

    /** What a cost is shared in proportion to, day by day. */
    public enum By {
        /** What charges name a cluster for directly, in the currency of the cost. */
        DIRECT_COST,
        /** Allocated GPU-hours, in H100 equivalents. */
        GPU_HOURS,
        /** Equal parts. */
        EVEN,
        /** Stated shares. */
        FIXED;

        /** How a user writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whose clusters share a cost. */
    public enum Among {
        /** Those of the charge's provider. */
        PROVIDER,
        /** Those of its provider and region. */
        REGION,
        /** All. */
        FLEET;

        /** How a user writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Conditions stand in one order, however they were written, so that the same rules are told as the same text. */
    public AllocationRule {
        Map<String, List<String>> ordered = new TreeMap<>();
        when.forEach((column, values) -> ordered.put(column, List.copyOf(values)));
        when = Collections.unmodifiableMap(ordered);
    }
}
