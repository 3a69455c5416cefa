package io.headroom.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Each line is a JSON object. */
final class JsonReader implements Records.Reader {

    private final Lines lines;
    private final JsonObjects objects;

    JsonReader(Lines lines, Columns columns) {
        this.lines = lines;
        this.objects = new JsonObjects(columns, "line");
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        Line line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        String problem = line.problem();
        return problem == null ? objects.parsed(line) : Parsed.unparsable(line, problem);
    }
}
