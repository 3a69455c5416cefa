package io.headroom.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The columns of one file of separated values: where the declared ones stand, which are extensions, what is odd of them. */
final class CsvHeader {

    private final Columns columns;
    private final int width;
    /** For each declared column its position in the file, or -1. */
    private final int[] positions;

    private final @Nullable Spelling[] spellings;
    private final Map<Integer, String> extensions = new TreeMap<>();
    private final List<String> quirks = new ArrayList<>();
    private final Set<String> present;
    private final @Nullable String edition;
    private final @Nullable String absent;

    CsvHeader(Columns columns, List<String> names) {
        this.columns = columns;
        this.width = names.size();
        Map<String, String> places = columns.places(names);
        this.present = new HashSet<>(places.values());
        List<String> declared = columns.declared();
        this.positions = new int[declared.size()];
        Arrays.fill(positions, -1);
        this.spellings =
                declared.stream().map(name -> Spelling.of(columns, name)).toArray(Spelling[]::new);
        for (int i = 0; i < width; i++) {
            place(i, names.get(i), places.get(names.get(i)), declared);
        }
        this.edition = columns.edition(present).orElse(null);
        this.absent = columns.absent(present).orElse(null);
        if (edition != null) {
            quirks.add(Columns.told(edition));
        }
    }

    private void place(int position, String name, @Nullable String column, List<String> declared) {
        if (column != null) {
            positions[declared.indexOf(column)] = position;
            if (!column.equals(name)) {
                quirks.add(Columns.inOtherCase(name, column));
            }
            return;
        }
        if (columns.hasExtensions()) {
            extensions.put(position, name);
        }
        if (!columns.isExtension(name)) {
            quirks.add(Columns.undeclared(name));
        }
    }

    List<String> missing() {
        return columns.required().stream()
                .filter(column -> !present.contains(column))
                .toList();
    }

    int width() {
        return width;
    }

    /** The record of a line's fields. */
    Parsed record(Line line, @Nullable String[] fields, List<String> nulls) {
        var odd = new Odd();
        @Nullable Object[] values = new Object[columns.hasExtensions() ? positions.length + 3 : positions.length];
        for (int i = 0; i < positions.length; i++) {
            String text = positions[i] < 0 ? null : text(fields[positions[i]], nulls, odd);
            Spelling spelling = spellings[i];
            values[i] = text == null || spelling == null ? text : spelling.read(text, odd);
        }
        if (columns.hasExtensions()) {
            values[positions.length] = extensions(fields, nulls, odd);
            values[positions.length + 1] = edition;
            values[positions.length + 2] = absent;
        }
        return Parsed.of(line, values, odd.all);
    }

    private static @Nullable String text(@Nullable String field, List<String> nulls, Odd odd) {
        if (field != null && nulls.contains(field)) {
            odd.accept(Columns.literal(field));
            return null;
        }
        return field == null || field.isEmpty() ? null : field;
    }

    private @Nullable Map<String, String> extensions(@Nullable String[] fields, List<String> nulls, Odd odd) {
        if (extensions.isEmpty()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        extensions.forEach((position, name) -> {
            String value = text(fields[position], nulls, odd);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values.isEmpty() ? null : values;
    }

    /** The quirks of one record: those of its file, until it has one of its own. */
    private final class Odd implements Consumer<String> {

        private List<String> all = quirks;

        @Override
        public void accept(String quirk) {
            if (!all.contains(quirk)) {
                all = new ArrayList<>(all);
                all.add(quirk);
            }
        }
    }
}
