package io.headroom.simulator;

import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** The months that a fleet touches, counted from 0. Bills and accounting have a file for each. */
record Calendar(YearMonth first, YearMonth last) {

    private static final int MONTHS_A_YEAR = 12;

    int months() {
        return 1 + count(last) - count(first);
    }

    LocalDate firstDay() {
        return first.atDay(1);
    }

    /** Names of the months as files have them: 2026-01. */
    List<String> names() {
        return IntStream.range(0, months())
                .mapToObj(index -> first.plusMonths(index).toString())
                .toList();
    }

    /** The count of the month that an instant is in. */
    Column indexOf(Column instant) {
        return year(instant).multiply(MONTHS_A_YEAR).plus(month(instant)).minus(count(first));
    }

    private static int count(YearMonth month) {
        return month.getYear() * MONTHS_A_YEAR + month.getMonthValue();
    }
}
