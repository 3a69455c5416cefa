package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.headroom.lake.Commit;
import io.headroom.lake.LakeTable;
import io.headroom.staging.delivery.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Collection<DeliveryRecord> current() {
        Map<FileKey, DeliveryRecord> current = new LinkedHashMap<>(known);
        current.putAll(changed);
        return current.values();
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
