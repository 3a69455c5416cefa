package io.headroom.forecast.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.forecast.DrawnHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExampleTest {

    private static final int DAYS = 140;
    private static final IntToDoubleFunction DEMAND = DrawnHistory.growing(100, 0.02, 1);

    @Test
    void whatCameAfterALookDoesNotChangeIt() {
        int known = DAYS - 5 * 7;
        List<Example> told = looks(DEMAND);
        List<Example> toldOtherwise = looks(
                day -> day < known ? DEMAND.applyAsDouble(day) : 5000 * DEMAND.applyAsDouble(day) * (1 + day % 7));
        for (int i = 0; i < told.size(); i++) {
            Example look = told.get(i);
            assertThat(toldOtherwise.get(i).lastDay()).isEqualTo(look.lastDay());
            if (look.lastDay() - 7L * look.horizon() < firstDay() + known) {
                assertThat(toldOtherwise.get(i).features()).isEqualTo(look.features());
            }
            if (look.lastDay() < firstDay() + known) {
                assertThat(toldOtherwise.get(i).rate()).isEqualTo(look.rate());
            }
        }
        assertThat(told).anyMatch(look -> look.lastDay() < firstDay() + known);
        assertThat(told)
                .anyMatch(look -> look.lastDay() - 7L * look.horizon() < firstDay() + known
                        && look.lastDay() >= firstDay() + known);
    }

    @Test
    void weeksThatAreNotToldAreNeitherLookedFromNorAt() {
        int lastWeek = DAYS / 7 - 1;
        List<Example> looks = looks(day -> day / 7 == lastWeek - 3 ? Double.NaN : DEMAND.applyAsDouble(day));
        long untold = firstDay() + DAYS - 1 - 3 * 7;
        assertThat(looks)
                .isNotEmpty()
                .noneMatch(look -> look.lastDay() == untold)
                .noneMatch(look -> look.lastDay() - 7L * look.horizon() == untold);
    }

    @Test
    void rateIsGrowthAWeek() {
        assertThat(looks(day -> Math.exp(0.03 * day / 7)))
                .isNotEmpty()
                .allSatisfy(look -> assertThat(look.rate()).isCloseTo(0.03, within(0.001)));
        assertThat(looks(day -> day < 70 ? 0 : 5))
                .as("nothing to grow from")
                .allSatisfy(look ->
                        assertThat(look.lastDay() - 7L * look.horizon()).isGreaterThanOrEqualTo(firstDay() + 70));
    }

    @Test
    void errorsOfASeriesAreDrawnTowardsThoseOfAll() {
        Series calm = new Series("own", "calm", 0, 1);
        Series wild = new Series("own", "wild", 0, 1);
        Example[] looks = new Example[2 * Scales.POOLED_LOOKS];
        Arrays.setAll(
                looks,
                i -> new Example(i % 2 == 0 ? calm : wild, new double[0], i % 2 == 0 ? 1 : i % 4 == 1 ? 3 : -3, 1, i));

        Scales scales = Scales.of(List.of(looks), Example::rate);

        assertThat(scales).isEqualTo(new Scales(Map.of("own", Map.of("calm", 0.75, "wild", 1.25))));
        assertThat(scales.of(new Series("own", "new", 0, 1))).isEqualTo(1);
        assertThat(Scales.of(List.of(looks), look -> 0).of(wild)).isEqualTo(1);
    }

    private static long firstDay() {
        return DrawnHistory.FIRST_DAY.toEpochDay();
    }

    private static List<Example> looks(IntToDoubleFunction demand) {
        return Example.of(DrawnHistory.series("own", "east", DAYS, demand), 100);
    }
}
