package io.headroom.forecast.growth;

import java.util.List;

/**
 * The range of weekly growth rates, in logarithms, that a measure has shown; rates outside it are drawn to its edge.
 *
 * @param lowest all but the lowest hundredths of the rates lie above
 * @param highest all but the highest hundredths of the rates lie below
 */
public record Rates(double lowest, double highest) {

    private static final double TAIL = 0.03;
    /** Rates over shorter horizons are mostly noise; they count only where there are no others. */
    private static final int SHORTEST_HORIZON = 4;

    static Rates of(List<Example> examples) {
        int longest = examples.stream().mapToInt(Example::horizon).max().orElseThrow();
        int shortest = Math.min(SHORTEST_HORIZON, longest);
        double[] rates = examples.stream()
                .filter(example -> example.horizon() >= shortest)
                .mapToDouble(Example::rate)
                .toArray();
        return new Rates(Quantiles.of(rates, TAIL), Quantiles.of(rates, 1 - TAIL));
    }

    public double within(double rate) {
        return Math.min(Math.max(rate, lowest), highest);
    }
}
