package io.headroom.forecast.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.TestInputs;
import io.headroom.forecast.DrawnHistory;
import io.headroom.forecast.growth.Forecast;
import io.headroom.forecast.growth.GrowthModel;
import io.headroom.forecast.growth.Panel;
import io.headroom.forecast.growth.Quantiles;
import io.headroom.forecast.growth.Regression;
import io.headroom.forecast.history.History;
import io.headroom.forecast.model.Model;
import io.headroom.forecast.model.ModelJob;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandJobTest {

    private static final int DAYS = 300;
    private static final LocalDate LAST_DAY = DrawnHistory.FIRST_DAY.plusDays(DAYS - 1);

    @TempDir
    private Path folder;

    @Test
    void aModelSavedAndLoadedForecastsTheSame() {
        Dataset<Row> history = history();
        TestInputs inputs = TestInputs.in(folder).with(History.TABLE, history);
        List<Row> demand = demand(inputs);

        Panel panel = Panel.of(history).get(0);
        GrowthModel fitted = GrowthModel.fit(panel, new Regression(inputs)).orElseThrow();
        for (Forecast forecast : Forecast.of(panel, fitted)) {
            LocalDate day = LAST_DAY.plusDays(200);
            Quantiles expected = forecast.outlook().at(day.toEpochDay());
            Row row = row(
                    demand, forecast.history().provider(), forecast.history().region(), day);
            assertThat(row.<Double>getAs("p10")).isCloseTo(expected.p10(), within(1e-6));
            assertThat(row.<Double>getAs("p50")).isCloseTo(expected.p50(), within(1e-6));
            assertThat(row.<Double>getAs("p90")).isCloseTo(expected.p90(), within(1e-6));
        }
    }

    @Test
    void everySeriesIsForecastFromItsLastDayToTheEndOf2027() {
        List<Row> demand = demand(TestInputs.in(folder).with(History.TABLE, history()));
        long days = ChronoUnit.DAYS.between(LAST_DAY, LocalDate.of(2027, 12, 31));
        assertThat(demand).hasSize((int) days * 4);
        assertThat(row(demand, "own", "east", LAST_DAY.plusDays(1)).<Double>getAs("p50"))
                .isBetween(150.0, 300.0);
        assertThat(demand).allSatisfy(row -> {
            assertThat(row.<Double>getAs("p10")).isLessThanOrEqualTo(row.<Double>getAs("p50"));
            assertThat(row.<Double>getAs("p50")).isLessThanOrEqualTo(row.<Double>getAs("p90"));
            assertThat(row.<java.sql.Date>getAs("origin").toLocalDate()).isEqualTo(LAST_DAY);
        });
    }

    @Test
    void aModelIsNamedByWhatItLearntFrom() {
        Row model = model(history());
        assertThat(model.<String>getAs("model_id")).isEqualTo(model(history()).getAs("model_id"));
        assertThat(model.<String>getAs("model_id"))
                .isNotEqualTo(model(new DrawnHistory()
                                .with("mw", "own", "east", DAYS, DrawnHistory.growing(101, 0.02, 1))
                                .rows())
                        .getAs("model_id"));
        assertThat(model.<java.sql.Date>getAs("trained_through").toLocalDate()).isEqualTo(LAST_DAY);
        assertThat(model.<String>getAs("parameters")).contains("\"longest_horizon\":25.2", "\"slope_13\"");
    }

    @Test
    void withoutHistoryThereIsNothing() {
        TestInputs inputs = TestInputs.in(folder);
        assertThat(inputs.derive(new ModelJob()).collectAsList()).isEmpty();
        assertThat(inputs.derive(new DemandJob()).collectAsList()).isEmpty();
    }

    @Test
    void aShortHistoryHasNoForecast() {
        Dataset<Row> history =
                new DrawnHistory().with("mw", "own", "east", 40, day -> 5 + day).rows();
        assertThat(demand(TestInputs.in(folder).with(History.TABLE, history))).isEmpty();
    }

    private Row model(Dataset<Row> history) {
        return TestInputs.in(folder)
                .with(History.TABLE, history)
                .derive(new ModelJob())
                .head();
    }

    private static List<Row> demand(TestInputs inputs) {
        return inputs.with(Model.TABLE, inputs.derive(new ModelJob()))
                .derive(new DemandJob())
                .collectAsList();
    }

    private static Row row(List<Row> rows, String provider, String region, LocalDate day) {
        return rows.stream()
                .filter(row -> row.getAs("provider").equals(provider)
                        && row.getAs("region").equals(region)
                        && row.<java.sql.Date>getAs("day").toLocalDate().equals(day))
                .findFirst()
                .orElseThrow();
    }

    private static Dataset<Row> history() {
        return new DrawnHistory()
                .withFleet("mw", DAYS, DrawnHistory.growing(100, 0.02, 1), DrawnHistory.growing(50, 0.01, 5))
                .rows();
    }
}
