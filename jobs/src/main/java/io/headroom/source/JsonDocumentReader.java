package io.headroom.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents one after the other, each a record, or the elements of an array within each, or the members of an object
 * within each, whose names are a column then. They are read as a stream: no more than a record is held. What breaks within a
 * record costs it alone; what breaks between records, or a document that is cut off, costs the file.
 */
final class JsonDocumentReader implements Records.Reader {

    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int SHOWN_CHARACTERS = 1 << 10;

    /** Records are looked at more strictly, each by itself. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final RecentText text;
    private final JsonObjects objects;
    private final String items;
    private final String member;
    private final List<String> path;
    private @Nullable JsonParser parser;
    private boolean isAmongItems;
    private long documentLine = 1;

    JsonDocumentReader(RecentText text, Options options, Columns columns) {
        this.text = text;
        this.items = options.items();
        this.member = options.member();
        this.path = Arrays.stream(items.split("/", -1))
                .skip(1)
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
        this.objects = new JsonObjects(columns, "record");
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        try {
            if (parser == null) {
                parser = JSON.createParser(text);
            }
            return read(parser);
        } catch (JsonProcessingException e) {
            if (text.isAtEnd()) {
                return Parsed.refused("The document that begins at line %d is cut off.".formatted(documentLine));
            }
            long line = e.getLocation() == null ? documentLine : e.getLocation().getLineNr();
            return Parsed.refused("The file is not JSON at line %d: %s".formatted(line, e.getOriginalMessage()));
        } catch (CharacterCodingException e) {
            return Parsed.refused("The file is not UTF-8.");
        }
    }

    private @Nullable Parsed read(JsonParser in) throws IOException {
        while (true) {
            if (isAmongItems) {
                if (!in.nextToken().isStructEnd()) {
                    return record(in);
                }
                isAmongItems = false;
                Parsed problem = leave(in);
                if (problem != null) {
                    return problem;
                }
            } else if (in.nextToken() == null) {
                return null;
            } else {
                documentLine = in.currentTokenLocation().getLineNr();
                Parsed found = path.isEmpty() && member.isEmpty() ? record(in) : enter(in);
                if (found != null) {
                    return found;
                }
            }
        }
    }

    /** The value that begins at the current token, or the member whose name is there. */
    private Parsed record(JsonParser in) throws IOException {
        long from = in.currentTokenLocation().getCharOffset();
        long line = in.currentTokenLocation().getLineNr();
        text.forget(from);
        Optional<String> name = Optional.empty();
        if (in.currentToken() == JsonToken.FIELD_NAME) {
            name = Optional.of(in.currentName());
            in.nextToken();
        }
        long valueFrom = in.currentTokenLocation().getCharOffset();
        if (!skip(in, from + MOST_CHARACTERS)) {
            return Parsed.refused(
                    "The record at line %d is longer than %d MiB.".formatted(line, MOST_CHARACTERS >> 20));
        }
        long to = in.currentLocation().getCharOffset();
        var whole = new Line(line, text.between(from, to), null);
        return name.isEmpty()
                ? objects.parsed(whole)
                : objects.parsed(whole, text.between(valueFrom, to), member, name.get());
    }

    /** Goes to the records of a document; where it has none, to its end. */
    private @Nullable Parsed enter(JsonParser in) throws IOException {
        long from = in.currentTokenLocation().getCharOffset();
        text.forget(from);
        isAmongItems = goToItems(in);
        if (isAmongItems) {
            return null;
        }
        Parsed problem = leave(in);
        long to = Math.min(from + SHOWN_CHARACTERS, in.currentLocation().getCharOffset());
        return problem != null
                ? problem
                : Parsed.unparsable(new Line(documentLine, text.between(from, to), null), missing());
    }

    private String missing() {
        if (items.isEmpty()) {
            return "The document is not an object.";
        }
        return "The document has no %s at %s.".formatted(member.isEmpty() ? "array" : "object", items);
    }

    private boolean goToItems(JsonParser in) throws IOException {
        for (String name : path) {
            if (!goTo(in, name)) {
                return false;
            }
        }
        return in.currentToken() == (member.isEmpty() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT);
    }

    /** Goes to a member of the object, or an element of the array, that begins at the current token. */
    private boolean goTo(JsonParser in, String name) throws IOException {
        if (!in.currentToken().isStructStart()) {
            return false;
        }
        int index = 0;
        for (JsonToken token = in.nextToken(); !token.isStructEnd(); token = in.nextToken()) {
            String found = String.valueOf(index++);
            if (token == JsonToken.FIELD_NAME) {
                found = in.currentName();
                in.nextToken();
            }
            if (found.equals(name)) {
                return true;
            }
            skip(in);
        }
        return false;
    }

    /** Goes on to the end of the document. The way to the records must be told once. */
    private @Nullable Parsed leave(JsonParser in) throws IOException {
        skip(in);
        while (!in.getParsingContext().inRoot()) {
            JsonToken token = in.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                int depth = in.getParsingContext().getNestingDepth();
                String name = in.currentName();
                if (depth <= path.size() && path.get(depth - 1).equals(name)) {
                    return Parsed.refused("The document that begins at line %d has %s twice."
                            .formatted(documentLine, Columns.shown(name, SHOWN_CHARACTERS)));
                }
                token = in.nextToken();
            }
            skip(in);
        }
        return null;
    }

    private void skip(JsonParser in) throws IOException {
        skip(in, Long.MAX_VALUE);
    }

    /** Goes to the end of the value that begins at the current token, unless it lies beyond a place. Without one, nothing is kept. */
    private boolean skip(JsonParser in, long most) throws IOException {
        int depth = in.currentToken().isStructStart() ? 1 : 0;
        in.finishToken();
        while (depth > 0) {
            JsonToken token = in.nextToken();
            in.finishToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            long place = in.currentLocation().getCharOffset();
            if (place > most) {
                return false;
            }
            if (most == Long.MAX_VALUE) {
                text.forget(place);
            }
        }
        return true;
    }
}
