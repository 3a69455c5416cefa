package io.headroom.source;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a file.
 *
 * @param line line of the file where it begins, from 1
 * @param raw its text, as delivered
 * @param problem why it cannot be parsed, or null
 * @param refusesFile whether the problem is one of the whole file, of which nothing may then be used
 * @param values one for each column of the record, a text or a map of texts; empty where there is a problem
 * @param quirks names of what was normalised
 */
public record Parsed(
        long line,
        @Nullable String raw,
        @Nullable String problem,
        boolean refusesFile,
        List<@Nullable Object> values,
        List<String> quirks) {

    static Parsed of(Line line, @Nullable Object[] values, List<String> quirks) {
        return new Parsed(line.number(), line.text(), null, false, Arrays.<@Nullable Object>asList(values), quirks);
    }

    static Parsed unparsable(Line line, String problem) {
        return new Parsed(line.number(), line.text(), problem, false, List.of(), List.of());
    }

    /** A file of which nothing may be used. */
    public static Parsed refused(String problem) {
        return new Parsed(0, null, problem, true, List.of(), List.of());
    }
}
