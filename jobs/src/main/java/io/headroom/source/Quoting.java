package io.headroom.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins lines to records where a quoted field spans lines. A quote that is never closed costs its own line only. */
final class Quoting {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Lines lines;
    private final char separator;
    private final Optional<Character> quote;
    private final Deque<Line> unread = new ArrayDeque<>();

    Quoting(Lines lines, char separator, Optional<Character> quote) {
        this.lines = lines;
        this.separator = separator;
        this.quote = quote;
    }

    /** The next record, or null at the end. */
    @Nullable
    Line next() throws IOException {
        Line first = read();
        if (first == null || first.problem() != null || quote.isEmpty() || !isOpenAfter(first.text(), false)) {
            return first;
        }
        List<Line> joined = new ArrayList<>(List.of(first));
        int characters = first.text().length();
        while (joined.size() < MOST_LINES && characters < MOST_CHARACTERS) {
            Line line = read();
            if (line == null || line.problem() != null) {
                Optional.ofNullable(line).ifPresent(joined::add);
                break;
            }
            joined.add(line);
            characters += line.text().length();
            if (!isOpenAfter(line.text(), true)) {
                String text = String.join("\n", joined.stream().map(Line::text).toList());
                return new Line(first.number(), text, null);
            }
        }
        for (int i = joined.size() - 1; i > 0; i--) {
            unread.push(joined.get(i));
        }
        return new Line(first.number(), first.text(), "A quoted field is never closed.");
    }

    private @Nullable Line read() throws IOException {
        return unread.isEmpty() ? lines.next() : unread.pop();
    }

    /** Whether a quoted field is open at the end of a line. A quote opens at the start of a field, or doubled within a quoted one. */
    private boolean isOpenAfter(String line, boolean isOpenBefore) {
        char mark = quote.orElseThrow();
        boolean isOpen = isOpenBefore;
        boolean isQuoted = isOpenBefore;
        boolean isFieldStart = true;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isOpen) {
                isOpen = c != mark;
            } else if (c == mark && (isFieldStart || (isQuoted && line.charAt(i - 1) == mark))) {
                isOpen = true;
                isQuoted = true;
            } else if (c == separator) {
                isQuoted = false;
            }
            isFieldStart = !isOpen && c == separator;
        }
        return isOpen;
    }
}
