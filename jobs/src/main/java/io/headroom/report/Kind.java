package io.headroom.report;

/** What the values of a column are, which decides how they are written. */
enum Kind {
    TEXT,
    /** An address; only https becomes a link. */
    LINK,
    DATE,
    INSTANT,
    COUNT,
    NUMBER,
    /** A ratio shown in percent. */
    SHARE,
    MONEY;

    /** Whether values are written as text; they repeat, so the page holds each one once. */
    boolean isText() {
        return switch (this) {
            case TEXT, LINK, DATE, INSTANT -> true;
            case COUNT, NUMBER, SHARE, MONEY -> false;
        };
    }
}
