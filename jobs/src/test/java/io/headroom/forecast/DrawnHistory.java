package io.headroom.forecast;

import io.headroom.TestSpark;
import io.headroom.forecast.growth.Series;
import io.headroom.forecast.history.History;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Histories that follow a formula over the days since 2026-01-01. */
public final class DrawnHistory {

    public static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    private final List<Row> rows = new ArrayList<>();

    public static Series series(String provider, String region, int days, IntToDoubleFunction value) {
        double[] values = new double[days];
        for (int day = 0; day < days; day++) {
            values[day] = value.applyAsDouble(day);
        }
        return new Series(provider, region, FIRST_DAY.toEpochDay(), values);
    }

    /** Grows by a rate a week, with quieter weekends and some noise that is the same each time. */
    public static IntToDoubleFunction growing(double start, double weeklyRate, int seed) {
        return day -> start
                * Math.exp(weeklyRate * day / 7)
                * (day % 7 >= 5 ? 0.8 : 1.08)
                * (1 + 0.03 * Math.sin(12.9898 * (day + 1) * (seed + 1)) + 0.02 * Math.sin(day / 11.0 + seed));
    }

    /** Grows by a rate a week, and its logarithm takes a step of a normal distribution besides each week. */
    public static IntToDoubleFunction wandering(double start, double weeklyRate, double step, long seed) {
        var random = new Random(seed);
        double[] steps = DoubleStream.generate(() -> step * random.nextGaussian())
                .limit(200)
                .toArray();
        Arrays.parallelPrefix(steps, Double::sum);
        return day -> start * Math.exp(weeklyRate * day / 7 + steps[day / 7]);
    }

    /** Grows by a rate a week, and the logarithm of each day is off by a normal distribution. */
    public static IntToDoubleFunction noisy(double start, double weeklyRate, double deviation, long seed) {
        var random = new Random(seed);
        double[] noise = DoubleStream.generate(() -> deviation * random.nextGaussian())
                .limit(1000)
                .toArray();
        return day -> start * Math.exp(weeklyRate * day / 7 + noise[day]);
    }

    public DrawnHistory with(String measure, String provider, String region, int days, IntToDoubleFunction value) {
        for (int day = 0; day < days; day++) {
            Date date = Date.valueOf(FIRST_DAY.plusDays(day));
            rows.add(RowFactory.create(date, measure, provider, region, value.applyAsDouble(day)));
        }
        return this;
    }

    /** Two regions of one provider, with its total and the fleet's. */
    public DrawnHistory withFleet(String measure, int days, IntToDoubleFunction east, IntToDoubleFunction west) {
        IntToDoubleFunction both = day -> east.applyAsDouble(day) + west.applyAsDouble(day);
        return with(measure, "own", "east", days, east)
                .with(measure, "own", "west", days, west)
                .with(measure, "own", Series.ALL, days, both)
                .with(measure, Series.ALL, Series.ALL, days, both);
    }

    public Dataset<Row> rows() {
        return TestSpark.session().createDataFrame(rows, History.TABLE.schema());
    }
}
