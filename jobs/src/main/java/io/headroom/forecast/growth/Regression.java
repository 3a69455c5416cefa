package io.headroom.forecast.growth;

import io.headroom.job.Inputs;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Fits MLlib's linear regression, ridge, of growth rates on what was seen before them. */
public final class Regression {

    /** Ridge penalty where label and features have a variance of 1. */
    static final double SHRINKAGE = 0.3;
    /** Below this rates do not differ, and a penalty of almost nothing would leave the solution open. */
    private static final double LEAST_DEVIATION = 1e-6;

    private final Inputs inputs;

    public Regression(Inputs inputs) {
        this.inputs = inputs;
    }

    /** The order of the examples and their one partition are fixed, so the same examples give the same model. */
    LinearRegressionModel fit(List<Example> examples, Rates rates) {
        double[] labels = examples.stream()
                .mapToDouble(example -> rates.within(example.rate()))
                .toArray();
        return new LinearRegression()
                .setLabelCol(Training.LABEL.column())
                .setFeaturesCol(Training.FEATURES.column())
                .setSolver("normal")
                .setElasticNetParam(0)
                .setRegParam(SHRINKAGE * Math.max(LEAST_DEVIATION, deviation(labels)))
                .fit(rows(examples, rates));
    }

    private Dataset<Row> rows(List<Example> examples, Rates rates) {
        List<Row> rows = examples.stream()
                .map(example -> RowFactory.create(rates.within(example.rate()), boxed(example.features())))
                .toList();
        return inputs.rowsOf(Training.TABLE, rows)
                .select(
                        Training.LABEL.col(),
                        functions.array_to_vector(Training.FEATURES.col()).as(Training.FEATURES.column()))
                .coalesce(1);
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }
}
