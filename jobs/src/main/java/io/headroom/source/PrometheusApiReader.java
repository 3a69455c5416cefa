package io.headroom.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Responses of the Prometheus HTTP API to {@code query_range} (a matrix) or {@code query} (a vector): one, or several one
 * after the other. Each pair of time and value is a record. Nothing but the labels of one series is kept in memory. A
 * response that tells of an error, or that is cut off, refuses its file: what it says is not all that was asked for.
 */
final class PrometheusApiReader implements Records.Reader {

    private static final int SHOWN = 500;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Where in a response the parser stands. */
    private enum Place {
        OUTSIDE,
        RESPONSE,
        DATA,
        RESULT,
        SERIES,
        VALUES,
        WARNINGS
    }

    /** Why a file is refused. */
    private static final class NoResponse extends IOException {

        private static final long serialVersionUID = 1L;

        NoResponse(String problem) {
            super(problem);
        }
    }

    private final SampleColumns columns;
    private final JsonParser parser;
    private Place place = Place.OUTSIDE;
    private boolean isBegun;
    private String status = "";
    private String error = "";
    private boolean hasResult;
    private @Nullable ApiSeries series;

    PrometheusApiReader(InputStream in, Columns labels) {
        this.columns = new SampleColumns(labels);
        try {
            this.parser = JSON.createParser(new Utf8Reader(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is no response. */
    boolean isEmpty() {
        return !isBegun;
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        try {
            Parsed record = null;
            while (record == null) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return null;
                }
                isBegun = true;
                record = record(token);
            }
            return record;
        } catch (NoResponse e) {
            return Parsed.refused(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return Parsed.refused(refusal(e));
        } catch (CharacterCodingException e) {
            return Parsed.refused("The document is not UTF-8 after line %d.".formatted(lineNumber()));
        }
    }

    private String refusal(JsonProcessingException e) {
        boolean isCutOff =
                e instanceof JsonEOFException || e.getOriginalMessage().startsWith("Unexpected end-of-input");
        return isCutOff
                ? "The document is cut off in line %d.".formatted(lineNumber())
                : "The document is not JSON in line %d: %s".formatted(lineNumber(), shown(e.getOriginalMessage()));
    }

    /** What the token ends, if that is a record. */
    private @Nullable Parsed record(JsonToken token) throws IOException {
        switch (place) {
            case OUTSIDE -> begin(token);
            case RESPONSE -> ofResponse(token);
            case DATA -> ofData(token);
            case RESULT -> ofResult(token);
            case SERIES -> {
                return ofSeries(token);
            }
            case VALUES -> {
                if (token != JsonToken.END_ARRAY) {
                    return sample(token);
                }
                place = Place.SERIES;
            }
            case WARNINGS -> {
                if (token != JsonToken.END_ARRAY) {
                    return warning();
                }
                place = Place.RESPONSE;
            }
        }
        return null;
    }

    private void begin(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw noResponse();
        }
        place = Place.RESPONSE;
        status = "";
        error = "";
        hasResult = false;
    }

    private void ofResponse(JsonToken token) throws IOException {
        if (token == JsonToken.END_OBJECT) {
            end();
            return;
        }
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
            case "status" -> status = parser.getValueAsString("");
            case "errorType" -> error = parser.getValueAsString("") + (error.isEmpty() ? "" : ": " + error);
            case "error" -> error = (error.isEmpty() ? "" : error + ": ") + parser.getValueAsString("");
            case "data" -> {
                if (value == JsonToken.START_OBJECT) {
                    place = Place.DATA;
                } else {
                    parser.skipChildren();
                }
            }
            case "warnings" -> {
                if (value == JsonToken.START_ARRAY) {
                    place = Place.WARNINGS;
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void end() throws NoResponse {
        place = Place.OUTSIDE;
        if (status.isEmpty()) {
            throw noResponse();
        }
        if (!status.equals("success")) {
            throw new NoResponse("Prometheus answered with %s: %s".formatted(shown(status), shown(error)));
        }
        if (!hasResult) {
            throw new NoResponse("The response of Prometheus has no result of series.");
        }
    }

    private void ofData(JsonToken token) throws IOException {
        if (token == JsonToken.END_OBJECT) {
            place = Place.RESPONSE;
            return;
        }
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("result") && value == JsonToken.START_ARRAY) {
            hasResult = true;
            place = Place.RESULT;
        } else {
            parser.skipChildren();
        }
    }

    private void ofResult(JsonToken token) throws NoResponse {
        switch (token) {
            case END_ARRAY -> place = Place.DATA;
            case START_OBJECT -> {
                place = Place.SERIES;
                series = null;
            }
            default -> throw new NoResponse("The result in line %d is of no series.".formatted(lineNumber()));
        }
    }

    private @Nullable Parsed ofSeries(JsonToken token) throws IOException {
        if (token == JsonToken.END_OBJECT) {
            place = Place.RESULT;
            return null;
        }
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
            case "metric" -> series = ofMetric(value);
            case "values" -> {
                if (value != JsonToken.START_ARRAY) {
                    throw new NoResponse("The values in line %d are no list.".formatted(lineNumber()));
                }
                place = Place.VALUES;
            }
            case "value" -> {
                return sample(value);
            }
            case "histogram", "histograms" -> {
                Line line = line(series == null ? name : series.text());
                parser.skipChildren();
                return Parsed.unparsable(line, "A native histogram is no sample.");
            }
            default -> parser.skipChildren();
        }
        return null;
    }

    private ApiSeries ofMetric(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw new NoResponse("The metric in line %d is no object of labels.".formatted(lineNumber()));
        }
        return ApiSeries.read(parser, columns.series());
    }

    /** The record of a pair, which begins at a token. */
    private Parsed sample(JsonToken token) throws IOException {
        long number = lineNumber();
        if (series == null) {
            throw new NoResponse("A series has values before its metric in line %d.".formatted(number));
        }
        return series.sample(parser, token, number);
    }

    /** What was answered may be in part only. */
    private Parsed warning() throws IOException {
        Line line = line(parser.getValueAsString(""));
        parser.skipChildren();
        return Parsed.unparsable(line, "Prometheus warned: " + shown(line.text()));
    }

    private Line line(String text) {
        return new Line(lineNumber(), text, null);
    }

    private long lineNumber() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static NoResponse noResponse() {
        return new NoResponse("The document is not a response of the Prometheus HTTP API.");
    }

    private static String shown(String text) {
        return Columns.shown(text, SHOWN);
    }
}
