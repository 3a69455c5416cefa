package io.headroom.source;

/**
 * What a file has told so far of series without a timestamp. It is kept as hashes of 64 bits, which is far less than the text,
 * since a file has as many series as it likes.
 */
final class UntimedSeries {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Hashes of series, 0 where there is none yet, and beside them their values. */
    private long[] series = new long[1 << 10];

    private double[] values = new double[series.length];
    private int size;

    /** Whether the file has told another value of the series before. */
    boolean contradicts(String text, double value) {
        long hash = hash(text);
        int place = place(hash);
        if (series[place] == hash) {
            return Double.compare(values[place], value) != 0;
        }
        series[place] = hash;
        values[place] = value;
        size++;
        if (size > series.length / 2) {
            grow();
        }
        return false;
    }

    private int place(long hash) {
        int place = (int) hash & (series.length - 1);
        while (series[place] != 0 && series[place] != hash) {
            place = (place + 1) & (series.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] smallSeries = series;
        double[] smallValues = values;
        series = new long[2 * smallSeries.length];
        values = new double[series.length];
        for (int i = 0; i < smallSeries.length; i++) {
            if (smallSeries[i] != 0) {
                int place = place(smallSeries[i]);
                series[place] = smallSeries[i];
                values[place] = smallValues[i];
            }
        }
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 32)) * GOLDEN;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}
