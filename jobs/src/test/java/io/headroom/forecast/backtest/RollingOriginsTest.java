package io.headroom.forecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.TestInputs;
import io.headroom.forecast.DrawnHistory;
import io.headroom.forecast.backtest.Replay.Method;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Quantiles;
import io.headroom.forecast.growth.Regression;
import io.headroom.forecast.growth.Series;
import io.headroom.forecast.history.History;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingOriginsTest {

    private static final int DAYS = 330;
    private static final int FIRST_ORIGIN = DAYS - 1 - 6 * 28;
    private static final IntToDoubleFunction DEMAND = DrawnHistory.growing(100, 0.015, 2);

    @TempDir
    private Path folder;

    @Test
    void whatCameAfterAnOriginDoesNotChangeItsForecast() {
        var told = forecastsOfFirstOrigin(DEMAND);
        var toldOtherwise = forecastsOfFirstOrigin(
                day -> day <= FIRST_ORIGIN ? DEMAND.applyAsDouble(day) : 3 * DEMAND.applyAsDouble(day) + 7);
        assertThat(told).hasSize(6 * 28);
        assertThat(toldOtherwise).isEqualTo(told);
    }

    @Test
    void everyHorizonIsScoredBesideSeasonalNaive() {
        List<Row> rows = TestInputs.in(folder)
                .with(
                        History.TABLE,
                        new DrawnHistory()
                                .withFleet("mw", DAYS, DEMAND, DrawnHistory.growing(40, 0.01, 7))
                                .with("tokens", "own", "east", 50, DEMAND)
                                .rows())
                .derive(new BacktestJob())
                .collectAsList();
        assertThat(rows).hasSize(4 * 2 * 4).allSatisfy(row -> {
            assertThat(row.<String>getAs("measure")).isEqualTo("mw");
            assertThat(row.<Double>getAs("wape")).isBetween(0.0, 1.0);
        });
        assertThat(points(rows, 7)).containsOnly(6 * 7L);
        assertThat(points(rows, 28)).containsOnly(6 * 28L);
        assertThat(points(rows, 91)).as("three origins lie 91 days back").containsOnly(3 * 91L);
        assertThat(points(rows, 0)).containsOnly(28L * (6 + 5 + 4 + 3 + 2 + 1));
    }

    @Test
    void eightDaysOfTenFallIntoTheBand() {
        Series[] regions = new Series[20];
        Arrays.setAll(
                regions,
                i -> DrawnHistory.series(
                        "own", "region " + i, DAYS, DrawnHistory.noisy(100, 0.01, 0.05 + 0.01 * i, i)));

        List<Trial> trials =
                RollingOrigins.replay(new Panel("mw", List.of(regions)), new Regression(TestInputs.in(folder))).stream()
                        .filter(replay -> replay.method() == Method.MLLIB_GROWTH)
                        .flatMap(replay -> replay.within(28, regions[0].lastDay()).stream())
                        .toList();

        assertThat(trials).hasSize(20 * 6 * 28);
        assertThat(Score.of(trials).coverage())
                .as(
                        "four weeks ahead; days drawn apart alone would be off by 0.01, levels learnt from few weeks by more")
                .isCloseTo(0.8, within(0.05));
    }

    @Test
    void anEmptyHistoryHasNoScores() {
        assertThat(TestInputs.in(folder).derive(new BacktestJob()).collectAsList())
                .isEmpty();
    }

    private static List<Long> points(List<Row> rows, int horizon) {
        return rows.stream()
                .filter(row -> row.<Integer>getAs("horizon_days") == horizon)
                .map(row -> row.<Long>getAs("points"))
                .toList();
    }

    private Map<Long, Quantiles> forecastsOfFirstOrigin(IntToDoubleFunction demand) {
        var panel = new Panel("mw", List.of(DrawnHistory.series("own", "east", DAYS, demand)));
        Map<Long, Quantiles> forecasts = new TreeMap<>();
        RollingOrigins.replay(panel, new Regression(TestInputs.in(folder))).stream()
                .filter(replay -> replay.method() == Method.MLLIB_GROWTH)
                .flatMap(replay -> replay.trials().stream())
                .filter(trial -> trial.origin() == DrawnHistory.FIRST_DAY.toEpochDay() + FIRST_ORIGIN)
                .forEach(trial -> forecasts.put(trial.day(), trial.forecast()));
        return forecasts;
    }
}
