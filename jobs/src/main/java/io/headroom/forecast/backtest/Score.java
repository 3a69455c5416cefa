package io.headroom.forecast.backtest;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures over trials, by their usual formulas; NaN where a formula divides by 0.
 *
 * @param origins different origins among the trials
 */
record Score(
        long origins, long points, double wape, double mase, double wql, double coverage, double width, double bias) {

    private static final int QUANTILES = 3;

    static Score of(List<Trial> trials) {
        double actual = sum(trials, trial -> Math.abs(trial.actual()));
        return new Score(
                trials.stream().mapToLong(Trial::origin).distinct().count(),
                trials.size(),
                sum(trials, trial -> Math.abs(trial.error())) / actual,
                sum(trials, trial -> Math.abs(trial.error()) / trial.scale()) / trials.size(),
                2 * sum(trials, Trial::pinball) / QUANTILES / actual,
                (double) trials.stream().filter(Trial::isCovered).count() / trials.size(),
                sum(trials, Trial::width) / actual,
                sum(trials, Trial::error) / actual);
    }

    private static double sum(List<Trial> trials, ToDoubleFunction<Trial> part) {
        double sum = 0;
        for (Trial trial : trials) {
            sum += part.applyAsDouble(trial);
        }
        return sum;
    }
}
