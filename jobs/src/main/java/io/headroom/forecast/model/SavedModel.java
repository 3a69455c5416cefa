package io.headroom.forecast.model;

import io.headroom.forecast.growth.GrowthModel;
import io.headroom.job.Models;
import java.util.List;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A growth model as a row of forecast.model tells it. */
public record SavedModel(String modelId, String measure, GrowthModel model) {

    /** Loads the models of all measures. */
    public static List<SavedModel> load(Dataset<Row> rows, Models models) {
        return rows.collectAsList().stream().map(row -> load(row, models)).toList();
    }

    private static SavedModel load(Row row, Models models) {
        String location = row.getAs(Model.LOCATION.column());
        String parameters = row.getAs(Model.PARAMETERS.column());
        return new SavedModel(
                row.getAs(Model.MODEL_ID.column()),
                row.getAs(Model.MEASURE.column()),
                new GrowthModel(
                        models.load(location, LinearRegressionModel::load),
                        Parameters.parse(parameters).learnt()));
    }
}
