package io.headroom.job;

import io.headroom.table.Field;

/** How new rows of an input touch the days of the output. */
public sealed interface Touch {

    /** A row touches the output of its own day. */
    record Day() implements Touch {}

    /** A row touches the output of its own day and of the days that follow, up to a number of them. */
    record Lookback(int days) implements Touch {}

    /** A row touches the output of its own day and of the days around it, up to a number of them on either side. */
    record Around(int days) implements Touch {}

    /** A row touches the output of all days of its month, of which the first may stand for all. */
    record Month() implements Touch {}

    /**
     * A row holds from a start, inclusive, to an end, exclusive or null for ever, and touches the days between; one of no
     * length touches the day of its start, one without a start none.
     */
    record Interval(Field start, Field end) implements Touch {}

    /** A row touches all of the output. */
    record All() implements Touch {}
}
