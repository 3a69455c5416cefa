package io.headroom.forecast.model;

import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Regression;
import io.headroom.forecast.history.History;
import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Trains one growth model for each measure that has eight weeks of history, and saves it. */
public record ModelJob() implements Job {

    @Override
    public List<Input> reads() {
        return List.of(Input.all(History.TABLE));
    }

    @Override
    public Table writes() {
        return Model.TABLE;
    }

    @Override
    public String definition() {
        return GrowthModel.DEFINITION;
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        List<Row> rows = Panel.of(inputs.rows(History.TABLE)).stream()
                .map(panel -> train(panel, inputs))
                .flatMap(Optional::stream)
                .toList();
        return inputs.rowsOf(Model.TABLE, rows);
    }

    private static Optional<Row> train(Panel panel, Inputs inputs) {
        return GrowthModel.fit(panel, new Regression(inputs)).map(model -> saved(panel, model, inputs));
    }

    private static Row saved(Panel panel, GrowthModel model, Inputs inputs) {
        String modelId = panel.digest(GrowthModel.DEFINITION);
        return RowFactory.create(
                modelId,
                panel.measure(),
                model.regression().getClass().getName(),
                java.sql.Date.valueOf(LocalDate.ofEpochDay(panel.lastDay())),
                (long) model.learnt().examples(),
                inputs.models().save(modelId, model.regression()),
                Parameters.of(model).json());
    }
}
