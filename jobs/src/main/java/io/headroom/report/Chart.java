package io.headroom.report;

/** How the page draws the rows of a section. What the columns do in it, their {@link Role roles} say. */
enum Chart {
    /** One card per row. */
    CARDS,
    /** History, forecast band and supply of one series against time. */
    FAN,
    /** One line per series against time. */
    LINES,
    /** One column per X, the values stacked in it. */
    STACKED_COLUMNS,
    /** One bar per X, the values stacked along it. */
    STACKED_ROWS,
    /** One group of columns per X, one column per series in it. */
    GROUPED_COLUMNS,
    /** One row per series, one column per X, the value as colour. */
    HEAT_MAP,
    /** Planned and actual dates, one row per site. */
    TIMELINE,
    /** The table alone. */
    TABLE
}
