package io.headroom.forecast.growth;

import java.util.Arrays;

/** Three quantiles of one day, never negative and in order. */
public record Quantiles(double p10, double p50, double p90) {

    public static final double LOW = 0.1;
    public static final double MEDIAN = 0.5;
    public static final double HIGH = 0.9;

    public Quantiles {
        p50 = Math.max(0, p50);
        p10 = Math.min(Math.max(0, p10), p50);
        p90 = Math.max(p90, p50);
    }

    /** A quantile of some values, on the line between the two that are nearest to it in rank. */
    public static double of(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = (int) Math.ceil(rank);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
