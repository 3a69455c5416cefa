package io.headroom.forecast.growth;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far from its median the level of a week may lie: a factor that grows with a power of the weeks ahead. Its growth
 * and its shape are those of all series, its size is that of each.
 *
 * @param power how it grows with the horizon: 0.8 to 1.1
 * @param below a tenth of the weeks fall further below than this, in logarithms, one week ahead, where the scale is 1;
 *     positive
 * @param above a tenth of the weeks rise further above; positive
 * @param scales how much more or less it is of each series
 */
public record Spread(double power, double below, double above, Scales scales) {

    private static final double LEAST_POWER = 0.8;
    private static final double MOST_POWER = 1.1;
    private static final double NEGLIGIBLE = 1e-9;
    /** Few weeks of history have seen few shocks: the spread is widened by this many weeks over the weeks known. */
    private static final double UNSEEN_WEEKS = 8;

    /** What errors of a model tell that had not learnt from the examples. */
    static Spread of(List<Example> examples, ToDoubleFunction<Example> rate, int weeks) {
        double power = power(examples, rate);
        Scales scales = Scales.of(examples, example -> error(example, rate, power));
        double[] errors = errors(examples, rate, power, scales);
        double widening = 1 + UNSEEN_WEEKS / weeks;
        return new Spread(
                power,
                widening * Math.max(0, -Quantiles.of(errors, Quantiles.LOW)),
                widening * Math.max(0, Quantiles.of(errors, Quantiles.HIGH)),
                scales);
    }

    /** Where there is too little history to test a model: as wide on both sides as growth itself has been. */
    static Spread ofGrowth(List<Example> examples, int weeks) {
        double power = power(examples, example -> 0);
        Scales scales = Scales.of(examples, example -> error(example, none -> 0, power));
        double[] sizes = errors(examples, example -> 0, power, scales);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        double width = (1 + UNSEEN_WEEKS / weeks) * Quantiles.of(sizes, Quantiles.HIGH - Quantiles.LOW);
        return new Spread(power, width, width, scales);
    }

    double below(Series series, double horizon) {
        return scales.of(series) * below * Math.pow(horizon, power);
    }

    double above(Series series, double horizon) {
        return scales.of(series) * above * Math.pow(horizon, power);
    }

    private static double[] errors(
            List<Example> examples, ToDoubleFunction<Example> rate, double power, Scales scales) {
        return examples.stream()
                .mapToDouble(example -> error(example, rate, power) / scales.of(example.series()))
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

    /** Brought to a horizon of one week. */
    private static double error(Example example, ToDoubleFunction<Example> rate, double power) {
        return error(example, rate) / Math.pow(example.horizon(), power);
    }

    /** In logarithms, over the whole horizon. */
    private static double error(Example example, ToDoubleFunction<Example> rate) {
        return (example.rate() - rate.applyAsDouble(example)) * example.horizon();
    }
}
