package io.headroom.forecast.growth;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far from its median the level of a week may lie: a factor that grows with a power of the weeks ahead.
 *
 * @param power how it grows with the horizon: 0.8 to 1.1
 * @param below a tenth of the weeks fall further below than this, in logarithms, one week ahead; positive
 * @param above a tenth of the weeks rise further above; positive
 */
public record Spread(double power, double below, double above) {

    private static final double LEAST_POWER = 0.8;
    private static final double MOST_POWER = 1.1;
    private static final double NEGLIGIBLE = 1e-9;
    /** Few weeks of history have seen few shocks: the spread is widened by this many weeks over the weeks known. */
    private static final double UNSEEN_WEEKS = 8;

    /** What errors of a model tell that had not learnt from the examples. */
    static Spread of(List<Example> examples, ToDoubleFunction<Example> rate, int weeks) {
        double power = power(examples, rate);
        double[] errors = errors(examples, rate, power);
        double widening = 1 + UNSEEN_WEEKS / weeks;
        return new Spread(
                power,
                widening * Math.max(0, -Quantiles.of(errors, Quantiles.LOW)),
                widening * Math.max(0, Quantiles.of(errors, Quantiles.HIGH)));
    }

    /** Where there is too little history to test a model: as wide on both sides as growth itself has been. */
    static Spread ofGrowth(List<Example> examples, int weeks) {
        double power = power(examples, example -> 0);
        double[] sizes = errors(examples, example -> 0, power);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        double width = (1 + UNSEEN_WEEKS / weeks) * Quantiles.of(sizes, Quantiles.HIGH - Quantiles.LOW);
        return new Spread(power, width, width);
    }

    public double below(double horizon) {
        return below * Math.pow(horizon, power);
    }

    public double above(double horizon) {
        return above * Math.pow(horizon, power);
    }

    private static double[] errors(List<Example> examples, ToDoubleFunction<Example> rate, double power) {
        return examples.stream()
                .mapToDouble(example -> error(example, rate) / Math.pow(example.horizon(), power))
                .toArray();
    }

    /** The slope of the errors' logarithm against that of the horizon, within bounds. */
    private static double power(List<Example> examples, ToDoubleFunction<Example> rate) {
        double count = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (Example example : examples) {
            double size = Math.abs(error(example, rate));
            if (size > NEGLIGIBLE) {
                double logHorizon = Math.log(example.horizon());
                count++;
                x += logHorizon;
                y += Math.log(size);
                xx += logHorizon * logHorizon;
                xy += logHorizon * Math.log(size);
            }
        }
        double variance = count * xx - x * x;
        double slope = variance > NEGLIGIBLE ? (count * xy - x * y) / variance : 1;
        return Math.min(Math.max(slope, LEAST_POWER), MOST_POWER);
    }

    /** In logarithms, over the whole horizon. */
    private static double error(Example example, ToDoubleFunction<Example> rate) {
        return (example.rate() - rate.applyAsDouble(example)) * example.horizon();
    }
}
