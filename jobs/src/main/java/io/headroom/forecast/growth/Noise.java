package io.headroom.forecast.growth;

import java.util.stream.LongStream;

/**
 * How far single days fall from their week, in logarithms, once the day of the week is told.
 *
 * @param below a tenth of the days fall further below; positive
 * @param above a tenth of the days rise further above; positive
 */
public record Noise(double below, double above) {

    private static final double LOWEST_SHARE = 0.01;

    public static Noise of(Series series, Weekdays weekdays) {
        double[] deviations = LongStream.rangeClosed(series.firstDay() + 3, series.lastDay() - 3)
                .mapToDouble(day -> series.at(day) / (series.centredMean(day) * weekdays.factor(day)))
                .filter(share -> !Double.isNaN(share))
                .map(share -> Math.log(Math.max(share, LOWEST_SHARE)))
                .toArray();
        if (deviations.length == 0) {
            return new Noise(0, 0);
        }
        return new Noise(
                Math.max(0, -Quantiles.of(deviations, Quantiles.LOW)),
                Math.max(0, Quantiles.of(deviations, Quantiles.HIGH)));
    }
}
