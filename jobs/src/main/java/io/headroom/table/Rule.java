package io.headroom.table;

/**
 * What a row must satisfy to be accepted.
 *
 * @param name the reason that a broken row is quarantined with
 * @param condition Spark SQL over the table's columns; a row breaks the rule where it is false, not where it is null
 */
public record Rule(String name, String condition) {}
