package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.headroom.failure.Failure;
import io.headroom.job.Concurrently;
import io.headroom.lake.Commit;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.source.Root;
import io.headroom.source.Source;
import io.headroom.staging.Staging;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings new and changed files into staging. Tables are written first, refusals next, the record of deliveries last. */
public final class Ingest {

    /**
     * What an ingest works with.
     *
     * @param roots URIs of the folders that sources name
     * @param asOf files modified later are not known yet
     * @param run identity of the run
     * @param code version of Headroom
     */
    public record Setting(Map<Root, String> roots, Instant asOf, String run, String code) {}

    private final Lake lake;
    private final Setting setting;
    private final Consumer<String> progress;

    public Ingest(Lake lake, Setting setting, Consumer<String> progress) {
        this.lake = lake;
        this.setting = setting;
        this.progress = progress;
    }

    /** Ingests all that is new; nothing is written where nothing is. */
    public List<SourceSummary> run(List<Source> sources) {
        lake.recover(Delivery.TABLE, Staging.TABLES)
                .forEach(table -> progress.accept(
                        "took back an unfinished write to " + table.table().qualifiedName()));
        Told.begin(lake);
        var deliveries = new Deliveries(lake.table(Delivery.TABLE));
        refuseLaterKnowledge(deliveries);
        var landing = new Landing(setting.roots(), lake.spark().sparkContext().hadoopConfiguration());
        List<Shipment> shipments =
                new Shipments(lake.spark(), landing, deliveries, setting.asOf(), progress).of(sources);
        Map<String, List<Shipment>> byTarget = shipments.stream()
                .collect(groupingBy(
                        shipment -> shipment.source().target(),
                        LinkedHashMap::new,
                        java.util.stream.Collectors.toList()));
        List<TargetIngest> targets = Concurrently.each(
                Staging.TARGETS.stream()
                        .filter(target -> byTarget.containsKey(target.name()))
                        .toList(),
                target -> ingested(target, byTarget.getOrDefault(target.name(), List.of()), landing, deliveries));
        writeRejected(targets);
        if (deliveries.isChanged()) {
            deliveries.write(lake.spark(), commit(Commit.Kind.DELIVERY, versions()));
        }
        targets.forEach(TargetIngest::release);
        var summaries = new SourceSummaries(landing, shipments, deliveries, Told.untoldRuns(lake));
        return sources.stream().map(summaries::of).toList();
    }

    /** What was known at an earlier time is never computed over a lake that knows more. */
    private void refuseLaterKnowledge(Deliveries deliveries) {
        deliveries.newest().filter(newest -> newest.isAfter(setting.asOf())).ifPresent(newest -> {
            throw Failure.laterKnowledge("staging.delivery", newest, setting.asOf());
        });
    }

    private TargetIngest ingested(Table target, List<Shipment> shipments, Landing landing, Deliveries deliveries) {
        progress.accept("%s: %d files".formatted(target.qualifiedName(), shipments.size()));
        Commit commit = commit(Commit.Kind.INGEST, Map.of());
        Lake own = lake.inOwnSession();
        Judge.prepare(own.spark());
        var ingest = new TargetIngest(own, target, landing, deliveries, setting, commit, progress);
        ingest.run(shipments);
        return ingest;
    }

    private void writeRejected(List<TargetIngest> targets) {
        List<FileKey> replaced =
                targets.stream().flatMap(target -> target.replaced().stream()).toList();
        boolean isAny = targets.stream().anyMatch(TargetIngest::hasRejected);
        boolean wasAny = !replaced.isEmpty()
                && !lake.table(Rejected.TABLE)
                        .read()
                        .filter(Deliveries.predicate(replaced).orElse("false"))
                        .isEmpty();
        if (!isAny && !wasAny) {
            return;
        }
        Dataset<Row> none = lake.spark().createDataFrame(List.of(), Rejected.TABLE.schema());
        Dataset<Row> rows = targets.stream()
                .filter(TargetIngest::hasRejected)
                .map(target -> target.rejected(lake.spark()))
                .reduce(none, Dataset::unionByName);
        LakeTable table = lake.table(Rejected.TABLE);
        Commit commit = commit(Commit.Kind.INGEST, Map.of());
        if (wasAny) {
            table.replaceWhere(rows.coalesce(1), Deliveries.predicate(replaced).orElseThrow(), commit);
        } else {
            table.append(rows.coalesce(1), commit);
        }
    }

    private Commit commit(Commit.Kind kind, Map<String, Long> versions) {
        return new Commit(kind, setting.run(), setting.code(), "", versions);
    }

    private Map<String, Long> versions() {
        return Staging.TABLES.stream()
                .filter(table -> !table.equals(Delivery.TABLE))
                .collect(toMap(Table::qualifiedName, table -> lake.table(table).version()));
    }
}
