package io.headroom.forecast.backtest;

import io.headroom.forecast.backtest.Replay.Method;
import io.headroom.forecast.growth.Forecast;
import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Outlook;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Regression;
import io.headroom.forecast.growth.SeasonalNaive;
import io.headroom.forecast.growth.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts forecasts back into the past: a model is trained anew at each origin, on what was told by then. */
final class RollingOrigins {

    static final String DEFINITION = "6 origins 28 days apart";

    private static final int ORIGINS = 6;
    private static final int DAYS_APART = 28;
    private static final int FEWEST_DAYS = 7 * GrowthModel.FEWEST_WEEKS;

    private record Lane(String provider, String region, Method method) {}

    private RollingOrigins() {}

    /** Every living series that had eight weeks of history at an origin at which its measure had a model. */
    static List<Replay> replay(Panel panel, Regression regression) {
        Map<Lane, List<Trial>> trials = new LinkedHashMap<>();
        for (int back = ORIGINS; back >= 1; back--) {
            long origin = panel.lastDay() - (long) DAYS_APART * back;
            if (panel.beginsBy(origin)) {
                replay(panel, origin, regression, trials);
            }
        }
        return trials.entrySet().stream()
                .map(entry -> new Replay(
                        entry.getKey().provider(),
                        entry.getKey().region(),
                        entry.getKey().method(),
                        entry.getValue()))
                .toList();
    }

    private static void replay(Panel panel, long origin, Regression regression, Map<Lane, List<Trial>> trials) {
        Panel known = panel.until(origin);
        GrowthModel.fit(known, regression).ifPresent(model -> {
            for (Forecast forecast : Forecast.of(known, model)) {
                Series history = forecast.history();
                if (history.days() >= FEWEST_DAYS) {
                    Series told = panel.told(history);
                    add(trials, told, origin, history, Method.MLLIB_GROWTH, forecast.outlook());
                    add(trials, told, origin, history, Method.SEASONAL_NAIVE, new SeasonalNaive(history));
                }
            }
        });
    }

    private static void add(
            Map<Lane, List<Trial>> trials, Series told, long origin, Series history, Method method, Outlook outlook) {
        var lane = new Lane(told.provider(), told.region(), method);
        double scale = SeasonalNaive.meanChange(history);
        for (long day = origin + 1; day <= told.lastDay(); day++) {
            if (told.isTold(day)) {
                trials.computeIfAbsent(lane, key -> new ArrayList<>())
                        .add(new Trial(origin, day, told.at(day), outlook.at(day), scale));
            }
        }
    }
}
