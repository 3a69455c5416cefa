package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * How separated values and JSON documents are written.
 *
 * @param separator one character between fields
 * @param quote one character around fields, or empty for files that do not quote
 * @param hasHeader whether the first record names the columns; else the declared columns stand in order
 * @param nulls texts that stand for null besides the empty one
 * @param items of a JSON document, a JSON pointer (RFC 6901) to the array whose elements are the records; where it is
 *     empty, each document is one record
 * @param member where the records are the members of an object instead, the column that takes their names; items then points
 *     to that object, and where it is empty each document is one
 */
public record Options(
        String separator,
        String quote,
        @JsonProperty("header") boolean hasHeader,
        List<String> nulls,
        String items,
        String member)
        implements Serializable {

    public Options {
        if (separator.length() != 1) {
            throw new IllegalArgumentException("options.separator must be one character, not '" + separator + "'");
        }
        if (quote.length() > 1) {
            throw new IllegalArgumentException("options.quote must be one character or empty, not '" + quote + "'");
        }
        if (!items.isEmpty() && !items.startsWith("/")) {
            throw new IllegalArgumentException(
                    "options.items must be a JSON pointer such as /Members, not '" + items + "'");
        }
        nulls = List.copyOf(nulls);
    }
}
