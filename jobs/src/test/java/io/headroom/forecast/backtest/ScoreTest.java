package io.headroom.forecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.forecast.growth.Quantiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void followsTheFormulas() {
        Score score = Score.of(List.of(
                new Trial(0, 1, 10, new Quantiles(8, 12, 14), 2),
                new Trial(0, 2, 20, new Quantiles(21, 22, 30), 2),
                new Trial(7, 8, 30, new Quantiles(20, 24, 28), 4)));
        assertThat(score.origins()).isEqualTo(2);
        assertThat(score.points()).isEqualTo(3);
        assertThat(score.wape()).as("(2 + 2 + 6) / 60").isCloseTo(10.0 / 60, within(1e-12));
        assertThat(score.mase()).as("(2/2 + 2/2 + 6/4) / 3").isCloseTo(3.5 / 3, within(1e-12));
        double p10 = 0.1 * 2 + 0.9 * 1 + 0.1 * 10;
        double p50 = 0.5 * 2 + 0.5 * 2 + 0.5 * 6;
        double p90 = 0.1 * 4 + 0.1 * 10 + 0.9 * 2;
        assertThat(score.wql()).isCloseTo(2 * (p10 + p50 + p90) / 3 / 60, within(1e-12));
        assertThat(score.coverage()).as("only the first").isCloseTo(1.0 / 3, within(1e-12));
        assertThat(score.width()).as("(6 + 9 + 8) / 60").isCloseTo(23.0 / 60, within(1e-12));
        assertThat(score.bias()).as("(2 + 2 - 6) / 60").isCloseTo(-2.0 / 60, within(1e-12));
    }

    @Test
    void isNotANumberWhereNothingWasUsed() {
        Score score = Score.of(List.of(new Trial(0, 1, 0, new Quantiles(0, 0, 0), 0)));
        assertThat(score.wape()).isNaN();
        assertThat(score.mase()).isNaN();
        assertThat(score.coverage()).isEqualTo(1);
    }
}
