package io.headroom.forecast.growth;

import java.util.ArrayList;
import java.util.List;

/** A look from the end of one week of a series to a later week: what was seen, and how fast it then grew. */
public final class Example {

    private static final List<Integer> HORIZONS = List.of(1, 2, 3, 4, 6, 8, 13, 18, 26, 39, 52, 78);
    /** A look needs this many weeks behind it. */
    private static final int FEWEST_WEEKS = 4;

    private final double[] features;
    private final double rate;
    private final int horizon;
    private final long lastDay;

    private Example(double[] features, double rate, int horizon, long lastDay) {
        this.features = features;
        this.rate = rate;
        this.horizon = horizon;
        this.lastDay = lastDay;
    }

    /** All looks of a series that are not longer than a horizon in weeks. A series of nothing but zeros has none. */
    public static List<Example> of(Series series, double longestHorizon) {
        Weeks weeks = Weeks.of(series, Weekdays.of(series));
        List<Example> examples = new ArrayList<>();
        if (weeks.isZero()) {
            return examples;
        }
        for (int week = FEWEST_WEEKS - 1; week < weeks.count(); week++) {
            var features = new Features(weeks, week);
            for (int horizon : HORIZONS) {
                int weeksLeft = weeks.count() - 1 - week - horizon;
                if (horizon <= longestHorizon && weeksLeft >= 0) {
                    double rate = (weeks.log(week + horizon) - features.level()) / horizon;
                    long lastDay = series.lastDay() - (long) Weeks.DAYS * weeksLeft;
                    examples.add(new Example(features.over(horizon), rate, horizon, lastDay));
                }
            }
        }
        return examples;
    }

    public double[] features() {
        return features.clone();
    }

    /** Growth a week over the horizon, in logarithms. */
    public double rate() {
        return rate;
    }

    /** How many weeks ahead it looks. */
    public int horizon() {
        return horizon;
    }

    /** The day that must be known for the rate to be known. */
    public long lastDay() {
        return lastDay;
    }
}
