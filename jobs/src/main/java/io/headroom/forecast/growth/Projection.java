package io.headroom.forecast.growth;

/** One series continued: its weekly level grown by the model's rate, times the day of the week. */
final class Projection implements Outlook {

    private static final double DAYS_FROM_CENTRE = (Weeks.DAYS - 1) / 2.0;

    private final GrowthModel model;
    private final Series series;
    private final Weekdays weekdays;
    private final Noise noise;
    private final Features features;
    private final boolean isZero;

    Projection(Series series, GrowthModel model) {
        this.model = model;
        this.series = series;
        this.weekdays = Weekdays.of(series);
        this.noise = Noise.of(series, weekdays);
        Weeks weeks = Weeks.of(series, weekdays);
        this.features = new Features(weeks);
        this.isZero = weeks.isZero();
    }

    @Override
    public Quantiles at(long day) {
        return around(median(day), day);
    }

    /** A series of nothing but zeros stays there. */
    double median(long day) {
        if (isZero) {
            return 0;
        }
        double horizon = horizon(day);
        double seen = Math.min(horizon, model.learnt().longestHorizon());
        double rate = model.rate(features.over(seen));
        return Math.exp(features.level() + rate * model.learnt().growingWeeks(horizon)) * weekdays.factor(day);
    }

    /** Quantiles as far, in proportion, from a median as this series may be from its own. */
    Quantiles around(double median, long day) {
        double horizon = horizon(day);
        Spread spread = model.learnt().spread();
        double below = Math.hypot(spread.below(series, horizon), noise.below());
        double above = Math.hypot(spread.above(series, horizon), noise.above());
        return new Quantiles(median * Math.exp(-below), median, median * Math.exp(above));
    }

    /** Weeks ahead of the centre of the last week, to which its level belongs. */
    private double horizon(long day) {
        return Math.max(1, day - series.lastDay() + DAYS_FROM_CENTRE) / Weeks.DAYS;
    }
}
