package io.headroom.forecast.growth;

import java.util.Arrays;

/**
 * The weekly levels of a series in logarithms: means over seven days, cleared of the day of the week, counted back from
 * the last day. Levels below a hundredth of the highest are raised to it, so that a level of nothing has a logarithm.
 */
public final class Weeks {

    static final int DAYS = 7;
    private static final double FLOOR_SHARE = 0.01;

    private final double[] logs;
    private final double floor;

    private Weeks(double[] logs, double floor) {
        this.logs = logs;
        this.floor = floor;
    }

    public static Weeks of(Series series, Weekdays weekdays) {
        double[] levels = levels(series, weekdays);
        double highest = Arrays.stream(levels).filter(level -> level > 0).max().orElse(0);
        if (highest == 0) {
            return new Weeks(new double[levels.length], 0);
        }
        return new Weeks(logs(levels, FLOOR_SHARE * highest), FLOOR_SHARE * highest);
    }

    public int count() {
        return logs.length;
    }

    /** The logarithm of a level, raised to the floor of these weeks. */
    public double log(double level) {
        return Math.log(Math.max(level, floor));
    }

    /** The latest weeks, or as many as there are. */
    public double[] latest(int count) {
        return Arrays.copyOfRange(logs, Math.max(0, logs.length - count), logs.length);
    }

    /** Whether the series never had more than nothing. */
    public boolean isZero() {
        return floor == 0;
    }

    /** One level a week, NaN where no day is told. Fewer than seven days make one week. */
    private static double[] levels(Series series, Weekdays weekdays) {
        int count = Math.max(1, series.days() / DAYS);
        double[] levels = new double[count];
        for (int week = 0; week < count; week++) {
            long last = series.lastDay() - (long) DAYS * (count - 1 - week);
            levels[week] = level(series, weekdays, last);
        }
        return levels;
    }

    /** The level of the seven days up to one, inclusive; NaN where none of them is told. */
    static double level(Series series, Weekdays weekdays, long lastDay) {
        double sum = 0;
        double factors = 0;
        for (long day = lastDay - DAYS + 1; day <= lastDay; day++) {
            if (series.isTold(day)) {
                sum += series.at(day);
                factors += weekdays.factor(day);
            }
        }
        return factors > 0 ? sum / factors : Double.NaN;
    }

    /** Weeks that were not told lie on the line between their neighbours. */
    private static double[] logs(double[] levels, double floor) {
        double[] logs = new double[levels.length];
        int told = levels.length - 1;
        for (int week = levels.length - 1; week >= 0; week--) {
            if (Double.isNaN(levels[week])) {
                continue;
            }
            logs[week] = Math.log(Math.max(levels[week], floor));
            for (int gap = week + 1; gap < told; gap++) {
                logs[gap] = logs[week] + (logs[told] - logs[week]) * (gap - week) / (told - week);
            }
            told = week;
        }
        Arrays.fill(logs, 0, told, logs[told]);
        return logs;
    }
}
