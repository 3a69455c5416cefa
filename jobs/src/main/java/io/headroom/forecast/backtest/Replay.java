package io.headroom.forecast.backtest;

import java.util.List;

/** All that one method forecast of one series, from all origins. */
record Replay(String provider, String region, Method method, List<Trial> trials) {

    /** A way to forecast. */
    enum Method {
        MLLIB_GROWTH,
        SEASONAL_NAIVE
    }

    /** The trials up to a number of days ahead, from the origins that are that far behind the last day. */
    List<Trial> within(int horizon, long lastDay) {
        return trials.stream()
                .filter(trial -> trial.day() <= trial.origin() + horizon && trial.origin() + horizon <= lastDay)
                .toList();
    }
}
