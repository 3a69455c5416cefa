package io.headroom.forecast.growth;

/** One series continued: its weekly level grown by the model's rate, times the day of the week. */
final class Projection implements Outlook {

    private static final double DAYS_FROM_CENTRE = (Weeks.DAYS - 1) / 2.0;

    private final GrowthModel model;
    private final long lastDay;
    private final Weekdays weekdays;
    private final Weeks weeks;
    private final Noise noise;
    private final double level;

    Projection(Series series, GrowthModel model) {
        this.model = model;
        this.lastDay = series.lastDay();
        this.weekdays = Weekdays.of(series);
        this.weeks = Weeks.of(series, weekdays);
        this.noise = Noise.of(series, weekdays);
        this.level = Features.level(weeks, weeks.count() - 1);
    }

    @Override
    public Quantiles at(long day) {
        return around(median(day), day);
    }

    /** A series of nothing but zeros stays there. */
    double median(long day) {
        if (weeks.isZero()) {
            return 0;
        }
        double horizon = horizon(day);
        double seen = Math.min(horizon, model.learnt().longestHorizon());
        double rate = model.rate(Features.of(weeks, weeks.count() - 1, seen));
        return Math.exp(level + rate * model.learnt().growingWeeks(horizon)) * weekdays.factor(day);
    }

    /** Quantiles as far, in proportion, from a median as this series may be from its own. */
    Quantiles around(double median, long day) {
        double horizon = horizon(day);
        Spread spread = model.learnt().spread();
        double below = Math.hypot(spread.below(horizon), noise.below());
        double above = Math.hypot(spread.above(horizon), noise.above());
        return new Quantiles(median * Math.exp(-below), median, median * Math.exp(above));
    }

    /** Weeks ahead of the centre of the last week, to which its level belongs. */
    private double horizon(long day) {
        return Math.max(1, day - lastDay + DAYS_FROM_CENTRE) / Weeks.DAYS;
    }
}
