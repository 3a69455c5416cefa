package io.headroom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of JSON objects. Scalars become their text, exact to the digit; objects and arrays stay JSON. */
final class JsonObjects {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    /** Numbers that would need more zeros keep their exponent. */
    private static final int MOST_ZEROS = 40;

    private final List<String> declared;
    private final String what;

    /** @param what a record is called in messages */
    JsonObjects(Columns columns, String what) {
        this.declared = columns.declared();
        this.what = what;
    }

    /** The record that a text holds, which should be one object. */
    Parsed parsed(Line line) throws IOException {
        try {
            JsonNode node = JSON.readTree(line.text());
            return node instanceof ObjectNode object
                    ? Parsed.of(line, values(object), quirks(object))
                    : Parsed.unparsable(line, "The %s is not a JSON object.".formatted(what));
        } catch (JsonProcessingException e) {
            return Parsed.unparsable(line, "The %s is not JSON: %s".formatted(what, e.getOriginalMessage()));
        }
    }

    /** The record that a member of an object holds, whose name is one of its columns, whatever the record says of that. */
    Parsed parsed(Line line, String json, String column, String name) throws IOException {
        Parsed record = parsed(new Line(line.number(), json, null));
        String problem = record.problem();
        if (problem != null) {
            return Parsed.unparsable(line, problem);
        }
        @Nullable String[] values = record.values().toArray(new String[0]);
        int place = declared.indexOf(column);
        List<String> quirks = new ArrayList<>(record.quirks());
        if (values[place] != null) {
            quirks.add("own %s of a member".formatted(column));
        }
        values[place] = name;
        return Parsed.of(line, values, quirks);
    }

    private @Nullable String[] values(ObjectNode object) {
        @Nullable String[] values = new String[declared.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = object.get(declared.get(i));
            if (value != null && !value.isNull()) {
                values[i] = text(value);
            }
        }
        return values;
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        boolean isPlain = value.isBigDecimal() && Math.abs(value.decimalValue().scale()) <= MOST_ZEROS;
        return isPlain ? value.decimalValue().toPlainString() : value.asText();
    }

    private List<String> quirks(ObjectNode object) {
        List<String> quirks = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!declared.contains(name)) {
                quirks.add(Columns.undeclared(name));
            }
        }
        return quirks;
    }
}
