package io.headroom.forecast.growth;

import java.util.List;

/** What the model sees of a series at the end of its last week. */
public final class Features {

    public static final List<String> NAMES = List.of(
            "slope_5",
            "slope_8",
            "slope_13",
            "slope_26",
            "slope_all",
            "median_slope_26",
            "flatness",
            "deviation_per_week");

    private static final int LEVEL_WEEKS = 5;
    private static final int FLAT_WEEKS = 8;
    private static final double FLAT = 0.02;

    private final double[] slopes;
    private final double flatness;
    private final double level;
    private final double deviation;

    /** Slopes are in logarithms a week, over as many weeks as there are. */
    Features(Weeks weeks) {
        double[] all = weeks.latest(weeks.count());
        this.slopes = new double[] {
            Trend.slope(weeks.latest(5)),
            Trend.slope(weeks.latest(8)),
            Trend.slope(weeks.latest(13)),
            Trend.slope(weeks.latest(26)),
            Trend.slope(all),
            Trend.medianSlope(weeks.latest(26))
        };
        this.flatness = flatness(all, weeks.latest(FLAT_WEEKS));
        this.level = Trend.end(weeks.latest(LEVEL_WEEKS));
        this.deviation = all[all.length - 1] - level;
    }

    /** The level that the week ends on, in logarithms: where a line through the latest weeks stands. */
    double level() {
        return level;
    }

    /** The features of a look some weeks ahead, in the order of their names. */
    double[] over(double horizon) {
        double[] features = new double[NAMES.size()];
        System.arraycopy(slopes, 0, features, 0, slopes.length);
        features[slopes.length] = flatness;
        features[slopes.length + 1] = deviation / horizon;
        return features;
    }

    /** The share of the latest weeks that are as high as the highest of all, nearly: 1 where demand sits at a cap. */
    private static double flatness(double[] all, double[] latest) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double log : all) {
            highest = Math.max(highest, log);
        }
        int flat = 0;
        for (double log : latest) {
            if (log > highest - FLAT) {
                flat++;
            }
        }
        return (double) flat / latest.length;
    }
}
