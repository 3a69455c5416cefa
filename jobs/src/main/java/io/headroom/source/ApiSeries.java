package io.headroom.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One series of a response of the Prometheus HTTP API.
 *
 * @param labels its metric and labels as JSON, of which the text of its records is made
 */
record ApiSeries(SampleColumns.Series columns, String labels) {

    private static final String NO_PAIR = "The sample is no pair of time and value.";
    private static final int SHOWN = 50;

    /** Reads the object of labels at whose beginning a parser stands. */
    static ApiSeries read(JsonParser parser, SampleColumns.Series columns) throws IOException {
        var json = new StringBuilder("{");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String label = parser.currentName();
            parser.nextToken();
            String value = parser.getValueAsString("");
            parser.skipChildren();
            if (label.equals("__name__")) {
                columns.metric(value);
            } else {
                columns.add(label, value);
            }
            json.append(json.length() == 1 ? "" : ",").append(quoted(label)).append(':');
            json.append(quoted(value));
        }
        return new ApiSeries(columns, json.append('}').toString());
    }

    /** Its text without a value. */
    String text() {
        return "{\"metric\":%s}".formatted(labels);
    }

    /** The record of a pair of time and value that begins at a token. */
    Parsed sample(JsonParser parser, JsonToken token, long number) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            var line = new Line(number, parser.getValueAsString(text()), null);
            parser.skipChildren();
            return Parsed.unparsable(line, NO_PAIR);
        }
        List<String> pair = scalars(parser);
        String time = pair.isEmpty() ? "" : pair.get(0);
        String value = pair.size() < 2 ? "" : pair.get(1);
        String text = "{\"metric\":" + labels + ",\"value\":[" + time + "," + quoted(value) + "]}";
        var line = new Line(number, text, null);
        return pair.size() == 2 ? sample(line, time, value) : Parsed.unparsable(line, NO_PAIR);
    }

    private Parsed sample(Line line, String time, String value) {
        Optional<String> instant = SampleText.instant(time);
        if (instant.isEmpty()) {
            return Parsed.unparsable(line, "The time '%s' is not a time.".formatted(Columns.shown(time, SHOWN)));
        }
        Optional<String> number = SampleText.number(value);
        if (number.isEmpty()) {
            return Parsed.unparsable(line, "The value '%s' is not a number.".formatted(Columns.shown(value, SHOWN)));
        }
        return columns.problem()
                .map(problem -> Parsed.unparsable(line, problem))
                .orElseGet(() -> columns.sample(line, number.get(), instant.get()));
    }

    /** The elements of an array as text, empty for those that are no scalars. */
    private static List<String> scalars(JsonParser parser) throws IOException {
        List<String> scalars = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            scalars.add(token.isScalarValue() ? parser.getText() : "");
            parser.skipChildren();
            token = parser.nextToken();
        }
        return scalars;
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
