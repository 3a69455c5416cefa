package io.headroom.forecast.growth;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.headroom.forecast.history.History;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All series of one measure: regions and totals, in order of provider and region. */
public record Panel(String measure, List<Series> series) {

    /**
     * A series that was silent for longer than this at the end has ended. It is as long as forecast.history waits for a
     * cluster: a region that the totals no longer have must not come back with the sum of the regions' forecasts.
     */
    private static final int SILENT_DAYS = 7;

    public Panel {
        series = series.stream()
                .sorted(Comparator.comparing(Series::provider).thenComparing(Series::region))
                .toList();
    }

    /** The panels of forecast.history, in order of the measure. */
    public static List<Panel> of(Dataset<Row> history) {
        var measures = history.collectAsList().stream()
                .collect(groupingBy(row -> row.<String>getAs(History.MEASURE.column()), TreeMap::new, toList()));
        return measures.entrySet().stream()
                .map(measure -> new Panel(measure.getKey(), SeriesRows.series(measure.getValue())))
                .toList();
    }

    public long lastDay() {
        return series.stream().mapToLong(Series::lastDay).max().orElseThrow();
    }

    /** The series that have not ended. */
    public List<Series> living() {
        long silentSince = lastDay() - SILENT_DAYS;
        return series.stream().filter(one -> one.lastDay() >= silentSince).toList();
    }

    public boolean beginsBy(long day) {
        return series.stream().anyMatch(one -> one.beginsBy(day));
    }

    /** All that was told of a series of which a part is known. */
    public Series told(Series part) {
        return series.stream()
                .filter(one ->
                        one.provider().equals(part.provider()) && one.region().equals(part.region()))
                .findFirst()
                .orElseThrow();
    }

    /** What was told up to a day, inclusive, by which the panel must have begun. */
    public Panel until(long day) {
        return new Panel(
                measure,
                series.stream()
                        .filter(one -> one.beginsBy(day))
                        .map(one -> one.until(day))
                        .toList());
    }

    /** The same for the same settings and data, and for no others. */
    public String digest(String settings) {
        MessageDigest digest = sha256();
        digest.update((settings + '\n' + measure).getBytes(StandardCharsets.UTF_8));
        series.forEach(one -> digest.update(one.toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
