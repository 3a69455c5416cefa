package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What makes a row the same row again.
 *
 * @param slice columns whose values name a slice that a newer delivery replaces whole; empty where rows have the
 *     natural key of their table
 */
public record Identity(List<String> slice) implements Serializable {

    public Identity {
        slice = List.copyOf(slice);
    }

    /** From {@code key}, or from {@code {slice: [columns]}}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Identity of(JsonNode node) {
        if (node.isTextual() && node.asText().equals("key")) {
            return new Identity(List.of());
        }
        if (node.isObject()
                && node.size() == 1
                && node.path("slice").isArray()
                && !node.path("slice").isEmpty()) {
            return new Identity(StreamSupport.stream(node.path("slice").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        }
        throw new IllegalArgumentException("identity must be `key` or `{slice: [column, ...]}`, not " + node);
    }

    public boolean isKey() {
        return slice.isEmpty();
    }
}
