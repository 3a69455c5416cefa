package io.headroom.forecast.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.TestInputs;
import io.headroom.forecast.DrawnHistory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthModelTest {

    private static final int WEEKS = 40;
    private static final int DAYS = WEEKS * 7;

    @TempDir
    private Path folder;

    @Test
    void anExponentialIsContinued() {
        IntToDoubleFunction exponential = day -> 100 * Math.exp(0.02 * day / 7);
        Forecast forecast = forecasts(region("east", DAYS, exponential)).get(0);
        for (int ahead : List.of(1, 28, 91, 24 * 7)) {
            assertThat(at(forecast, ahead).p50())
                    .isCloseTo(
                            exponential.applyAsDouble(DAYS - 1 + ahead),
                            within(0.01 * exponential.applyAsDouble(DAYS - 1 + ahead)));
        }
        assertThat(at(forecast, 60 * 7).p50())
                .as("growth fades beyond what could be learnt")
                .isLessThan(exponential.applyAsDouble(DAYS - 1 + 60 * 7))
                .isGreaterThan(0.85 * exponential.applyAsDouble(DAYS - 1 + 60 * 7));
    }

    @Test
    void regionsThatGrowDifferentlyAreContinuedDifferently() {
        List<Forecast> forecasts = forecasts(
                region("fast", DAYS, day -> 100 * Math.exp(0.03 * day / 7)),
                region("slow", DAYS, day -> 100 * Math.exp(0.01 * day / 7)));
        double fast = at(forecasts.get(0), 91).p50() / (100 * Math.exp(0.03 * (DAYS + 90) / 7));
        double slow = at(forecasts.get(1), 91).p50() / (100 * Math.exp(0.01 * (DAYS + 90) / 7));
        assertThat(fast).isCloseTo(1, within(0.02));
        assertThat(slow).isCloseTo(1, within(0.02));
    }

    @Test
    void quantilesAreInOrderAndWidenWithTheHorizon() {
        Forecast forecast = forecasts(region("east", DAYS, DrawnHistory.growing(100, 0.02, 1)))
                .get(0);
        double lastWidth = 0;
        for (int ahead = 7; ahead <= 60 * 7; ahead += 7) {
            Quantiles quantiles = at(forecast, ahead);
            assertThat(quantiles.p10()).isLessThan(quantiles.p50()).isPositive();
            assertThat(quantiles.p90()).isGreaterThan(quantiles.p50());
            double width = Math.log(quantiles.p90() / quantiles.p10());
            assertThat(width).isGreaterThan(lastWidth);
            lastWidth = width;
        }
    }

    @Test
    void aConstantStaysWithoutDoubt() {
        Forecast forecast = forecasts(region("east", DAYS, day -> 42)).get(0);
        assertThat(at(forecast, 400).p10()).isCloseTo(42, within(1e-6));
        assertThat(at(forecast, 400).p90()).isCloseTo(42, within(1e-6));
    }

    @Test
    void mediansOfTotalsAreSumsAndTheirQuantilesAreNot() {
        IntToDoubleFunction east = DrawnHistory.growing(100, 0.02, 1);
        IntToDoubleFunction west = DrawnHistory.growing(50, 0.01, 5);
        List<Forecast> forecasts = forecasts(
                DrawnHistory.series("all", "all", DAYS, day -> east.applyAsDouble(day) + west.applyAsDouble(day)),
                region("east", DAYS, east),
                region("west", DAYS, west));
        Quantiles total = at(forecasts.get(0), 100);
        Quantiles first = at(forecasts.get(1), 100);
        Quantiles second = at(forecasts.get(2), 100);
        assertThat(total.p50()).isCloseTo(first.p50() + second.p50(), within(1e-9));
        assertThat(total.p90()).isLessThan(first.p90() + second.p90());
    }

    @Test
    void eachSeriesIsAsUncertainAsItWas() {
        IntToDoubleFunction wild = DrawnHistory.wandering(100, 0.02, 0.1, 1);
        IntToDoubleFunction calm = DrawnHistory.wandering(100, 0.02, 0.01, 2);
        List<Forecast> forecasts = forecasts(region("calm", DAYS, calm), region("wild", DAYS, wild));
        assertThat(width(at(forecasts.get(1), 91)))
                .as("ten times as wild, drawn to the others by the looks that are pooled")
                .isBetween(2 * width(at(forecasts.get(0), 91)), 10 * width(at(forecasts.get(0), 91)));
    }

    @Test
    void aTotalOfRegionsThatMoveApartIsMoreCertainThanThey() {
        IntToDoubleFunction east = DrawnHistory.wandering(100, 0.02, 0.1, 1);
        IntToDoubleFunction west = DrawnHistory.wandering(100, 0.02, 0.1, 2);
        IntToDoubleFunction opposite = day -> 100 * Math.exp(0.02 * day / 7) * 2 - east.applyAsDouble(day);
        List<Forecast> apart = forecasts(
                DrawnHistory.series("own", "all", DAYS, day -> east.applyAsDouble(day) + opposite.applyAsDouble(day)),
                region("east", DAYS, east),
                region("west", DAYS, opposite));
        List<Forecast> together = forecasts(
                DrawnHistory.series("own", "all", DAYS, day -> 2 * west.applyAsDouble(day)),
                region("east", DAYS, west),
                region("west", DAYS, west));
        assertThat(width(at(apart.get(0), 91))).isLessThan(0.6 * width(at(apart.get(1), 91)));
        assertThat(width(at(together.get(0), 91))).isCloseTo(width(at(together.get(1), 91)), within(1e-6));
    }

    @Test
    void aSeriesThatHasEndedIsNotForecast() {
        assertThat(forecasts(
                        region("east", DAYS, day -> 42),
                        region("gone", DAYS - 8, day -> 42),
                        region("late", DAYS - 7, day -> 42)))
                .as("7 days are waited for, as in forecast.history")
                .extracting(forecast -> forecast.history().region())
                .containsExactly("east", "late");
    }

    @Test
    void aNewRegionIsForecastWithWhatTheOthersTaught() {
        Forecast young = forecasts(
                        region("east", DAYS, day -> 100 * Math.exp(0.02 * day / 7)),
                        new Series("own", "young", DrawnHistory.FIRST_DAY.toEpochDay() + DAYS - 2, 10, 10))
                .get(1);
        assertThat(at(young, 70).p50()).isBetween(9.0, 15.0);
    }

    @Test
    void littleHistoryHasNoModel() {
        for (int days : List.of(1, 6, 20, 55)) {
            assertThat(model(region("east", days, day -> 100 + day))).isEmpty();
        }
        assertThat(model(region("east", DAYS, day -> 0))).isEmpty();
        assertThat(model(region("east", DAYS, day -> day % 50 == 0 || day == DAYS - 1 ? 5 : Double.NaN)))
                .as("few weeks are told, and they are rarely a horizon apart")
                .isEmpty();
        assertThat(model(new Series[0])).isEmpty();
    }

    @Test
    void anyOtherHistoryHasNumbers() {
        assertNumbers(region("east", 56, day -> 100 + day));
        assertNumbers(region("east", DAYS, day -> day < 200 ? 0 : 10), region("idle", DAYS, day -> 0));
        assertNumbers(region("east", DAYS, day -> day % 7 == 3 ? 5 : 0));
        assertNumbers(region("east", DAYS, day -> day % 14 == 0 || day == DAYS - 1 ? 5 : Double.NaN));
        assertNumbers(region("east", DAYS, day -> day < 250 ? 1e12 : 1e-12), region("one", 1, day -> 3));
        assertNumbers(new Series("own", "old", 0, new double[400]), region("east", 80, day -> 3 + day % 5));
    }

    @Test
    void theSameHistoryGivesTheSameModel() {
        Series series = region("east", DAYS, DrawnHistory.growing(100, 0.02, 1));
        GrowthModel model = model(series).orElseThrow();
        GrowthModel again = model(series).orElseThrow();
        assertThat(again.learnt()).isEqualTo(model.learnt());
        assertThat(again.regression().coefficients())
                .isEqualTo(model.regression().coefficients());
    }

    private void assertNumbers(Series... series) {
        for (Forecast forecast : forecasts(series)) {
            for (int ahead = 1; ahead < 450; ahead += 9) {
                Quantiles quantiles = at(forecast, ahead);
                assertThat(quantiles.p10()).isFinite().isNotNegative().isLessThanOrEqualTo(quantiles.p50());
                assertThat(quantiles.p90()).isFinite().isGreaterThanOrEqualTo(quantiles.p50());
            }
        }
    }

    private List<Forecast> forecasts(Series... series) {
        return Forecast.of(panel(series), model(series).orElseThrow());
    }

    private Optional<GrowthModel> model(Series... series) {
        return GrowthModel.fit(panel(series), new Regression(TestInputs.in(folder)));
    }

    private static double width(Quantiles quantiles) {
        return Math.log(quantiles.p90() / quantiles.p10());
    }

    private static Quantiles at(Forecast forecast, int daysAhead) {
        return forecast.outlook().at(forecast.history().lastDay() + daysAhead);
    }

    private static Panel panel(Series... series) {
        return new Panel("gpu_hours", Arrays.asList(series));
    }

    private static Series region(String region, int days, IntToDoubleFunction value) {
        return DrawnHistory.series("own", region, days, value);
    }
}
