package io.headroom.cli;

import io.headroom.simulator.Fleet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make a simulated fleet larger, smaller or another. */
final class Scale {

    @Option(names = "--gpus", paramLabel = "N", description = "About as many GPUs at its end, in whole racks.")
    @Nullable
    Integer gpus;

    @Option(names = "--days", paramLabel = "N", description = "Its last days only, or more before them.")
    @Nullable
    Integer days;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time from one sample to the next, on all days alike.")
    @Nullable
    Integer interval;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed gives another fleet of the same kind.")
    @Nullable
    Long seed;

    Fleet of(Fleet fleet) {
        Fleet scaled = fleet;
        scaled = days == null ? scaled : scaled.lasting(days);
        scaled = interval == null ? scaled : scaled.sampledEvery(interval);
        scaled = gpus == null ? scaled : scaled.ofGpus(gpus);
        return seed == null ? scaled : scaled.seeded(seed);
    }
}
