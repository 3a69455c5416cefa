package io.headroom.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A value as text that every program reads alike. */
final class Cell {

    private static final JsonFactory JSON = new JsonFactory();

    private Cell() {}

    /** Instants as ISO 8601 in UTC, numbers without exponent and needless zeros, maps and arrays as JSON, the rest as it is. */
    static String text(Object value) {
        if (value instanceof scala.collection.Map<?, ?> || value instanceof Seq<?>) {
            return json(value);
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal number) {
            return plain(number);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : String.valueOf(number);
        }
        if (value instanceof Timestamp instant) {
            return instant.toInstant().toString();
        }
        return String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String json(Object value) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof scala.collection.Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<String, @Nullable Object> entry : byName(map).entrySet()) {
                json.writeFieldName(entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Seq<?> list) {
            json.writeStartArray();
            for (Object element : CollectionConverters.asJava(list)) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            json.writeNumber(scalar(value));
        } else {
            json.writeString(scalar(value));
        }
    }

    private static Map<String, @Nullable Object> byName(scala.collection.Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        CollectionConverters.asJava(map).forEach((name, value) -> sorted.put(String.valueOf(name), value));
        return sorted;
    }
}
