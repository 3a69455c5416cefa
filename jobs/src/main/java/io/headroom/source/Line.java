package io.headroom.source;

import org.jspecify.annotations.Nullable;

/**
 * A line of text, or several that make one record.
 *
 * @param number the first line's number, from 1
 * @param problem why its bytes are no text, or null
 */
record Line(long number, String text, @Nullable String problem) {

    boolean isBlank() {
        return text.isBlank();
    }
}
