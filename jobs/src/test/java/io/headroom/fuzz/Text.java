package io.headroom.fuzz;

import io.headroom.source.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A seed as text. */
final class Text {

    private Text() {}

    /** The lines of the file, the header first where it has one. */
    static List<String> lines(Seed seed) {
        List<String> lines = new ArrayList<>();
        if (seed.hasHeader()) {
            lines.add(line(seed, seed.columns()));
        }
        seed.rows().forEach(row -> lines.add(line(seed, row)));
        return lines;
    }

    /** Where the records begin among the lines. */
    static int firstRow(Seed seed) {
        return seed.hasHeader() ? 1 : 0;
    }

    static String line(Seed seed, List<String> cells) {
        return switch (seed.source().format()) {
            case CSV ->
                cells.stream()
                        .map(cell -> quoted(seed.source().options(), cell))
                        .collect(separated(seed));
            case JSON, JSON_DOCUMENT -> object(seed.columns(), cells);
            default -> cells.get(0);
        };
    }

    private static java.util.stream.Collector<CharSequence, ?, String> separated(Seed seed) {
        return Collectors.joining(seed.source().options().separator());
    }

    /** As RFC 4180 has it; formats without quotes write cells as they are. */
    private static String quoted(Options options, String cell) {
        String quote = options.quote();
        boolean needsQuotes = !quote.isEmpty()
                && (cell.contains(options.separator())
                        || cell.contains(quote)
                        || cell.contains("\n")
                        || cell.contains("\r"));
        return needsQuotes ? quote + cell.replace(quote, quote + quote) + quote : cell;
    }

    static String object(List<String> names, List<String> cells) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> json(names.get(i)) + ": " + scalar(cells.get(i)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String scalar(String cell) {
        boolean isJson = cell.matches("-?\\d{1,15}(\\.\\d+)?|true")
                || cell.startsWith("[[")
                || cell.startsWith("[{")
                || cell.startsWith("{\"");
        return isJson ? cell : json(cell);
    }

    private static String json(String text) {
        return text.chars()
                .mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String ending(Seed seed) {
        return switch (seed.source().format()) {
            case TEXT -> ".txt";
            case JSON, JSON_DOCUMENT, PROMETHEUS_API -> ".json";
            case PROMETHEUS -> ".prom";
            case CSV -> ".csv";
            case PARQUET -> ".parquet";
        };
    }
}
