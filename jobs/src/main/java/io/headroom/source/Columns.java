package io.headroom.source;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** The columns that a file must have, and those that it may have. Any other is named as a quirk and left out. */
public record Columns(List<String> required, List<String> optional) implements Serializable {

    public Columns {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /** All declared columns; for files without a header, their order. */
    public List<String> declared() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }
}
