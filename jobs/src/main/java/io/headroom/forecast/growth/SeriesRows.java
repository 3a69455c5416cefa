package io.headroom.forecast.growth;

import static java.util.stream.Collectors.groupingBy;

import io.headroom.forecast.history.History;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Reads series from the rows of forecast.history. */
final class SeriesRows {

    private record Key(String provider, String region) {}

    private SeriesRows() {}

    /** The series of rows of one measure. */
    static List<Series> series(List<Row> rows) {
        return rows.stream().collect(groupingBy(SeriesRows::key)).entrySet().stream()
                .map(entry -> series(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Series series(Key key, List<Row> rows) {
        var values = new TreeMap<Long, Double>();
        rows.forEach(row -> values.put(day(row), row.<Double>getAs(History.VALUE.column())));
        long first = values.firstKey();
        double[] daily = new double[(int) (values.lastKey() - first + 1)];
        Arrays.fill(daily, Double.NaN);
        values.forEach((day, value) -> daily[(int) (day - first)] = value);
        return new Series(key.provider(), key.region(), first, daily);
    }

    private static Key key(Row row) {
        return new Key(row.getAs(History.PROVIDER.column()), row.getAs(History.REGION.column()));
    }

    /** A date is a java.sql.Date or a java.time.LocalDate, as the session is set. */
    private static long day(Row row) {
        Object day = row.getAs(History.DAY.column());
        return day instanceof LocalDate date
                ? date.toEpochDay()
                : ((java.sql.Date) day).toLocalDate().toEpochDay();
    }
}
