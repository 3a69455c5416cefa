package io.headroom.forecast.backtest;

import io.headroom.forecast.growth.Quantiles;

/**
 * One day that was forecast from an origin and has since been told.
 *
 * @param scale the mean absolute change from week to week that the origin knew
 */
record Trial(long origin, long day, double actual, Quantiles forecast, double scale) {

    double error() {
        return forecast.p50() - actual;
    }

    /** The sum over P10, P50 and P90 of the pinball loss. */
    double pinball() {
        return pinball(Quantiles.LOW, forecast.p10())
                + pinball(Quantiles.MEDIAN, forecast.p50())
                + pinball(Quantiles.HIGH, forecast.p90());
    }

    boolean isCovered() {
        return forecast.p10() <= actual && actual <= forecast.p90();
    }

    double width() {
        return forecast.p90() - forecast.p10();
    }

    private double pinball(double share, double quantile) {
        double excess = actual - quantile;
        return Math.max(share * excess, (share - 1) * excess);
    }
}
