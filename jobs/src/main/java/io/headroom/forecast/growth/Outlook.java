package io.headroom.forecast.growth;

/** What a method expects of the days after a history. */
public interface Outlook {

    /** The forecast of an epoch day. */
    Quantiles at(long day);
}
