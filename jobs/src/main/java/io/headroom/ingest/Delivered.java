package io.headroom.ingest;

import static java.util.stream.Collectors.toSet;

import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one source has delivered: which files make one delivery, and whether all of it could be read. What a folder held before
 * its files were replaced is a delivery of its own.
 */
final class Delivered {

    private static final String BEFORE = " before";

    private final Source source;
    private final Map<String, DeliveryRecord> records;
    private final Set<String> gone;
    private final Set<String> incomplete;

    /**
     * @param records of all files of the source, by path, those without rows too
     * @param gone files that are no part of their folder's delivery any more
     */
    Delivered(Source source, Map<String, DeliveryRecord> records, Set<String> gone) {
        this.source = source;
        this.records = records;
        this.gone = gone;
        this.incomplete = records.entrySet().stream()
                .filter(file -> !file.getValue().isComplete(source))
                .map(file -> delivery(file.getKey()))
                .collect(toSet());
    }

    /** What a file is delivered as a part of. */
    String delivery(String path) {
        String delivery = source.identity().delivery(path);
        return isGone(path) ? delivery + BEFORE : delivery;
    }

    boolean isGone(String path) {
        return gone.contains(path);
    }

    /** Whether all parts of a file's delivery could be read: one is as complete as its least complete part. */
    boolean isComplete(String path) {
        return !incomplete.contains(delivery(path));
    }

    Timestamp modifiedAt(String path) {
        return Optional.ofNullable(records.get(path)).orElseThrow().instant(Delivery.MODIFIED_AT);
    }
}
