package io.headroom.report;

import java.util.Set;

/**
 * A column of a section as the page shows it.
 *
 * @param name its name in the section's query and in the CSV
 * @param unit unit of its numbers, or empty
 * @param roles what it does in the chart; none for a column of the table alone
 */
record Shown(String name, String label, String unit, Kind kind, Set<Role> roles) {

    static Shown text(String name, String label) {
        return new Shown(name, label, "", Kind.TEXT, Set.of());
    }

    static Shown link(String name, String label) {
        return new Shown(name, label, "", Kind.LINK, Set.of());
    }

    static Shown date(String name, String label) {
        return new Shown(name, label, "", Kind.DATE, Set.of());
    }

    static Shown instant(String name, String label) {
        return new Shown(name, label, "UTC", Kind.INSTANT, Set.of());
    }

    static Shown count(String name, String label, String unit) {
        return new Shown(name, label, unit, Kind.COUNT, Set.of());
    }

    static Shown number(String name, String label, String unit) {
        return new Shown(name, label, unit, Kind.NUMBER, Set.of());
    }

    static Shown share(String name, String label) {
        return new Shown(name, label, "%", Kind.SHARE, Set.of());
    }

    static Shown money(String name, String label) {
        return new Shown(name, label, "", Kind.MONEY, Set.of());
    }

    /** The same column with something to do in the chart. */
    Shown as(Role... newRoles) {
        return new Shown(name, label, unit, kind, Set.of(newRoles));
    }
}
