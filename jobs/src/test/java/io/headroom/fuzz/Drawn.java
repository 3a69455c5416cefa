package io.headroom.fuzz;

import io.headroom.table.Field;
import io.headroom.table.Rule;
import io.headroom.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Good values of fields, by their type and the rules of their table. */
final class Drawn {

    private static final Instant FIRST_INSTANT = Instant.parse("2026-03-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-01");

    private Drawn() {}

    /** Instants and dates grow from field to field, as their rules want; rows differ by their texts and instants. */
    static String value(Table table, Field field, int number, int row) {
        int place = table.fields().indexOf(field);
        return switch (field.spec().type()) {
            case STRING -> text(table, field, number, row);
            case STRINGS, DOUBLES -> label(field.column(), number, row);
            case COUNTS, LABELS, DECIMALS -> "{\"other\": %d}".formatted(number);
            case BOOLEAN -> "true";
            case INTEGER, DOUBLE -> "1";
            case LONG -> String.valueOf(1 + number);
            case MONEY, DECIMAL -> "%d.25".formatted(number);
            case DATE -> FIRST_DAY.plusDays(place).toString();
            case TIMESTAMP ->
                FIRST_INSTANT.plusSeconds(3600L * row + 60L * place).toString();
        };
    }

    static String label(String column, int number, int row) {
        return "%s-%d-%d".formatted(column, number, row);
    }

    /** A currency of the field's own, or the first text that the rules list for it, else one of the row's own. */
    private static String text(Table table, Field field, int number, int row) {
        Pattern listed = Pattern.compile("\\b%s IN \\('([^']*)'".formatted(field.column()));
        String code = field.column() + " RLIKE '^[A-Z]{3}$'";
        return table.rules().stream()
                .map(Rule::condition)
                .flatMap(condition -> condition.contains(code)
                        ? Stream.of("US" + (char) ('A' + table.fields().indexOf(field) % 26))
                        : listed.matcher(condition).results().map((MatchResult found) -> found.group(1)))
                .findFirst()
                .orElseGet(() -> label(field.column(), number, row));
    }
}
