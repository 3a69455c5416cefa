package io.headroom.fuzz;

/**
 * What is known of a mutated file before it is read.
 *
 * @param least how many rows are accepted, or duplicates, at least
 * @param most how many at most
 */
record Kept(int least, int most, Fate fate) {

    /** What becomes of the file as a whole. */
    enum Fate {
        READ,
        REFUSED,
        EITHER
    }

    static Kept exactly(int rows) {
        return new Kept(rows, rows, Fate.READ);
    }

    static Kept between(int least, int most) {
        return new Kept(least, most, Fate.READ);
    }

    static Kept refused() {
        return new Kept(0, 0, Fate.REFUSED);
    }

    static Kept atMost(int rows) {
        return new Kept(0, rows, Fate.EITHER);
    }

    /** All rows of a file but one, and perhaps that one. */
    static Kept allButOne(Seed seed) {
        if (seed.isOneDocument()) {
            return atMost(seed.mostRows());
        }
        return seed.isRowPerRecord() ? between(seed.rowCount() - 1, seed.rowCount()) : between(0, seed.mostRows());
    }

    /** The same, but that so many more rows are possible. */
    Kept orMore(int rows) {
        return new Kept(least, most + rows, fate);
    }

    static Kept all(Seed seed) {
        return exactly(seed.rowCount());
    }
}
