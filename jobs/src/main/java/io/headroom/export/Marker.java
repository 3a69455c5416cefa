package io.headroom.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an export says of itself, in a file beside those that it wrote; a later one may remove just these.
 *
 * @param of what was written: a table, or {@code focus}
 * @param days the days that were asked for, as in {@code 2026-10-01 to 2026-10-31}, or {@code all}
 * @param code version of Headroom that wrote it
 * @param versions versions of the tables that were read
 * @param files names of the files
 */
record Marker(String of, String days, String code, Map<String, Long> versions, List<String> files) {

    static final String NAME = "_headroom_export.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty where the text is not of an export. */
    static Optional<Marker> parse(String json) {
        try {
            return Optional.of(JSON.readValue(json, Marker.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
