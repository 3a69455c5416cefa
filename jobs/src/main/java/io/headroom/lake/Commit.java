package io.headroom.lake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a commit says of itself, in Delta's own commit metadata, so that progress and result are one atomic write.
 *
 * @param kind what wrote it
 * @param run the run that wrote it
 * @param code version of Headroom that wrote it
 * @param definition digest of what a derivation depends on besides its inputs
 * @param versions versions of the tables that the commit accounts for; empty where it moves no watermark
 * @param days the days that it replaces; null where it replaces all rows, or its files tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Commit(
        Kind kind,
        String run,
        String code,
        String definition,
        Map<String, Long> versions,
        @Nullable List<String> days) {

    /** What writes commits. */
    public enum Kind {
        /** Rows from files; they count once the record of their delivery is committed. */
        INGEST,
        /** The record of deliveries; its versions are those of the staging tables that it vouches for. */
        DELIVERY,
        /** A derived table; its versions are those of the inputs that it has consumed. */
        DERIVATION,
        /** Days computed on request, which move no watermark. */
        BACKFILL
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Commit {
        versions = Map.copyOf(versions);
    }

    /** A commit whose days its files tell, or that has none. */
    public Commit(Kind kind, String run, String code, String definition, Map<String, Long> versions) {
        this(kind, run, code, definition, versions, null);
    }

    Commit of(Set<LocalDate> replaced) {
        return new Commit(
                kind,
                run,
                code,
                definition,
                versions,
                replaced.stream().sorted().map(LocalDate::toString).toList());
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A commit's own words, or empty where somebody else wrote it. */
    static Optional<Commit> parse(String userMetadata) {
        if (userMetadata == null || !userMetadata.startsWith("{\"kind\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(userMetadata, Commit.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
