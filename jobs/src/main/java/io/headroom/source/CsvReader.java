package io.headroom.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Separated values. Columns are found by the header of their own file, so that files may order them differently. */
final class CsvReader implements Records.Reader {

    private static final int SHOWN_HEADER = 1_000;

    private final Quoting records;
    private final Options options;
    private final Columns columns;
    private final CsvParser parser;
    /** For each declared column its position in the file, or -1; null before the header is read. */
    private int @Nullable [] positions;

    private int width;
    private List<String> fileQuirks = List.of();

    CsvReader(Lines lines, Options options, Columns columns) {
        Optional<Character> quote = options.quote().isEmpty()
                ? Optional.empty()
                : Optional.of(options.quote().charAt(0));
        char separator = options.separator().charAt(0);
        this.records = new Quoting(lines, separator, quote);
        this.options = options;
        this.columns = columns;
        this.parser = new CsvParser(settings(separator, quote));
    }

    private static CsvParserSettings settings(char separator, Optional<Character> quote) {
        var settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(separator);
        settings.getFormat().setQuote(quote.orElse('\0'));
        settings.getFormat().setQuoteEscape(quote.orElse('\0'));
        settings.getFormat().setComment('\0');
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(20_000);
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setSkipEmptyLines(false);
        return settings;
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        Line line = records.next();
        while (line != null && line.isBlank()) {
            line = records.next();
        }
        if (line == null) {
            boolean lacksHeader = options.hasHeader() && positions == null;
            return lacksHeader ? Parsed.refused("The file is empty: it has no header.") : null;
        }
        if (positions != null) {
            return parsed(line, positions);
        }
        if (options.hasHeader()) {
            Optional<String> problem = readHeader(line);
            return problem.isPresent() ? Parsed.refused(problem.get()) : next();
        }
        width = columns.declared().size();
        positions = IntStream.range(0, width).toArray();
        return parsed(line, positions);
    }

    private Optional<String> readHeader(Line line) {
        if (line.problem() != null) {
            return Optional.of("The header cannot be read: " + line.problem());
        }
        List<String> header = Arrays.stream(fields(line))
                .map(name -> name == null ? "" : name.strip())
                .toList();
        List<String> missing = columns.required().stream()
                .filter(column -> !header.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("The header lacks %s. It has: %s.".formatted(String.join(", ", missing), shown(header)));
        }
        if (new HashSet<>(header).size() < header.size()) {
            return Optional.of("The header names a column twice: %s.".formatted(shown(header)));
        }
        width = header.size();
        positions = columns.declared().stream().mapToInt(header::indexOf).toArray();
        fileQuirks = header.stream()
                .filter(name -> !columns.declared().contains(name))
                .map(Columns::undeclared)
                .toList();
        return Optional.empty();
    }

    private static String shown(List<String> header) {
        return Columns.shown(String.join(", ", header), SHOWN_HEADER);
    }

    private Parsed parsed(Line line, int[] places) {
        String problem = line.problem();
        if (problem != null) {
            return Parsed.unparsable(line, problem);
        }
        @Nullable String[] fields = fields(line);
        if (!isWhole(line, fields)) {
            return Parsed.unparsable(line, "The record ends within its lines: a quote is misplaced.");
        }
        if (fields.length != width) {
            return Parsed.unparsable(line, "The record has %d fields, not %d.".formatted(fields.length, width));
        }
        List<String> quirks = fileQuirks;
        @Nullable String[] values = new String[places.length];
        for (int i = 0; i < places.length; i++) {
            String value = places[i] < 0 ? null : fields[places[i]];
            if (value != null && options.nulls().contains(value)) {
                quirks = with(quirks, "literal " + value);
                value = null;
            }
            values[i] = value == null || value.isEmpty() ? null : value;
        }
        return Parsed.of(line, values, quirks);
    }

    private @Nullable String[] fields(Line line) {
        try {
            @Nullable String[] fields = parser.parseLine(line.text());
            return fields == null ? new String[0] : fields;
        } catch (TextParsingException e) {
            return new String[0];
        }
    }

    /** Whether all of a record's lines are in its fields: the parser stops where it takes a record to end. */
    private static boolean isWhole(Line line, @Nullable String[] fields) {
        long inFields = Arrays.stream(fields)
                .filter(Objects::nonNull)
                .mapToLong(CsvReader::lineEnds)
                .sum();
        return inFields == lineEnds(line.text());
    }

    private static long lineEnds(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static List<String> with(List<String> quirks, String quirk) {
        if (quirks.contains(quirk)) {
            return quirks;
        }
        List<String> more = new ArrayList<>(quirks);
        more.add(quirk);
        return more;
    }
}
