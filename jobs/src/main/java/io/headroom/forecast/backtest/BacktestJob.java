package io.headroom.forecast.backtest;

import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Published;
import io.headroom.forecast.growth.Regression;
import io.headroom.forecast.history.History;
import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.table.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Forecasts the past again from rolling origins and scores it against what came after them. */
public record BacktestJob() implements Job {

    private static final List<Integer> HORIZONS = List.of(7, 28, 91);
    /** Stands for all days after an origin, however many there are. */
    private static final int ALL = 0;

    @Override
    public List<Input> reads() {
        return List.of(Input.all(History.TABLE));
    }

    @Override
    public Table writes() {
        return Backtest.TABLE;
    }

    @Override
    public String definition() {
        return "%s, %s, horizons %s".formatted(GrowthModel.DEFINITION, RollingOrigins.DEFINITION, HORIZONS);
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        var regression = new Regression(inputs);
        List<Row> rows = Panel.of(inputs.rows(History.TABLE)).stream()
                .flatMap(panel -> rows(panel, regression))
                .toList();
        return inputs.rowsOf(Backtest.TABLE, rows);
    }

    private static Stream<Row> rows(Panel panel, Regression regression) {
        return RollingOrigins.replay(panel, regression).stream().flatMap(replay -> rows(panel, replay));
    }

    private static Stream<Row> rows(Panel panel, Replay replay) {
        Stream<Row> perHorizon = HORIZONS.stream()
                .flatMap(horizon -> row(panel.measure(), replay, horizon, replay.within(horizon, panel.lastDay())));
        return Stream.concat(perHorizon, row(panel.measure(), replay, ALL, replay.trials()));
    }

    private static Stream<Row> row(String measure, Replay replay, int horizon, List<Trial> trials) {
        if (trials.isEmpty()) {
            return Stream.empty();
        }
        Score score = Score.of(trials);
        return Stream.of(RowFactory.create(
                measure,
                replay.provider(),
                replay.region(),
                replay.method().name().toLowerCase(Locale.ROOT),
                horizon,
                score.origins(),
                score.points(),
                orNull(score.wape()),
                orNull(score.mase()),
                orNull(score.wql()),
                orNull(score.coverage()),
                orNull(score.width()),
                orNull(score.bias())));
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? Published.number(value) : null;
    }
}
