package io.headroom.ingest;

import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.headroom.lake.Commit;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Field;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Reads, judges and writes the shipments of one staging table, in one commit. */
final class TargetIngest {

    private static final int FILES_PER_DAY = 4;

    private final Lake lake;
    private final Table target;
    private final Landing landing;
    private final Deliveries deliveries;
    private final Ingest.Setting setting;
    private final Commit commit;
    private final List<Landed> landed = new ArrayList<>();
    /** Judged rows, kept so that files are read and judged once. */
    private final List<Dataset<Row>> kept = new ArrayList<>();

    private final Map<FileKey, DeliveryRecord> records = new LinkedHashMap<>();
    private final Set<LocalDate> days = new TreeSet<>();
    private Refusals refusals;
    /** Files that were refused and whose earlier rows stay. */
    private final Set<FileKey> keptFiles = new HashSet<>();

    private final List<FileKey> replaced = new ArrayList<>();
    private Optional<Duplicates> duplicates = Optional.empty();
    /** How many pairs of file and day there are: without a shuffle each makes a file of its own. */
    private int filesToWrite;

    TargetIngest(
            Lake lake, Table target, Landing landing, Deliveries deliveries, Ingest.Setting setting, Commit commit) {
        this.lake = lake;
        this.target = target;
        this.landing = landing;
        this.deliveries = deliveries;
        this.setting = setting;
        this.commit = commit;
        this.refusals = new Refusals(lake.spark(), target, setting.run());
    }

    void run(List<Shipment> shipments) {
        List<Shipment> originals = shipments.stream()
                .filter(shipment -> shipment.copyOf().isEmpty())
                .toList();
        Optional<Dataset<Row>> judged = judged(originals);
        shipments.stream()
                .filter(Shipment::isKnown)
                .map(Shipment::key)
                .filter(file -> !keptFiles.contains(file))
                .forEach(replaced::add);
        Optional<String> removed = Deliveries.predicate(replaced);
        if (judged.isPresent()) {
            write(judged.get(), sourcesOf(originals), removed);
        } else {
            removed.ifPresent(predicate -> lake.table(target)
                    .replaceWhere(spark().createDataFrame(List.of(), target.schema()), predicate, commit));
        }
        recordCopies(shipments);
        records.values().forEach(deliveries::put);
    }

    /** Reads, judges and counts. Where a mapping fails on a file, the file is found and refused, and the rest goes on. */
    private Optional<Dataset<Row>> judged(List<Shipment> shipments) {
        try {
            return judged(shipments, Map.of());
        } catch (Exception failure) {
            Map<FileKey, String> failing = new FailingFiles(this::tryOut).among(shipments, failure);
            release();
            forget();
            return judged(shipments, failing);
        }
    }

    private Optional<Dataset<Row>> judged(List<Shipment> shipments, Map<FileKey, String> failing) {
        Optional<Dataset<Row>> judged = sourcesOf(shipments).stream()
                .flatMap(source -> read(source, ofSource(shipments, source), failing).stream())
                .reduce(Dataset::unionByName)
                .map(rows -> rows.persist(StorageLevel.MEMORY_AND_DISK()));
        judged.ifPresent(rows -> {
            kept.add(rows);
            count(rows);
            refusals.addRows(rows.filter(col(Judge.IS_REJECTED)));
        });
        return judged;
    }

    /** Reads and judges some files of one source and keeps nothing; throws what their reading throws. */
    private void tryOut(List<Shipment> shipments) {
        Source source = shipments.get(0).source();
        Landed read = landed(source, shipments);
        try {
            var judge = new Judge(source, target);
            read.rows()
                    .forEach(rows -> judge.judged(rows)
                            .write()
                            .format("noop")
                            .mode(SaveMode.Overwrite)
                            .save());
        } finally {
            read.release();
        }
    }

    private Landed landed(Source source, List<Shipment> shipments) {
        List<LandedFile> files = shipments.stream().map(Shipment::file).toList();
        return Landed.read(spark(), source, files, landing.rootPath(source.in()));
    }

    private void forget() {
        landed.clear();
        kept.clear();
        records.clear();
        days.clear();
        keptFiles.clear();
        filesToWrite = 0;
        refusals = new Refusals(spark(), target, setting.run());
    }

    private static Set<Source> sourcesOf(List<Shipment> shipments) {
        return shipments.stream().map(Shipment::source).collect(toCollection(LinkedHashSet::new));
    }

    private static List<Shipment> ofSource(List<Shipment> shipments, Source source) {
        return shipments.stream()
                .filter(shipment -> shipment.source().equals(source))
                .toList();
    }

    /** The files whose earlier rows and refusals are gone. */
    List<FileKey> replaced() {
        return replaced;
    }

    /** Every refused record, row and file of this ingest, as a dataset of a session. */
    Dataset<Row> rejected(SparkSession session) {
        return refusals.rows(session);
    }

    boolean hasRejected() {
        return records.values().stream().anyMatch(DeliveryRecord::hasRefusals);
    }

    void release() {
        landed.forEach(Landed::release);
        duplicates.ifPresent(Duplicates::release);
        kept.forEach(Dataset::unpersist);
    }

    private SparkSession spark() {
        return lake.spark();
    }

    private List<Dataset<Row>> read(Source source, List<Shipment> shipments, Map<FileKey, String> failing) {
        Landed read = landed(
                source,
                shipments.stream()
                        .filter(shipment -> !failing.containsKey(shipment.key()))
                        .toList());
        landed.add(read);
        for (Shipment shipment : shipments) {
            RecordCounts counts = Optional.ofNullable(failing.get(shipment.key()))
                    .map(RecordCounts::refused)
                    .orElseGet(() -> read.counts(shipment.path()));
            record(shipment, counts);
        }
        if (shipments.stream()
                .map(Shipment::key)
                .anyMatch(file -> record(file).count(Delivery.UNPARSABLE_RECORDS) > 0)) {
            read.unparsable().forEach(unparsable -> refusals.addRecords(source, unparsable));
        }
        var judge = new Judge(source, target);
        return read.rows().stream().map(judge::judged).toList();
    }

    /** A file that is refused whole leaves what it said before: it may be half written. */
    private void record(Shipment shipment, RecordCounts counts) {
        FileKey file = shipment.key();
        Optional<DeliveryRecord> before =
                deliveries.find(file).filter(known -> known.count(Delivery.ACCEPTED_ROWS) > 0);
        if (counts.problem().isPresent() && before.isPresent()) {
            keptFiles.add(file);
            records.put(file, before.get().kept(shipment, counts.problem().get(), setting.run(), setting.code()));
        } else {
            records.put(file, DeliveryRecord.of(shipment, counts, setting.run(), setting.code()));
        }
        counts.problem().ifPresent(problem -> refusals.addFile(file, problem));
    }

    /** How many rows of each file are refused, which quirks they have, which days they touch. */
    private void count(Dataset<Row> judged) {
        Map<FileKey, RowCounts> counts = new LinkedHashMap<>();
        Column day = target.isPartitionedByDay() ? col(Table.DAY) : lit(null).cast("date");
        judged.groupBy(Lineage.SOURCE.col(), Lineage.PATH.col(), col(Judge.IS_REJECTED), col(Judge.QUIRKS))
                .agg(functions.count(lit(1)), collect_set(when(not(col(Judge.IS_REJECTED)), day)))
                .collectAsList()
                .forEach(row -> {
                    var file = new FileKey(row.getString(0), row.getString(1));
                    counts.computeIfAbsent(file, unseen -> new RowCounts())
                            .add(row.getLong(4), row.getBoolean(2), row.getList(3));
                    filesToWrite += row.getList(5).size();
                    row.<Date>getList(5).forEach(date -> days.add(date.toLocalDate()));
                });
        counts.forEach((file, found) ->
                record(file).counted(found.received(), found.rejected()).quirks(found.quirks()));
    }

    private void write(Dataset<Row> judged, Set<Source> sources, Optional<String> removed) {
        Dataset<Row> valid = judged.filter(not(col(Judge.IS_REJECTED)));
        Dataset<Row> history = history(removed);
        Object[] keyed = sources.stream()
                .filter(source -> source.identity().isKey())
                .map(Source::name)
                .toArray();
        Column isKeyed = Lineage.SOURCE.col().isin(keyed);
        List<String> predicates = new ArrayList<>(removed.stream().toList());
        List<Dataset<Row>> accepted = new ArrayList<>();
        if (keyed.length > 0) {
            accepted.add(firsts(valid.filter(isKeyed), history));
        }
        if (keyed.length < sources.size()) {
            Dataset<Row> sliced = valid.filter(not(isKeyed));
            for (Source source : sources.stream().filter(Slices::canSupersede).toList()) {
                sliced = withoutSuperseded(source, sliced, history, predicates);
            }
            accepted.add(sliced);
        }
        Column[] columns = target.fields().stream().map(Field::col).toArray(Column[]::new);
        store(
                accepted.stream()
                        .map(rows -> rows.select(columns))
                        .reduce(Dataset::unionByName)
                        .orElseThrow(),
                predicates);
    }

    private Dataset<Row> firsts(Dataset<Row> rows, Dataset<Row> history) {
        boolean isFirst = lake.table(target).version() == 0;
        Column[] all = Stream.concat(Stream.of(col("*")), Stream.of(Duplicates.keyed(target)))
                .toArray(Column[]::new);
        Dataset<Row> hashed = rows.select(all);
        Duplicates found = Duplicates.find(target, hashed, isFirst ? history.limit(0) : inTouchedDays(history));
        duplicates = Optional.of(found);
        found.counts().forEach((file, count) -> record(file).duplicates(count.rows(), count.of()));
        return found.firsts(hashed);
    }

    private Dataset<Row> withoutSuperseded(
            Source source, Dataset<Row> sliced, Dataset<Row> history, List<String> predicates) {
        Column isOwn = Lineage.SOURCE.col().equalTo(source.name());
        List<Slices.Superseded> superseded = Slices.superseded(
                source, sliced.filter(isOwn), history.filter(isOwn), path -> record(new FileKey(source.name(), path)));
        List<String> here = new ArrayList<>();
        for (Slices.Superseded part : superseded) {
            DeliveryRecord delivery =
                    record(new FileKey(source.name(), part.path())).superseded(part.rows(), part.by());
            if (part.isInLake()) {
                predicates.add(part.predicate());
                deliveries.put(delivery);
            } else {
                here.add(part.predicate());
            }
        }
        return Slices.anyOf(here)
                .map(predicate -> sliced.filter("NOT (%s)".formatted(predicate)))
                .orElse(sliced);
    }

    private void store(Dataset<Row> rows, List<String> predicates) {
        LakeTable table = lake.table(target);
        long accepted = records.values().stream()
                .mapToLong(record -> record.count(Delivery.ACCEPTED_ROWS) - record.count(Delivery.SUPERSEDED_ROWS))
                .sum();
        Optional<String> predicate = Slices.anyOf(predicates);
        if (predicate.isPresent()) {
            table.replaceWhere(compact(rows), predicate.get(), commit);
        } else if (accepted > 0) {
            table.append(compact(rows), commit);
        }
    }

    private Dataset<Row> compact(Dataset<Row> rows) {
        boolean isScattered = filesToWrite > FILES_PER_DAY * Math.max(1, days.size());
        return target.isPartitionedByDay() && isScattered ? rows.repartition(col(Table.DAY)) : rows;
    }

    private Dataset<Row> history(Optional<String> removed) {
        Dataset<Row> rows = lake.table(target).read();
        return removed.isPresent() ? rows.filter("NOT (%s)".formatted(removed.get())) : rows;
    }

    /** Rows of other days cannot have the same key, where the key has the instant that the day is of. */
    private Dataset<Row> inTouchedDays(Dataset<Row> history) {
        boolean isBoundToDay = target.daySource().filter(target.key()::contains).isPresent();
        return isBoundToDay ? history.filter(LakeTable.dayPredicate(days)) : history;
    }

    /** The record of a file that this ingest reads, or that the lake knows. */
    private DeliveryRecord record(FileKey file) {
        return Optional.ofNullable(records.get(file))
                .or(() -> deliveries.find(file))
                .orElseThrow();
    }

    /** All accepted rows of a copy are duplicates of the file that it copies; what was refused there is refused here. */
    private void recordCopies(List<Shipment> shipments) {
        Map<FileKey, FileKey> refused = new LinkedHashMap<>();
        for (Shipment shipment : shipments) {
            shipment.copyOf().ifPresent(path -> {
                FileKey original = new FileKey(shipment.source().name(), path);
                DeliveryRecord copy = record(original).copied(shipment, path, setting.run(), setting.code());
                records.put(copy.key(), copy);
                if (copy.hasRefusals()) {
                    refused.put(copy.key(), original);
                }
            });
        }
        if (!refused.isEmpty()) {
            refusals.addCopies(refused, lake.table(Rejected.TABLE).read());
        }
    }
}
