package io.headroom.runner;

import io.headroom.job.Touch;
import io.headroom.lake.LakeTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The part of an output that is computed: some days, or all of it. */
sealed interface Slice {

    record Everything() implements Slice {}

    record Days(Set<LocalDate> days) implements Slice {
        public Days {
            days = Collections.unmodifiableSet(new TreeSet<>(days));
        }

        boolean isEmpty() {
            return days.isEmpty();
        }
    }

    /** The rows of an input that the slice needs. */
    default Dataset<Row> narrowed(Dataset<Row> rows, Touch touch) {
        if (!(this instanceof Days slice)) {
            return rows;
        }
        if (touch instanceof Touch.Day) {
            return rows.filter(LakeTable.dayPredicate(slice.days()));
        }
        if (touch instanceof Touch.Lookback lookback) {
            return rows.filter(LakeTable.dayPredicate(reaching(slice.days(), -lookback.days())));
        }
        if (touch instanceof Touch.Around around) {
            return rows.filter(LakeTable.dayPredicate(around(slice.days(), around.days())));
        }
        if (touch instanceof Touch.Month) {
            return rows.filter(LakeTable.dayPredicate(months(slice.days())));
        }
        if (touch instanceof Touch.Interval interval) {
            return rows.filter(isWithin(new TreeSet<>(slice.days()), interval));
        }
        return rows;
    }

    private static Column isWithin(SortedSet<LocalDate> days, Touch.Interval interval) {
        Column start = interval.start().col();
        Column end = interval.end().col();
        Column isAfterFirst = end.isNull().or(end.gt(start(days.first()))).or(start.geq(start(days.first())));
        return start.lt(start(days.last().plusDays(1))).and(isAfterFirst);
    }

    /** Days and those within a reach after them, or before them where the reach is negative. */
    static Set<LocalDate> reaching(Set<LocalDate> days, int reach) {
        Set<LocalDate> reached = new TreeSet<>();
        for (LocalDate day : days) {
            for (int i = 0; i <= Math.abs(reach); i++) {
                reached.add(day.plusDays(reach < 0 ? -i : i));
            }
        }
        return reached;
    }

    /** Days and those within a reach on either side of them. */
    static Set<LocalDate> around(Set<LocalDate> days, int reach) {
        Set<LocalDate> reached = new TreeSet<>(reaching(days, reach));
        reached.addAll(reaching(days, -reach));
        return reached;
    }

    /** All days of the months of some days. */
    static Set<LocalDate> months(Set<LocalDate> days) {
        Set<LocalDate> months = new TreeSet<>();
        days.stream()
                .map(YearMonth::from)
                .distinct()
                .forEach(month -> months.addAll(
                        month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).toList()));
        return months;
    }

    private static Timestamp start(LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Timestamp.from(midnight);
    }
}
