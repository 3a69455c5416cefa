package io.headroom.forecast.growth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeasonalNaiveTest {

    @Test
    void repeatsTheLastWeek() {
        var naive = new SeasonalNaive(new Series("own", "east", 0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17));
        assertThat(naive.at(14).p50()).isEqualTo(11);
        assertThat(naive.at(20).p50()).isEqualTo(17);
        assertThat(naive.at(21).p50()).isEqualTo(11);
    }

    @Test
    void widensWithTheRootOfTheWeeks() {
        var naive = new SeasonalNaive(new Series("own", "east", 0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17));
        assertThat(naive.at(14).p90()).isEqualTo(11 + 10);
        assertThat(naive.at(14 + 3 * 7).p90()).isEqualTo(11 + 20);
        assertThat(naive.at(14).p10()).isEqualTo(11);
    }

    @Test
    void goesFurtherBackWhereADayIsMissing() {
        double missing = Double.NaN;
        var naive = new SeasonalNaive(new Series("own", "east", 0, 1, 2, 3, 4, 5, 6, 7, 8, missing, 10));
        assertThat(naive.at(15).p50()).isEqualTo(2);
    }

    @Test
    void oneDayIsEnough() {
        assertThat(new SeasonalNaive(new Series("own", "east", 0, 5)).at(3)).isEqualTo(new Quantiles(5, 5, 5));
    }
}
