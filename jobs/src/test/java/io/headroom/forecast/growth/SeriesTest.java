package io.headroom.forecast.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void endsAtTheLastDayToldByAnOrigin() {
        var series = new Series("own", "east", 100, 1, Double.NaN, Double.NaN, 4);
        assertThat(series.until(102).lastDay()).isEqualTo(100);
        assertThat(series.until(500).lastDay()).isEqualTo(103);
        assertThat(series.beginsBy(99)).isFalse();
    }

    @Test
    void doesNotBeginOrEndWithoutAValue() {
        assertThatThrownBy(() -> new Series("own", "east", 100, 1, Double.NaN))
                .hasMessageContaining("own, east does not begin and end with a value");
    }

    @Test
    void totalsContainTheirRegionsAndNoTotals() {
        var east = new Series("own", "east", 0, 1);
        var own = new Series("own", "all", 0, 1);
        var fleet = new Series("all", "all", 0, 1);
        assertThat(own.contains(east)).isTrue();
        assertThat(fleet.contains(east)).isTrue();
        assertThat(fleet.contains(own)).isFalse();
        assertThat(new Series("AWS", "all", 0, 1).contains(east)).isFalse();
        assertThat(east.contains(east)).isFalse();
    }
}
