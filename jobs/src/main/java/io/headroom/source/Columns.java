package io.headroom.source;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** The columns that a file must have, and those that it may have. Any other is named as a quirk and left out. */
public record Columns(List<String> required, List<String> optional) implements Serializable {

    private static final int SHOWN_NAME = 100;

    public Columns {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /** What a column that is not declared is told as. */
    public static String undeclared(String name) {
        return "undeclared column " + shown(name, SHOWN_NAME);
    }

    /** A text from a file, no longer than a message should be. */
    public static String shown(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** All declared columns; for files without a header, their order. */
    public List<String> declared() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }
}
