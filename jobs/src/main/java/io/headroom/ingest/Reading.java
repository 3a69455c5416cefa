package io.headroom.ingest;

import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.headroom.source.Format;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Reads and judges the shipments of one staging table, once, and counts what became of every record and row. */
final class Reading {

    private static final int FILES_PER_DAY = 4;

    private final SparkSession spark;
    private final Table target;
    private final Landing landing;
    private final Deliveries deliveries;
    private final Ingest.Setting setting;
    private final List<Landed> landed = new ArrayList<>();
    private Optional<Judged> kept = Optional.empty();

    private final Map<FileKey, DeliveryRecord> records = new LinkedHashMap<>();
    private final Set<LocalDate> days = new TreeSet<>();
    private final Set<FileKey> standing = new HashSet<>();
    private Refusals refusals;
    private boolean isReplacing;
    /** How many pairs of file and day there are: without a shuffle each can make a file of its own. */
    private int filesToWrite;

    Reading(SparkSession spark, Table target, Landing landing, Deliveries deliveries, Ingest.Setting setting) {
        this.spark = spark;
        this.target = target;
        this.landing = landing;
        this.deliveries = deliveries;
        this.setting = setting;
        this.refusals = new Refusals(spark, target, setting.run());
    }

    /** What the lake will know of each file. */
    Map<FileKey, DeliveryRecord> records() {
        return records;
    }

    /** The days of the rows that are not refused. */
    Set<LocalDate> days() {
        return days;
    }

    /** The files that were refused and whose earlier rows stay. */
    Set<FileKey> standing() {
        return standing;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Whether the rows, written as they lie, would make many small files of a day. */
    boolean isScattered() {
        int most = FILES_PER_DAY * Math.max(1, days.size());
        return target.isPartitionedByDay()
                && filesToWrite > most
                && kept.map(Judged::pieces).orElse(0) > FILES_PER_DAY;
    }

    void release() {
        landed.forEach(Landed::release);
        kept.ifPresent(Judged::release);
    }

    /**
     * Reads, judges and counts. Where a mapping fails on a file, the file is found and refused, and the rest goes on.
     *
     * @param replaces whether rows of the lake go, so that those written in their place cannot be counted by themselves
     */
    Optional<Judged> judged(List<Shipment> shipments, boolean replaces) {
        isReplacing = replaces;
        try {
            return judged(shipments, Map.of());
        } catch (Exception failure) {
            return judgedDespite(failure, shipments);
        }
    }

    /** Begins anew without the files on which the mapping fails; throws the failure where there are none. */
    Optional<Judged> judgedDespite(Exception failure, List<Shipment> shipments) {
        release();
        Map<FileKey, String> failing = new FailingFiles(this::tryOut).among(shipments, failure);
        forget();
        return judged(shipments, failing);
    }

    private Optional<Judged> judged(List<Shipment> shipments, Map<FileKey, String> failing) {
        Optional<Judged> judged = sourcesOf(shipments).stream()
                .flatMap(source -> read(source, ofSource(shipments, source), failing).stream())
                .reduce(Dataset::unionByName)
                .map(rows -> isReadTwice(shipments) ? Judged.inOutline(target, rows) : Judged.whole(target, rows));
        judged.ifPresent(found -> {
            kept = judged;
            count(found.outlines());
            refusals.addRows(found.outlines().filter(col(Judge.IS_REJECTED)));
        });
        return judged;
    }

    /** Columns of Parquet are read fast; slices and restatements are looked at from more sides than in outline. */
    boolean isReadTwice(List<Shipment> shipments) {
        return !isReplacing
                && shipments.stream()
                        .allMatch(shipment -> shipment.source().format() == Format.PARQUET
                                && shipment.source().identity().isKey());
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
        return Landed.read(spark, source, files, landing.rootPath(source.in()));
    }

    private void forget() {
        landed.clear();
        kept = Optional.empty();
        records.clear();
        days.clear();
        standing.clear();
        filesToWrite = 0;
        refusals = new Refusals(spark, target, setting.run());
    }

    static Set<Source> sourcesOf(List<Shipment> shipments) {
        return shipments.stream().map(Shipment::source).collect(toCollection(LinkedHashSet::new));
    }

    private static List<Shipment> ofSource(List<Shipment> shipments, Source source) {
        return shipments.stream()
                .filter(shipment -> shipment.source().equals(source))
                .toList();
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
                .flatMap(file -> Optional.ofNullable(records.get(file)).stream())
                .anyMatch(record -> record.count(Delivery.UNPARSABLE_RECORDS) > 0)) {
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
            standing.add(file);
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
        counts.forEach((file, found) -> Optional.ofNullable(records.get(file))
                .orElseThrow()
                .counted(found.received(), found.rejected())
                .quirks(found.quirks()));
    }
}
