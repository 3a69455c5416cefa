package io.headroom.forecast.growth;

import java.util.List;

/** What the model sees of a series at the end of a week, looking some weeks ahead. */
public final class Features {

    public static final List<String> NAMES = List.of(
            "slope_5",
            "slope_8",
            "slope_13",
            "slope_26",
            "slope_all",
            "median_slope_26",
            "deviation_per_week",
            "flatness");

    private static final int LEVEL_WEEKS = 5;
    private static final int FLAT_WEEKS = 8;
    private static final double FLAT = 0.02;

    private Features() {}

    /** The level that a week ends on, in logarithms: where a line through its latest weeks stands. */
    public static double level(Weeks weeks, int week) {
        return Trend.end(weeks.latest(LEVEL_WEEKS, week));
    }

    /** In the order of the names. Slopes are in logarithms a week, over as many weeks as there are. */
    public static double[] of(Weeks weeks, int week, double horizon) {
        return new double[] {
            Trend.slope(weeks.latest(5, week)),
            Trend.slope(weeks.latest(8, week)),
            Trend.slope(weeks.latest(13, week)),
            Trend.slope(weeks.latest(26, week)),
            Trend.slope(weeks.latest(week + 1, week)),
            Trend.medianSlope(weeks.latest(26, week)),
            (weeks.log(week) - level(weeks, week)) / horizon,
            flatness(weeks, week)
        };
    }

    /** The share of the latest weeks that are as high as the highest of all, nearly: 1 where demand sits at a cap. */
    private static double flatness(Weeks weeks, int week) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double log : weeks.latest(week + 1, week)) {
            highest = Math.max(highest, log);
        }
        double[] latest = weeks.latest(FLAT_WEEKS, week);
        int flat = 0;
        for (double log : latest) {
            if (log > highest - FLAT) {
                flat++;
            }
        }
        return (double) flat / latest.length;
    }
}
