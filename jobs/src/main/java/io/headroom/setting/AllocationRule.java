package io.headroom.setting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose a charge is. The first rule that holds when the charge begins and whose conditions all match decides.
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
    public record Spread(By by, Among among, Map<String, Double> shares) {}

    /** What a cost is shared in proportion to, day by day. */
    public enum By {
        /** What charges name a cluster for directly. */
        @JsonProperty("direct_cost")
        DIRECT_COST,
        /** Allocated GPU-hours, in H100 equivalents. */
        @JsonProperty("gpu_hours")
        GPU_HOURS,
        /** Equal parts. */
        @JsonProperty("even")
        EVEN,
        /** Stated shares. */
        @JsonProperty("fixed")
        FIXED
    }

    /** Whose clusters share a cost. */
    public enum Among {
        /** Those of the charge's provider. */
        @JsonProperty("provider")
        PROVIDER,
        /** Those of its provider and region. */
        @JsonProperty("region")
        REGION,
        /** All. */
        @JsonProperty("fleet")
        FLEET
    }

    public AllocationRule {
        when = Map.copyOf(when);
    }
}
