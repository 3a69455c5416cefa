package io.headroom.simulator;

import java.math.BigDecimal;

/** Something that aggregates are to find again, and how nearly. */
interface Found {

    /** Keys by which it is found of clean files. */
    String fine();

    /** Keys by which it is found of dirty files. */
    String coarse();

    Tolerance ofClean();

    Tolerance ofDirty();

    /** A query of truth and found, by the keys. */
    String sql();

    /**
     * By how much what is found may differ.
     *
     * @param part of the truth
     * @param amount besides
     */
    record Tolerance(double part, double amount) {

        /** Money that comes from nothing but sums and shares. */
        static final Tolerance CENT = new Tolerance(0, 0.005);

        String of(String truth) {
            return "%s * abs(%s) + %s"
                    .formatted(
                            BigDecimal.valueOf(part).toPlainString(),
                            truth,
                            BigDecimal.valueOf(amount).toPlainString());
        }
    }
}
