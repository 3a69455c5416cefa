package io.headroom.simulator;

import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import java.time.YearMonth;
import org.apache.spark.sql.Column;

/** The months that a fleet touches, counted from 0. Files are one a month. */
record Calendar(YearMonth first, YearMonth last) {

    private static final int MONTHS_A_YEAR = 12;

    int months() {
        return 1 + count(last) - count(first);
    }

    LocalDate firstDay() {
        return first.atDay(1);
    }

    /** The month of a count, as files are named by it: 2026-01. */
    String name(int index) {
        return first.plusMonths(index).toString();
    }

    /** The count of the month that an instant is in. */
    Column indexOf(Column instant) {
        return year(instant).multiply(MONTHS_A_YEAR).plus(month(instant)).minus(count(first));
    }

    private static int count(YearMonth month) {
        return month.getYear() * MONTHS_A_YEAR + month.getMonthValue();
    }
}
