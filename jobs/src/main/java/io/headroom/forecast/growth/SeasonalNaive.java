package io.headroom.forecast.growth;

import java.util.stream.LongStream;

/**
 * The plainest reference: each day as the same day of the last week. Its quantiles are those of the changes from week
 * to week in the history, widened by the square root of the weeks ahead.
 */
public final class SeasonalNaive implements Outlook {

    private static final int WEEK = Weeks.DAYS;

    private final Series series;
    private final double below;
    private final double above;

    public SeasonalNaive(Series series) {
        this.series = series;
        double[] changes = changes(series);
        this.below = changes.length == 0 ? 0 : Math.min(0, Quantiles.of(changes, Quantiles.LOW));
        this.above = changes.length == 0 ? 0 : Math.max(0, Quantiles.of(changes, Quantiles.HIGH));
    }

    @Override
    public Quantiles at(long day) {
        long weeksAhead = -Math.floorDiv(series.lastDay() - day, WEEK);
        double median = latest(day - WEEK * weeksAhead);
        double widening = Math.sqrt((double) weeksAhead);
        return new Quantiles(median + widening * below, median, median + widening * above);
    }

    /** The mean absolute change from week to week, by which errors are scaled; NaN where there is none. */
    public static double meanChange(Series series) {
        double[] changes = changes(series);
        double sum = 0;
        for (double change : changes) {
            sum += Math.abs(change);
        }
        return sum / changes.length;
    }

    /** The same weekday's latest value, or the latest of all where that weekday was never told. */
    private double latest(long day) {
        for (long told = day; told >= series.firstDay(); told -= WEEK) {
            if (series.isTold(told)) {
                return series.at(told);
            }
        }
        return series.at(series.lastDay());
    }

    private static double[] changes(Series series) {
        return LongStream.rangeClosed(series.firstDay() + WEEK, series.lastDay())
                .mapToDouble(day -> series.at(day) - series.at(day - WEEK))
                .filter(change -> !Double.isNaN(change))
                .toArray();
    }
}
