package io.headroom.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * The answers as JSON that can stand in a script element. Rows are arrays; a column of text holds each of its values
 * once, and its cells are their places.
 */
final class PageData {

    /** Telemetry and forecasts are not known any better. */
    private static final MathContext MEASURED = new MathContext(9);

    /** As much as a number of the page's language holds; cents stay exact. */
    private static final MathContext MONEY = new MathContext(15);

    private static final JsonFactory JSON = new JsonFactory();

    private PageData() {}

    static String json(Instant asOf, List<Answer> answers) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("asOf", asOf.toString());
            json.writeArrayFieldStart("sections");
            for (Answer answer : answers) {
                writeAnswer(json, answer);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withoutMarkup(text.toString());
    }

    /** In JSON these characters stand only inside of strings, where their escapes mean the same. */
    private static String withoutMarkup(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static void writeAnswer(JsonGenerator json, Answer answer) throws IOException {
        Section section = answer.section();
        json.writeStartObject();
        json.writeStringField("id", section.id());
        json.writeStringField("title", section.title());
        json.writeStringField("chart", section.chart().name());
        json.writeStringField("whenEmpty", section.whenEmpty());
        List<Map<String, Integer>> places = new ArrayList<>();
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < section.columns().size(); i++) {
            Map<String, Integer> placesOfColumn = places(answer, i);
            places.add(placesOfColumn);
            writeColumn(json, section.columns().get(i), placesOfColumn);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (Row row : answer.rows()) {
            writeRow(json, row, places);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The place of each value of a text column, in order of appearance. */
    private static Map<String, Integer> places(Answer answer, int column) {
        Map<String, Integer> places = new LinkedHashMap<>();
        if (answer.section().columns().get(column).kind().isText()) {
            answer.rows().stream()
                    .filter(row -> !row.isNullAt(column))
                    .forEach(row -> places.putIfAbsent(row.getString(column), places.size()));
        }
        return places;
    }

    private static void writeColumn(JsonGenerator json, Shown column, Map<String, Integer> places) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("label", column.label());
        json.writeStringField("unit", column.unit());
        json.writeStringField("kind", column.kind().name());
        json.writeArrayFieldStart("roles");
        for (Role role : new TreeSet<>(column.roles())) {
            json.writeString(role.name());
        }
        json.writeEndArray();
        if (column.kind().isText()) {
            json.writeArrayFieldStart("values");
            for (String value : places.keySet()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeRow(JsonGenerator json, Row row, List<Map<String, Integer>> places) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < row.length(); i++) {
            Object value = row.get(i);
            if (value instanceof String text) {
                json.writeNumber(places.get(i).getOrDefault(text, -1));
            } else if (value instanceof BigDecimal money) {
                json.writeNumber(rounded(money, MONEY));
            } else if (value instanceof Double number && Double.isFinite(number)) {
                json.writeNumber(rounded(BigDecimal.valueOf(number), MEASURED));
            } else if (value instanceof Long || value instanceof Integer) {
                json.writeNumber(((Number) value).longValue());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static BigDecimal rounded(BigDecimal number, MathContext digits) {
        return number.round(digits).stripTrailingZeros();
    }
}
