package io.headroom.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Separated values. Columns are found by the header of their own file, so that files may order them differently. */
final class CsvReader implements Records.Reader {

    private static final int SHOWN_HEADER = 1_000;

    private final Quoting records;
    private final Options options;
    private final Columns columns;
    private final CsvParser parser;
    private @Nullable CsvHeader header;

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
            boolean lacksHeader = options.hasHeader() && header == null;
            return lacksHeader ? Parsed.refused("The file is empty: it has no header.") : null;
        }
        if (header != null) {
            return parsed(line, header);
        }
        if (options.hasHeader()) {
            Optional<String> problem = readHeader(line);
            return problem.isPresent() ? Parsed.refused(problem.get()) : next();
        }
        header = new CsvHeader(columns, columns.declared());
        return parsed(line, header);
    }

    private Optional<String> readHeader(Line line) {
        if (line.problem() != null) {
            return Optional.of("The header cannot be read: " + line.problem());
        }
        List<String> names = Arrays.stream(fields(line))
                .map(name -> name == null ? "" : name.strip())
                .toList();
        var found = new CsvHeader(columns, names);
        List<String> missing = found.missing();
        if (!missing.isEmpty()) {
            return Optional.of("The header lacks %s. It has: %s.".formatted(String.join(", ", missing), shown(names)));
        }
        if (new HashSet<>(names).size() < names.size()) {
            return Optional.of("The header names a column twice: %s.".formatted(shown(names)));
        }
        header = found;
        return Optional.empty();
    }

    private static String shown(List<String> names) {
        return Columns.shown(String.join(", ", names), SHOWN_HEADER);
    }

    private Parsed parsed(Line line, CsvHeader places) {
        String problem = line.problem();
        if (problem != null) {
            return Parsed.unparsable(line, problem);
        }
        @Nullable String[] fields = fields(line);
        if (!isWhole(line, fields)) {
            return Parsed.unparsable(line, "The record ends within its lines: a quote is misplaced.");
        }
        if (fields.length != places.width()) {
            return Parsed.unparsable(
                    line, "The record has %d fields, not %d.".formatted(fields.length, places.width()));
        }
        return places.record(line, fields, options.nulls());
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
}
