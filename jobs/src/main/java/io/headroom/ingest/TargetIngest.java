package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    private final Refusals refusals;
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
        Map<Source, List<Shipment>> bySource = shipments.stream()
                .filter(shipment -> shipment.copyOf().isEmpty())
                .collect(groupingBy(Shipment::source, LinkedHashMap::new, toList()));
        Optional<String> replaced = Deliveries.predicate(replaced(shipments));
        Optional<Dataset<Row>> judged = bySource.entrySet().stream()
                .flatMap(entry -> read(entry.getKey(), entry.getValue()).stream())
                .reduce(Dataset::unionByName);
        if (judged.isPresent()) {
            Dataset<Row> rows = judged.get().persist(StorageLevel.MEMORY_AND_DISK());
            kept.add(rows);
            count(rows);
            refusals.addRows(rows.filter(col(Judge.IS_REJECTED)));
            write(rows, bySource.keySet(), replaced);
        } else {
            replaced.ifPresent(predicate -> lake.table(target)
                    .replaceWhere(spark().createDataFrame(List.of(), target.schema()), predicate, commit));
        }
        shipments.stream().filter(shipment -> shipment.copyOf().isPresent()).forEach(this::recordCopy);
        records.values().forEach(deliveries::put);
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

    private List<Dataset<Row>> read(Source source, List<Shipment> shipments) {
        List<LandedFile> files = shipments.stream().map(Shipment::file).toList();
        Landed read = Landed.read(spark(), source, files, landing.rootPath(source.in()));
        landed.add(read);
        for (Shipment shipment : shipments) {
            RecordCounts counts = read.counts(shipment.path());
            var record = DeliveryRecord.of(shipment, counts, setting.run(), setting.code());
            records.put(record.key(), record);
            counts.problem().ifPresent(problem -> refusals.addFile(record.key(), problem));
        }
        if (shipments.stream().anyMatch(shipment -> read.counts(shipment.path()).unparsable() > 0)) {
            read.unparsable().forEach(records -> refusals.addRecords(source, records));
        }
        var judge = new Judge(source, target);
        return read.rows().stream().map(judge::judged).toList();
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
                source, sliced.filter(isOwn), history.filter(isOwn), deliveries.modifiedAt(source.name()));
        Dataset<Row> kept = sliced;
        for (Slices.Superseded part : superseded) {
            FileKey file = new FileKey(source.name(), part.path());
            if (part.isInLake()) {
                predicates.add(part.predicate());
                deliveries.put(record(file).superseded(part.rows()));
            } else {
                record(file).superseded(part.rows());
                kept = kept.filter("NOT (%s)".formatted(part.predicate()));
            }
        }
        return kept;
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

    private Dataset<Row> inTouchedDays(Dataset<Row> history) {
        return target.isPartitionedByDay() ? history.filter(LakeTable.dayPredicate(days)) : history;
    }

    /** The record of a file that this ingest reads, or that the lake knows. */
    private DeliveryRecord record(FileKey file) {
        return Optional.ofNullable(records.get(file))
                .or(() -> deliveries.find(file))
                .orElseThrow();
    }

    private static List<FileKey> replaced(List<Shipment> shipments) {
        return shipments.stream()
                .filter(Shipment::isKnown)
                .map(shipment -> new FileKey(shipment.source().name(), shipment.path()))
                .toList();
    }

    /** All accepted rows of a copy are duplicates of the file that it copies; what was refused there is refused here. */
    private void recordCopy(Shipment shipment) {
        String original = shipment.copyOf().orElseThrow();
        FileKey first = new FileKey(shipment.source().name(), original);
        DeliveryRecord copy = record(first).copied(shipment, original, setting.run(), setting.code());
        if (copy.hasRefusals()) {
            refusals.addCopy(first, shipment.path(), lake.table(Rejected.TABLE).read());
        }
        records.put(copy.key(), copy);
    }
}
