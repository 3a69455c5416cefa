package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.headroom.failure.Failure;
import io.headroom.lake.Commit;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Field;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads, judges and writes the shipments of one staging table, in one commit. */
final class TargetIngest {

    private final Lake lake;
    private final Table target;
    private final Deliveries deliveries;
    private final Ingest.Setting setting;
    private final Commit commit;
    private final Reading reading;
    private final Consumer<String> progress;
    private final List<FileKey> replaced = new ArrayList<>();
    private final Set<FileKey> arrived = new HashSet<>();
    private Optional<Duplicates> duplicates = Optional.empty();

    TargetIngest(
            Lake lake,
            Table target,
            Landing landing,
            Deliveries deliveries,
            Ingest.Setting setting,
            Commit commit,
            Consumer<String> progress) {
        this.lake = lake;
        this.target = target;
        this.deliveries = deliveries;
        this.setting = setting;
        this.commit = commit;
        this.progress = progress;
        this.reading = new Reading(lake.spark(), target, landing, deliveries, setting);
    }

    void run(List<Shipment> shipments) {
        List<Shipment> originals = shipments.stream()
                .filter(shipment -> shipment.copyOf().isEmpty())
                .toList();
        shipments.stream()
                .filter(shipment -> !shipment.isKnown())
                .map(Shipment::key)
                .forEach(arrived::add);
        Optional<Judged> judged = reading.judged(originals, shipments.stream().anyMatch(Shipment::isKnown));
        try {
            write(shipments, originals, judged);
        } catch (Exception failure) {
            if (!reading.isReadTwice(originals)) {
                throw failure;
            }
            write(shipments, originals, reading.judgedDespite(failure, originals));
        }
        recordCopies(shipments);
        reading.records().values().forEach(deliveries::put);
    }

    private void write(List<Shipment> shipments, List<Shipment> originals, Optional<Judged> judged) {
        replaced.clear();
        shipments.stream()
                .filter(Shipment::isKnown)
                .map(Shipment::key)
                .filter(file -> !reading.standing().contains(file))
                .forEach(replaced::add);
        Optional<String> removed = Deliveries.predicate(replaced);
        if (judged.isPresent()) {
            write(judged.get(), Reading.sourcesOf(originals), removed);
        } else {
            removed.ifPresent(predicate -> lake.table(target)
                    .replaceWhere(lake.spark().createDataFrame(List.of(), target.schema()), predicate, commit));
        }
    }

    /** The files whose earlier rows and refusals are gone. */
    List<FileKey> replaced() {
        return replaced;
    }

    /** Every refused record, row and file of this ingest, as a dataset of a session. */
    Dataset<Row> rejected(SparkSession session) {
        return reading.refusals().rows(session);
    }

    boolean hasRejected() {
        return reading.records().values().stream().anyMatch(DeliveryRecord::hasRefusals);
    }

    void release() {
        reading.release();
        duplicates.ifPresent(Duplicates::release);
    }

    private void write(Judged judged, Set<Source> sources, Optional<String> removed) {
        Dataset<Row> valid = judged.rows().filter(not(col(Judge.IS_REJECTED)));
        Dataset<Row> history = history(removed);
        Object[] keyed = sources.stream()
                .filter(source -> source.identity().isKey())
                .map(Source::name)
                .toArray();
        Column isKeyed = Lineage.SOURCE.col().isin(keyed);
        List<String> predicates = new ArrayList<>(removed.stream().toList());
        List<Dataset<Row>> accepted = new ArrayList<>();
        if (keyed.length > 0) {
            Dataset<Row> outlines = judged.outlines().filter(not(col(Judge.IS_REJECTED)));
            accepted.add(firsts(valid.filter(isKeyed), outlines.filter(isKeyed), history));
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

    private Dataset<Row> firsts(Dataset<Row> rows, Dataset<Row> outlines, Dataset<Row> history) {
        boolean isFirst = lake.table(target).version() == 0;
        Column[] all = Stream.concat(Stream.of(col("*")), Stream.of(Duplicates.keyed(target)))
                .toArray(Column[]::new);
        Dataset<Row> hashed = rows.select(all);
        Duplicates found = Duplicates.find(target, outlines, isFirst ? history.limit(0) : inTouchedDays(history));
        duplicates.ifPresent(Duplicates::release);
        duplicates = Optional.of(found);
        found.counts().forEach((file, count) -> record(file).duplicates(count.rows(), count.of()));
        return found.firsts(hashed);
    }

    private Dataset<Row> withoutSuperseded(
            Source source, Dataset<Row> sliced, Dataset<Row> history, List<String> predicates) {
        Column isOwn = Lineage.SOURCE.col().equalTo(source.name());
        var delivered = new Delivered(source, deliveries.of(source, reading.records()), deliveries.gone(source));
        List<Slices.Superseded> superseded =
                Slices.superseded(source, sliced.filter(isOwn), history.filter(isOwn), delivered);
        Slices.likelyParts(source, superseded, arrived).ifPresent(progress);
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
        Dataset<Row> laid = reading.isScattered() ? rows.repartition(col(Table.DAY)) : rows;
        long accepted = reading.records().values().stream()
                .filter(record -> !reading.standing().contains(record.key()))
                .mapToLong(record -> record.count(Delivery.ACCEPTED_ROWS) - record.count(Delivery.SUPERSEDED_ROWS))
                .sum();
        Optional<String> predicate = Slices.anyOf(predicates);
        if (predicate.isPresent()) {
            table.replaceWhere(laid, predicate.get(), commit);
        } else if (accepted > 0) {
            table.append(laid, commit);
            requireWritten(table, accepted);
        }
    }

    /** Files may be read more than once. What was written without being recorded is taken back by the next run. */
    private static void requireWritten(LakeTable table, long accepted) {
        long written = table.lastWrittenRows();
        if (written != accepted) {
            throw Failure.tryAgain(
                    "%d rows were written to %s, not %d: a landing file changed while it was read. Run again."
                            .formatted(written, table.table().qualifiedName(), accepted));
        }
    }

    private Dataset<Row> history(Optional<String> removed) {
        Dataset<Row> rows = lake.table(target).read();
        return removed.isPresent() ? rows.filter("NOT (%s)".formatted(removed.get())) : rows;
    }

    /** Rows of other days cannot have the same key, where the key has the instant that the day is of. */
    private Dataset<Row> inTouchedDays(Dataset<Row> history) {
        boolean isBoundToDay = target.daySource().filter(target.key()::contains).isPresent();
        return isBoundToDay ? history.filter(LakeTable.dayPredicate(reading.days())) : history;
    }

    /** The record of a file that this ingest reads, or that the lake knows. */
    private DeliveryRecord record(FileKey file) {
        return Optional.ofNullable(reading.records().get(file))
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
                reading.records().put(copy.key(), copy);
                if (copy.hasRefusals()) {
                    refused.put(copy.key(), original);
                }
            });
        }
        if (!refused.isEmpty()) {
            reading.refusals().addCopies(refused, lake.table(Rejected.TABLE).read());
        }
    }
}
