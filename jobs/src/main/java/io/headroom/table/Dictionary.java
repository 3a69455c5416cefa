package io.headroom.table;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The data dictionary, in Markdown: every table's grain, columns and rules. */
public final class Dictionary {

    private static final String HEAD = """
            # Data dictionary

            Generated from the tables' declarations by `./headroom list --dictionary`; do not edit.
            Instants and days are UTC. Money is exact to 18 decimals and stands beside its currency. Missing is null, never 0.
            Facts that ship: `ledger/` (public contracts and build-outs) and `reference/` (accelerators, shapes, PUE, models,
            prices), each row with its source.
            """;

    private Dictionary() {}

    public static String markdown(List<Table> tables) {
        return HEAD + tables.stream().map(Dictionary::section).collect(joining());
    }

    private static String section(Table table) {
        String columns = table.fields().stream().map(Dictionary::row).collect(joining());
        String key = table.key().isEmpty()
                ? ""
                : "Key: %s.%n%n"
                        .formatted(table.key().stream().map(Field::column).collect(joining(", ")));
        String rules = table.rules().stream()
                .map(rule -> "- %s: %s unless `%s`%n".formatted(rule.name(), verdict(rule), rule.condition()))
                .collect(joining());
        return "%n## %s%n%nOne row: %s.%s%n%n%s| column | type | unit | what it is |%n|---|---|---|---|%n%s%s"
                .formatted(
                        table.qualifiedName(),
                        table.grain(),
                        table.isPartitionedByDay() ? " Partitioned by day." : "",
                        key,
                        columns,
                        rules.isEmpty() ? "" : System.lineSeparator() + rules);
    }

    private static String verdict(Rule rule) {
        return switch (rule.severity()) {
            case REFUSE -> "refused";
            case NOTE -> "noted";
        };
    }

    private static String row(Field field) {
        Spec spec = field.spec();
        return "| %s | %s%s | %s | %s |%n"
                .formatted(
                        field.column(),
                        spec.type().sql().toLowerCase(java.util.Locale.ROOT),
                        spec.isRequired() ? ", required" : "",
                        spec.unit(),
                        spec.doc().replace("|", "\\|"));
    }
}
