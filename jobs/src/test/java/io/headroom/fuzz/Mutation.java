package io.headroom.fuzz;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One way to break a file.
 *
 * @param name what the file is called by
 */
record Mutation(String name, Way way) {

    /** Equal seeds of the random break a file equally. */
    interface Way {
        /** The broken file, or nothing where the format cannot have the fault. */
        Optional<Mutated> of(Seed seed, SplittableRandom random);
    }

    Optional<Mutated> of(Seed seed, SplittableRandom random) {
        return way.of(seed, random);
    }
}
