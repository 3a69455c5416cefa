package io.headroom.forecast.growth;

import java.util.Arrays;

/** Straight lines through equally spaced values. Fewer than three values have no slope: it is 0. */
final class Trend {

    private static final int FEWEST = 3;

    private Trend() {}

    /** The slope of least squares. */
    static double slope(double[] values) {
        if (values.length < FEWEST) {
            return 0;
        }
        double middle = (values.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            products += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }
        return products / squares;
    }

    /** Where the line of least squares stands at the last value. */
    static double end(double[] values) {
        return Arrays.stream(values).average().orElseThrow() + slope(values) * (values.length - 1) / 2.0;
    }

    /** The median of the slopes between all pairs (Theil and Sen). */
    static double medianSlope(double[] values) {
        if (values.length < FEWEST) {
            return 0;
        }
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes[next++] = (values[j] - values[i]) / (j - i);
            }
        }
        return Quantiles.of(slopes, 0.5);
    }
}
