package io.headroom.simulator;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** Chance without state: the same identifiers always draw the same number. */
record Noise(long seed) {

    /** A number in [0, 1) that depends on the seed, on what is drawn and on the identifiers, and on nothing else. */
    Column draw(String what, Column... identifiers) {
        Column[] hashed = Stream.concat(Stream.of(lit(seed), lit(what)), Stream.of(identifiers))
                .toArray(Column[]::new);
        return shiftrightunsigned(xxhash64(hashed), 11).multiply(0x1.0p-53);
    }

    /** A number in [least, most) by the same rule. */
    Column between(double least, double most, String what, Column... identifiers) {
        return draw(what, identifiers).multiply(most - least).plus(least);
    }
}
