package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.DoubleStream;

/**
 * How badly a fleet is told of: shares of what is delivered, 0 for what never happens.
 *
 * @param duplicates telemetry that is delivered twice
 * @param late telemetry that is delivered one file later
 * @param gaps hours of a host of which no GPU sample is delivered
 * @param missing GPU samples that lack their SM activity
 * @param bad rows of each kind of file that break a rule; of bills, job accounting and goodput they come beside the good ones
 * @param skewedHosts hosts whose clock is off
 * @param skewS by how many seconds at most, either way
 */
public record Dirt(
        double duplicates,
        double late,
        double gaps,
        double missing,
        double bad,
        @JsonProperty("skewed_hosts") double skewedHosts,
        @JsonProperty("skew_s") int skewS) {

    static final Dirt NONE = new Dirt(0, 0, 0, 0, 0, 0, 0);

    void check() {
        require(
                DoubleStream.of(duplicates, late, gaps, missing, bad, skewedHosts)
                        .allMatch(share -> share >= 0 && share <= 0.5),
                "A share of the dirt is not within [0, 0.5].");
        require(skewS >= 0 && skewS <= 3600, "dirt.skew_s (%d) is not within [0, 3600].".formatted(skewS));
    }
}
