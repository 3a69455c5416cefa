package io.headroom.forecast.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegressionModel;

/**
 * What a measure's growth has taught: a regression of the weekly growth rate, pooled over all regions and totals, and
 * how far it was off.
 *
 * <p>It learns from looks within the history: from a week T, seeing nothing later, to a week T + h. Its spread comes
 * from looks into the last part of the history by a regression that knew only what came before that part, and has a
 * scale of each series and total; then the regression learns from all looks.
 *
 * @param regression gives the rate before it is drawn into the range of rates
 * @param learnt what was learnt besides
 */
public record GrowthModel(LinearRegressionModel regression, Learnt learnt) {

    /** Changes whenever the same history would give another forecast. */
    public static final String DEFINITION = "growth 2";

    /** With less history a measure has no model and no forecast. */
    public static final int FEWEST_WEEKS = 8;

    private static final int FEWEST_EXAMPLES = 10;
    /** With fewer looks before or after the split a test tells nothing. */
    private static final int FEWEST_TESTS = 20;

    private static final double LONGEST_HORIZON_SHARE = 0.6;
    private static final double TESTED_SHARE = 0.4;

    /** Learns from all of a panel; empty where its longest series has too little history, or has only zeros. */
    public static Optional<GrowthModel> fit(Panel panel, Regression regression) {
        int weeks = panel.series().stream().mapToInt(Series::days).max().orElse(0) / Weeks.DAYS;
        double longestHorizon = LONGEST_HORIZON_SHARE * weeks;
        List<Example> examples = new ArrayList<>();
        panel.series().forEach(series -> examples.addAll(Example.of(series, longestHorizon)));
        if (weeks < FEWEST_WEEKS || examples.size() < FEWEST_EXAMPLES) {
            return Optional.empty();
        }
        Rates rates = Rates.of(examples);
        long split = panel.lastDay() - Weeks.DAYS * (long) Math.ceil(TESTED_SHARE * weeks);
        Spread spread = spread(examples, split, weeks, regression);
        return Optional.of(new GrowthModel(
                regression.fit(examples, rates), new Learnt(weeks, longestHorizon, examples.size(), rates, spread)));
    }

    /** The weekly growth rate over a horizon, in logarithms. */
    public double rate(double[] features) {
        return rate(regression, learnt.rates(), features);
    }

    private static Spread spread(List<Example> examples, long split, int weeks, Regression regression) {
        List<Example> known =
                examples.stream().filter(example -> example.lastDay() <= split).toList();
        List<Example> unknown =
                examples.stream().filter(example -> example.lastDay() > split).toList();
        if (known.size() < FEWEST_TESTS || unknown.size() < FEWEST_TESTS) {
            return Spread.ofGrowth(examples, weeks);
        }
        Rates rates = Rates.of(known);
        LinearRegressionModel model = regression.fit(known, rates);
        return Spread.of(unknown, example -> rate(model, rates, example.features()), weeks);
    }

    private static double rate(LinearRegressionModel model, Rates rates, double[] features) {
        return rates.within(model.predict(Vectors.dense(features)));
    }
}
