package io.headroom.report;

/** What a column does in its section's chart. */
enum Role {
    /** Where a value stands: a time, a category. */
    X,
    /** Part of the name of a line, a row or a colour. */
    SERIES,
    /** The reader may narrow the rows to one value of it. */
    FILTER,
    /** The reader sees one value of it at a time, for rows of two are never mixed: a currency, a measure. */
    PICK,
    /** A number that the chart shows. */
    VALUE
}
