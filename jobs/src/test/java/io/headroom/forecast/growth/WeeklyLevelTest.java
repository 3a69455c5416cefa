package io.headroom.forecast.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.forecast.DrawnHistory;
import org.junit.jupiter.api.Test;

class WeeklyLevelTest {

    private static final double[] PATTERN = {1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8};

    @Test
    void weekdaysAreRecoveredFromGrowingDemand() {
        Series series = DrawnHistory.series("own", "east", 52 * 7, day -> Math.exp(0.02 * day / 7) * PATTERN[day % 7]);
        Weekdays weekdays = Weekdays.of(series);
        for (int day = 0; day < 7; day++) {
            assertThat(weekdays.factor(series.firstDay() + day)).isCloseTo(PATTERN[day], within(0.02));
        }
    }

    @Test
    void fewDaysHaveNoPattern() {
        assertThat(Weekdays.of(DrawnHistory.series("own", "east", 6, day -> day))
                        .factor(3))
                .isEqualTo(1);
    }

    @Test
    void weeksAreCountedBackFromTheLastDay() {
        Weeks weeks = weeks(DrawnHistory.series("own", "east", 16, day -> day < 9 ? 10 : 20));
        assertThat(weeks.count()).isEqualTo(2);
        assertThat(weeks.latest(2)).containsExactly(new double[] {Math.log(10), Math.log(20)}, within(0.05));
    }

    @Test
    void aWeekThatWasNotToldLiesBetweenItsNeighbours() {
        Weeks weeks = weeks(DrawnHistory.series(
                "own", "east", 28, day -> day >= 7 && day < 21 ? Double.NaN : day < 7 ? 1 : Math.E * Math.E * Math.E));
        assertThat(weeks.latest(4)).containsExactly(new double[] {0, 1, 2, 3}, within(1e-9));
    }

    @Test
    void zerosHaveALogarithm() {
        Weeks weeks = weeks(DrawnHistory.series("own", "east", 21, day -> day < 7 ? 0 : 100));
        assertThat(weeks.latest(3)[0]).isCloseTo(0, within(1e-9));
        assertThat(weeks(DrawnHistory.series("own", "east", 21, day -> 0)).isZero())
                .isTrue();
    }

    @Test
    void trendsAreThoseOfLines() {
        assertThat(Trend.slope(new double[] {1, 3, 5, 7})).isCloseTo(2, within(1e-12));
        assertThat(Trend.end(new double[] {1, 3, 5, 7})).isCloseTo(7, within(1e-12));
        assertThat(Trend.medianSlope(new double[] {1, 2, 3, 100, 5, 6})).isCloseTo(1, within(1e-12));
        assertThat(Trend.slope(new double[] {1, 9})).isZero();
        assertThat(Trend.end(new double[] {5})).isEqualTo(5);
    }

    @Test
    void quantilesLieOnTheLineBetweenRanks() {
        assertThat(Quantiles.of(new double[] {40, 10, 20, 30}, 0.5)).isCloseTo(25, within(1e-12));
        assertThat(Quantiles.of(new double[] {7}, 0.9)).isEqualTo(7);
    }

    @Test
    void quantilesAreInOrderAndNotNegative() {
        assertThat(new Quantiles(-5, 3, 1)).isEqualTo(new Quantiles(0, 3, 3));
    }

    private static Weeks weeks(Series series) {
        return Weeks.of(series, Weekdays.of(series));
    }
}
