package io.headroom.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the texts of a column are written. What is not written plainly is made plain, and named; what is not known, is left. */
@FunctionalInterface
public interface Spelling {

    /** An amount that is plain but for what is taken from it. */
    String DRESSED_AMOUNT = "^\\s*-?\\s*\\p{Sc}?\\s*-?([1-9]\\d{0,2}(,\\d{3})+|\\d+)(\\.\\d+)?\\s*\\p{Sc}?\\s*$";
    /** A date as month and day, or day and month, and year of two or four digits. */
    String SLASH_DATE = "^\\s*(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4})\\s*$";
    /** An instant that tells its zone. */
    String ZONED = "(Z|[+-]\\d\\d:?\\d\\d)$";

    String AMOUNT_QUIRK = "amount with currency sign or thousands separators";
    String UNTOLD_DATE_QUIRK = "date with slashes, which columns.dates does not tell how to read";
    String ZONE_QUIRK = "time without zone, read as UTC";

    /** The value of a text, which is not empty. */
    @Nullable
    Object read(String text, Consumer<String> quirks);

    /** How a column's texts are written; null where they are taken as they are. */
    static @Nullable Spelling of(Columns columns, String column) {
        if (columns.amounts().contains(column)) {
            return Spelling::amount;
        }
        if (columns.instants().contains(column)) {
            return (text, quirks) -> instant(text, columns, quirks);
        }
        if (columns.maps().contains(column)) {
            return (text, quirks) -> labels(column, text, quirks);
        }
        List<String> words = columns.words().get(column);
        return words == null ? null : word(column, words);
    }

    private static String amount(String text, Consumer<String> quirks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isPlain = isDigit || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
            if (!isPlain) {
                return plainAmount(text, quirks);
            }
        }
        return text;
    }

    private static String plainAmount(String text, Consumer<String> quirks) {
        if (!Patterns.DRESSED.matcher(text).matches()) {
            return text;
        }
        quirks.accept(AMOUNT_QUIRK);
        return Patterns.DRESS.matcher(text).replaceAll("");
    }

    /** What a date with slashes is told as. */
    static String dateQuirk(Columns columns) {
        return columns.dates().isEmpty()
                ? UNTOLD_DATE_QUIRK
                : "date written %s, read as UTC".formatted(columns.dates());
    }

    private static String instant(String text, Columns columns, Consumer<String> quirks) {
        if (text.endsWith("Z")) {
            return text;
        }
        Matcher date = Patterns.DATE.matcher(text);
        if (date.matches()) {
            quirks.accept(dateQuirk(columns));
            return columns.dates().isEmpty() ? text : isoDate(date, columns);
        }
        if (!Patterns.ZONE.matcher(text).find()) {
            quirks.accept(ZONE_QUIRK);
        }
        return text;
    }

    private static String isoDate(Matcher date, Columns columns) {
        String year = date.group(3).length() == 2 ? "20" + date.group(3) : date.group(3);
        String month = date.group(columns.isDayFirst() ? 2 : 1);
        String day = date.group(columns.isDayFirst() ? 1 : 2);
        return "%s-%2s-%2sT00:00:00Z".formatted(year, month, day).replace(' ', '0');
    }

    private static Spelling word(String column, List<String> words) {
        Map<String, String> known = words.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        Map<String, String> folded =
                words.stream().collect(Collectors.toMap(word -> word.toLowerCase(Locale.ROOT), Function.identity()));
        return (text, quirks) -> {
            String word = known.get(text);
            if (word != null) {
                return word;
            }
            quirks.accept(unknownWord(column, text));
            return folded.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text);
        };
    }

    /** What a word that is none of a column's is told as. */
    private static String unknownWord(String column, String text) {
        return column + " " + Columns.shown(text, 100);
    }

    /** What a text that should be a JSON object and is none is told as. */
    static String noObject(String column) {
        return column + " is not a JSON object";
    }

    private static @Nullable Map<String, @Nullable String> labels(String column, String text, Consumer<String> quirks) {
        try (JsonParser json = Patterns.JSON.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, @Nullable String> labels = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    labels.put(name, label(json));
                }
                if (json.nextToken() == null) {
                    return labels;
                }
            }
        } catch (IOException e) {
            quirks.accept(noObject(column));
            return null;
        }
        quirks.accept(noObject(column));
        return null;
    }

    /** Scalars are their text; objects and arrays stay JSON. */
    private static @Nullable String label(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        return switch (token) {
            case VALUE_NULL -> null;
            case START_OBJECT, START_ARRAY -> json.readValueAsTree().toString();
            default -> json.getText();
        };
    }

    /** What takes time to make. */
    final class Patterns {

        private static final Pattern DRESSED = Pattern.compile(DRESSED_AMOUNT);
        private static final Pattern DRESS = Pattern.compile("[\\p{Sc},\\s]");
        private static final Pattern DATE = Pattern.compile(SLASH_DATE);
        private static final Pattern ZONE = Pattern.compile(ZONED);
        private static final JsonFactory JSON = new ObjectMapper().getFactory();

        private Patterns() {}
    }
}
