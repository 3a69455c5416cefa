package io.headroom.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each line is a record of one value. */
final class TextReader implements Records.Reader {

    /** The one column of text files. */
    static final String COLUMN = "value";

    private final Lines lines;

    TextReader(Lines lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        Line line = lines.next();
        if (line == null) {
            return null;
        }
        String problem = line.problem();
        return problem == null
                ? Parsed.of(line, new String[] {line.text()}, List.of())
                : Parsed.unparsable(line, problem);
    }
}
