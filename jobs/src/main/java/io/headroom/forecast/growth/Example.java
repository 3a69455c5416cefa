package io.headroom.forecast.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * A look from the end of one week of a series to a later week: what was seen, and how fast it then grew. The day of the
 * week and the floor of levels are those that were known when it looked. Weeks without any day told are neither looked
 * from nor at.
 */
public final class Example {

    private static final List<Integer> HORIZONS = List.of(1, 2, 3, 4, 6, 8, 13, 18, 26, 39, 52, 78);
    /** A look needs this many weeks behind it. */
    private static final int FEWEST_WEEKS = 4;

    private final Series series;
    private final double[] features;
    private final double rate;
    private final int horizon;
    private final long lastDay;

    Example(Series series, double[] features, double rate, int horizon, long lastDay) {
        this.series = series;
        this.features = features.clone();
        this.rate = rate;
        this.horizon = horizon;
        this.lastDay = lastDay;
    }

    /** All looks of a series that are not longer than a horizon in weeks. Nothing is looked at from nothing but zeros. */
    public static List<Example> of(Series series, double longestHorizon) {
        List<Example> examples = new ArrayList<>();
        for (long day = series.lastDay(); day >= series.firstDay(); day -= Weeks.DAYS) {
            Series known = series.until(day);
            if (known.days() >= FEWEST_WEEKS * Weeks.DAYS && known.lastDay() > day - Weeks.DAYS) {
                examples.addAll(of(series, known, longestHorizon));
            }
        }
        return examples;
    }

    private static List<Example> of(Series series, Series known, double longestHorizon) {
        var weekdays = Weekdays.of(known);
        var weeks = Weeks.of(known, weekdays);
        List<Example> examples = new ArrayList<>();
        if (weeks.isZero()) {
            return examples;
        }
        var features = new Features(weeks);
        for (int horizon : HORIZONS) {
            long lastDay = known.lastDay() + (long) Weeks.DAYS * horizon;
            double level = Weeks.level(series, weekdays, lastDay);
            if (horizon <= longestHorizon && lastDay <= series.lastDay() && !Double.isNaN(level)) {
                double rate = (weeks.log(level) - features.level()) / horizon;
                examples.add(new Example(series, features.over(horizon), rate, horizon, lastDay));
            }
        }
        return examples;
    }

    /** The series that it looks at. */
    public Series series() {
        return series;
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
