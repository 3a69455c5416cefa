package io.headroom.runner;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.headroom.job.Input;
import io.headroom.job.Job;
import io.headroom.job.Touch;
import io.headroom.lake.Changes;
import io.headroom.lake.Commit;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.table.Lineage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.jspecify.annotations.Nullable;

/** Finds the part of a job's output that its inputs have touched since the output's last commit. */
final class Touched {

    private final Lake lake;
    private final Job job;

    Touched(Lake lake, Job job) {
        this.lake = lake;
        this.job = job;
    }

    /**
     * The slice to compute.
     *
     * @param last the output's last watermark, if it has one
     * @param now the watermark that the new commit will carry
     */
    Slice since(Optional<Commit> last, Map<String, Long> now, String definition) {
        if (last.isEmpty()) {
            boolean isAnyData = job.reads().stream()
                    .anyMatch(input -> lake.table(input.table())
                            .changesSince(0)
                            .map(Changes::isAny)
                            .orElse(true));
            return isAnyData ? new Slice.Everything() : new Slice.Days(Set.of());
        }
        Map<String, Long> before = last.get().versions();
        if (!last.get().definition().equals(definition) || !before.keySet().equals(now.keySet())) {
            return new Slice.Everything();
        }
        Set<LocalDate> days = new TreeSet<>();
        for (Input input : job.reads()) {
            Optional<Set<LocalDate>> touched = touched(input, before, now);
            if (touched.isEmpty()) {
                return new Slice.Everything();
            }
            days.addAll(touched.get());
        }
        return new Slice.Days(days);
    }

    /** The days that one input touches; empty where it touches everything. */
    private Optional<Set<LocalDate>> touched(Input input, Map<String, Long> before, Map<String, Long> now) {
        LakeTable table = lake.table(input.table());
        String knowledge = Runner.knowledgeKey(input.table());
        boolean isNewlyKnown = !before.getOrDefault(knowledge, 0L).equals(now.getOrDefault(knowledge, 0L));
        long version = before.getOrDefault(input.table().qualifiedName(), 0L);
        Optional<Changes> found = table.changesSince(version);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Changes changes = found.get();
        if (!changes.isAny() && !isNewlyKnown) {
            return Optional.of(Set.of());
        }
        if (!job.writes().isByDay() || input.touch() instanceof Touch.All) {
            return Optional.empty();
        }
        if (input.touch() instanceof Touch.Interval interval) {
            Dataset<Row> rowsBefore = known(table.readVersion(version), before.get(knowledge));
            Dataset<Row> rowsNow = known(table.read(), now.get(knowledge));
            return Optional.of(daysBetween(rowsBefore, rowsNow, changes, interval));
        }
        if (isNewlyKnown) {
            return Optional.empty();
        }
        if (input.touch() instanceof Touch.Lookback lookback) {
            return Optional.of(Slice.reaching(changes.days(), lookback.days()));
        }
        if (input.touch() instanceof Touch.Around around) {
            return Optional.of(Slice.around(changes.days(), around.days()));
        }
        if (input.touch() instanceof Touch.Month) {
            return Optional.of(ofMonths(changes.days()));
        }
        return Optional.of(changes.days());
    }

    /** Changed days, the first days of their months, and the days of their months that the output has. */
    private Set<LocalDate> ofMonths(Set<LocalDate> changed) {
        Set<LocalDate> days = Slice.months(changed);
        days.retainAll(lake.table(job.writes()).days());
        days.addAll(changed);
        changed.forEach(day -> days.add(day.withDayOfMonth(1)));
        return days;
    }

    /** What was known by a time in milliseconds, of a table whose rows state when they became known. */
    private static Dataset<Row> known(Dataset<Row> rows, @Nullable Long by) {
        return by == null ? rows : rows.filter(Lineage.KNOWN_AT.col().lt(timestamp_millis(lit(by + 1))));
    }

    /** The days of rows that came or went; an open end reaches the last day that the output has. */
    private Set<LocalDate> daysBetween(
            Dataset<Row> rowsBefore, Dataset<Row> rowsNow, Changes changes, Touch.Interval interval) {
        Dataset<Row> before = changed(rowsBefore, changes, interval);
        Dataset<Row> after = changed(rowsNow, changes, interval);
        Dataset<Row> difference = after.exceptAll(before).union(before.exceptAll(after));
        Set<LocalDate> known = lake.table(job.writes()).days();
        LocalDate lastKnown = known.stream().max(LocalDate::compareTo).orElse(LocalDate.MIN);
        Set<LocalDate> days = new TreeSet<>();
        for (Row row : difference.select("first", "last").distinct().collectAsList()) {
            LocalDate first = row.getDate(0).toLocalDate();
            LocalDate last = row.isNullAt(1) ? lastKnown : row.getDate(1).toLocalDate();
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                days.add(day);
            }
        }
        return days;
    }

    private static Dataset<Row> changed(Dataset<Row> rows, Changes changes, Touch.Interval interval) {
        Column start = interval.start().col();
        Column end = interval.end().col();
        Column last = to_date(greatest(end.minus(expr("INTERVAL '0.000001' SECOND")), start));
        Dataset<Row> narrowed = changes.days().isEmpty() ? rows : rows.filter(LakeTable.dayPredicate(changes.days()));
        return narrowed.select(comparable(narrowed))
                .filter(start.isNotNull())
                .withColumn("first", to_date(start))
                .withColumn("last", when(end.isNotNull(), last));
    }

    /** The columns of rows, maps among them as text, since Spark does not compare maps. */
    private static Column[] comparable(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .map(field -> field.dataType() instanceof MapType
                        ? col(field.name()).cast("string").as(field.name())
                        : col(field.name()))
                .toArray(Column[]::new);
    }
}
