package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What makes a row the same row again.
 *
 * @param slice columns whose values name a slice that a newer delivery replaces whole; empty where rows have the
 *     natural key of their table
 * @param isFolderDelivery whether all files of one folder are one delivery, as exports in parts are; else each file is
 * @param manifest glob of the files that list what a delivery is made of, which waits until all of it is there; empty where
 *     deliveries have none
 */
public record Identity(List<String> slice, boolean isFolderDelivery, String manifest) implements Serializable {

    private static final List<String> KEYS = List.of("slice", "delivery", "manifest");
    private static final List<String> DELIVERIES = List.of("file", "folder");

    public Identity {
        slice = List.copyOf(slice);
        Glob.of(manifest);
    }

    /** From {@code key}, or from {@code {slice: [columns], delivery: file or folder, manifest: glob}}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Identity of(JsonNode node) {
        if (node.isTextual() && node.asText().equals("key")) {
            return new Identity(List.of(), false, "");
        }
        String manifest = node.path("manifest").asText("");
        String delivery = node.path("delivery").asText(manifest.isEmpty() ? "file" : "folder");
        boolean isSlice = node.path("slice").isArray() && !node.path("slice").isEmpty();
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (isSlice && unknown.isEmpty() && DELIVERIES.contains(delivery)) {
            List<String> columns = StreamSupport.stream(node.path("slice").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            return new Identity(columns, delivery.equals("folder"), manifest);
        }
        throw new IllegalArgumentException(
                "identity must be `key` or `{slice: [column, ...], delivery: file|folder, manifest: glob}`, not "
                        + node);
    }

    /** Whether deliveries say what they are made of. */
    public boolean hasManifest() {
        return !manifest.isEmpty();
    }

    /** Tells the paths of manifests. */
    public Predicate<String> manifests() {
        return Glob.of(manifest)::matches;
    }

    /** What a file is delivered as a part of: itself, or its folder. */
    public String delivery(String path) {
        return isFolderDelivery ? path.substring(0, path.lastIndexOf('/') + 1) : path;
    }

    public boolean isKey() {
        return slice.isEmpty();
    }
}
