package io.headroom.forecast.growth;

import java.util.Arrays;

/** How much more or less than its week each day of the week has; the seven factors have a mean of 1. */
public final class Weekdays {

    private static final int WEEK = 7;
    private static final int RECENT_DAYS = 26 * WEEK;
    /** The factors are drawn towards 1 as if this many weeks without any pattern had been seen besides. */
    private static final double WEEKS_WITHOUT_PATTERN = 2;

    private final double[] factors;

    private Weekdays(double[] factors) {
        this.factors = factors;
    }

    /** Learns from the days that have all of the three days before and after them. */
    public static Weekdays of(Series series) {
        double[] sum = new double[WEEK];
        Arrays.fill(sum, WEEKS_WITHOUT_PATTERN);
        double[] count = sum.clone();
        long first = Math.max(series.firstDay(), series.lastDay() - RECENT_DAYS + 1);
        for (long day = first + 3; day <= series.lastDay() - 3; day++) {
            double mean = series.centredMean(day);
            if (mean > 0) {
                sum[weekday(day)] += series.at(day) / mean;
                count[weekday(day)]++;
            }
        }
        double[] factors = new double[WEEK];
        Arrays.setAll(factors, weekday -> sum[weekday] / count[weekday]);
        double mean = Arrays.stream(factors).average().orElseThrow();
        Arrays.setAll(factors, weekday -> factors[weekday] / mean);
        return new Weekdays(factors);
    }

    public double factor(long day) {
        return factors[weekday(day)];
    }

    private static int weekday(long day) {
        return (int) Math.floorMod(day, (long) WEEK);
    }
}
