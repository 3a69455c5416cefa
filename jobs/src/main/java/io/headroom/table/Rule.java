package io.headroom.table;

/**
 * What a row should satisfy.
 *
 * @param name the reason that a broken row is quarantined with, or what it is counted under
 * @param condition Spark SQL over the table's columns; a row breaks the rule where it is false, not where it is null
 * @param severity what becomes of a row that breaks it
 */
public record Rule(String name, String condition, Severity severity) {

    /** What becomes of a row that breaks a rule. */
    public enum Severity {
        /** It is quarantined: nobody could use it. */
        REFUSE,
        /** It is accepted, and counted by the rule's name among the quirks of its file. */
        NOTE
    }
}
