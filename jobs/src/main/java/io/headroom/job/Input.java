package io.headroom.job;

import io.headroom.table.Field;
import io.headroom.table.Table;

/** A table that a job reads, and how its changes touch the job's output. */
public record Input(Table table, Touch touch) {

    public static Input day(Table table) {
        return new Input(table, new Touch.Day());
    }

    public static Input lookback(Table table, int days) {
        return new Input(table, new Touch.Lookback(days));
    }

    public static Input around(Table table, int days) {
        return new Input(table, new Touch.Around(days));
    }

    public static Input month(Table table) {
        return new Input(table, new Touch.Month());
    }

    public static Input interval(Table table, Field start, Field end) {
        return new Input(table, new Touch.Interval(start, end));
    }

    public static Input all(Table table) {
        return new Input(table, new Touch.All());
    }
}
