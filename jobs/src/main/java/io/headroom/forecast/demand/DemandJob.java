package io.headroom.forecast.demand;

import static java.util.stream.Collectors.toMap;

import io.headroom.forecast.growth.Forecast;
import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Published;
import io.headroom.forecast.growth.Quantiles;
import io.headroom.forecast.history.History;
import io.headroom.forecast.model.Model;
import io.headroom.forecast.model.SavedModel;
import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Forecasts every series that has not ended, of every measure that has a model, from its last day on. */
public record DemandJob() implements Job {

    /** The last day that is forecast. */
    public static final LocalDate UNTIL = LocalDate.of(2027, 12, 31);

    @Override
    public List<Input> reads() {
        return List.of(Input.all(History.TABLE), Input.all(Model.TABLE));
    }

    @Override
    public Table writes() {
        return Demand.TABLE;
    }

    @Override
    public String definition() {
        return GrowthModel.DEFINITION + " until " + UNTIL;
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        Map<String, SavedModel> models = SavedModel.load(inputs.rows(Model.TABLE), inputs.models()).stream()
                .collect(toMap(SavedModel::measure, Function.identity()));
        List<Row> rows = Panel.of(inputs.rows(History.TABLE)).stream()
                .flatMap(panel -> Stream.ofNullable(models.get(panel.measure())).flatMap(model -> rows(panel, model)))
                .toList();
        return inputs.rowsOf(Demand.TABLE, rows);
    }

    private static Stream<Row> rows(Panel panel, SavedModel model) {
        return Forecast.of(panel, model.model()).stream()
                .flatMap(forecast -> LongStream.rangeClosed(forecast.history().lastDay() + 1, UNTIL.toEpochDay())
                        .mapToObj(day -> row(panel.measure(), forecast, day, model.modelId())));
    }

    private static Row row(String measure, Forecast forecast, long day, String modelId) {
        Quantiles quantiles = forecast.outlook().at(day);
        return RowFactory.create(
                measure,
                forecast.history().provider(),
                forecast.history().region(),
                date(forecast.history().lastDay()),
                date(day),
                Published.number(quantiles.p10()),
                Published.number(quantiles.p50()),
                Published.number(quantiles.p90()),
                modelId);
    }

    private static Date date(long day) {
        return Date.valueOf(LocalDate.ofEpochDay(day));
    }
}
