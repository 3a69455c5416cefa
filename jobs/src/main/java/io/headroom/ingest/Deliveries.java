package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.headroom.lake.Commit;
import io.headroom.lake.LakeTable;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The record of deliveries: what the lake knows of each file. It is written last, and vouches for what was written before. */
final class Deliveries {

    /** Every run reads the whole table. */
    private static final int MOST_FILES = 16;

    private final LakeTable table;
    private final Map<FileKey, DeliveryRecord> known = new LinkedHashMap<>();
    private final Map<FileKey, DeliveryRecord> changed = new LinkedHashMap<>();
    private final Set<FileKey> gone = new HashSet<>();

    Deliveries(LakeTable table) {
        this.table = table;
        table.read().collectAsList().stream()
                .map(DeliveryRecord::of)
                .forEach(record -> known.put(record.key(), record));
    }

    synchronized Optional<DeliveryRecord> find(FileKey file) {
        return Optional.ofNullable(changed.getOrDefault(file, known.get(file)));
    }

    Collection<DeliveryRecord> known() {
        return known.values();
    }

    /** What is known with what has changed. */
    synchronized Collection<DeliveryRecord> current() {
        Map<FileKey, DeliveryRecord> current = new LinkedHashMap<>(known);
        current.putAll(changed);
        return current.values();
    }

    /** What is known of the files of a source, by path, and what is being read of them. */
    Map<String, DeliveryRecord> of(Source source, Map<FileKey, DeliveryRecord> read) {
        Map<String, DeliveryRecord> records = new LinkedHashMap<>();
        Stream.concat(current().stream(), read.values().stream())
                .filter(record -> record.text(Delivery.SOURCE).equals(source.name()))
                .forEach(record -> records.put(record.text(Delivery.PATH), record));
        return records;
    }

    /** Whether a file is as old and as large as when it was read. */
    boolean isAsRecorded(Candidate candidate) {
        LandedFile file = candidate.file();
        return find(candidate.key())
                .filter(record -> record.count(Delivery.SIZE_BYTES) == file.sizeBytes()
                        && record.instant(Delivery.MODIFIED_AT).equals(Timestamp.from(file.modifiedAt())))
                .isPresent();
    }

    /** Files are no parts of their folders' deliveries any more. */
    void foundGone(Collection<FileKey> files) {
        gone.addAll(files);
    }

    /** The paths of a source's files that are no parts of their folders' deliveries any more. */
    Set<String> gone(Source source) {
        return gone.stream()
                .filter(file -> file.source().equals(source.name()))
                .map(FileKey::path)
                .collect(toSet());
    }

    /** When the newest file became known. */
    Optional<Instant> newest() {
        return known.values().stream()
                .map(record -> record.instant(Delivery.KNOWN_AT).toInstant())
                .max(Comparator.naturalOrder());
    }

    synchronized void put(DeliveryRecord record) {
        changed.put(record.key(), record);
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Writes what has changed, in one commit; now and then all, so that the files of many days' commits become one. */
    void write(SparkSession spark, Commit commit) {
        if (table.files() >= MOST_FILES) {
            table.overwrite(rows(spark, current()), commit);
            return;
        }
        Dataset<Row> records = rows(spark, changed.values());
        Optional<String> replaced =
                predicate(changed.keySet().stream().filter(known::containsKey).toList());
        if (replaced.isPresent()) {
            table.replaceWhere(records, replaced.get(), commit);
        } else {
            table.append(records, commit);
        }
    }

    private static Dataset<Row> rows(SparkSession spark, Collection<DeliveryRecord> records) {
        List<Row> rows = records.stream().map(DeliveryRecord::row).toList();
        return spark.createDataFrame(rows, Delivery.TABLE.schema()).coalesce(1);
    }

    /** The rows of some files in a table that has their source and path. */
    static Optional<String> predicate(Collection<FileKey> files) {
        Map<String, List<String>> bySource = files.stream()
                .collect(groupingBy(FileKey::source, LinkedHashMap::new, mapping(FileKey::path, toList())));
        List<String> predicates = new ArrayList<>();
        bySource.forEach((source, paths) -> predicates.add(Slices.filePredicate(source, paths)));
        return Slices.anyOf(predicates);
    }
}
