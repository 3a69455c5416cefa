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
 * @param isFolderDelivery whether all files of one folder are one delivery, as exports in parts are; else each file is
 */
public record Identity(List<String> slice, boolean isFolderDelivery) implements Serializable {

    private static final List<String> DELIVERIES = List.of("file", "folder");

    public Identity {
        slice = List.copyOf(slice);
    }

    /** From {@code key}, or from {@code {slice: [columns], delivery: file or folder}}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Identity of(JsonNode node) {
        if (node.isTextual() && node.asText().equals("key")) {
            return new Identity(List.of(), false);
        }
        String delivery = node.path("delivery").asText("file");
        boolean isSlice = node.path("slice").isArray() && !node.path("slice").isEmpty();
        boolean isDelivery = DELIVERIES.contains(delivery) && node.size() == (node.has("delivery") ? 2 : 1);
        if (isSlice && isDelivery) {
            List<String> columns = StreamSupport.stream(node.path("slice").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            return new Identity(columns, delivery.equals("folder"));
        }
        throw new IllegalArgumentException(
                "identity must be `key` or `{slice: [column, ...], delivery: file|folder}`, not " + node);
    }

    /** What a file is delivered as a part of: itself, or its folder. */
    public String delivery(String path) {
        return isFolderDelivery ? path.substring(0, path.lastIndexOf('/') + 1) : path;
    }

    public boolean isKey() {
        return slice.isEmpty();
    }
}
