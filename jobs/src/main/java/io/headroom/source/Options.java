package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * How separated values are written.
 *
 * @param separator one character between fields
 * @param quote one character around fields, or empty for files that do not quote
 * @param hasHeader whether the first record names the columns; else the declared columns stand in order
 * @param nulls texts that stand for null besides the empty one
 */
public record Options(
        String separator,
        String quote,
        @JsonProperty("header") boolean hasHeader,
        List<String> nulls) implements Serializable {

    public Options {
        if (separator.length() != 1) {
            throw new IllegalArgumentException("options.separator must be one character, not '" + separator + "'");
        }
        if (quote.length() > 1) {
            throw new IllegalArgumentException("options.quote must be one character or empty, not '" + quote + "'");
        }
        nulls = List.copyOf(nulls);
    }
}
