package io.headroom.lake;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.headroom.failure.Failure;
import io.headroom.lake.Commit.Kind;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** A table as it stands in a lake. Reads see its newest version; every write is one commit. */
public final class LakeTable {

    private final SparkSession spark;
    private final Table table;
    private final String location;
    private final Shape shape;
    private final Runnable guard;

    /** @param guard called before each write; throws where this process may not write */
    LakeTable(SparkSession spark, Table table, String location, Runnable guard) {
        this.guard = guard;
        this.shape = new Shape(table);
        this.spark = spark;
        this.table = table;
        this.location = location;
    }

    public Table table() {
        return table;
    }

    public String location() {
        return location;
    }

    /** Creates the table, or adds the columns that its declaration has gained. */
    void prepare() {
        if (!exists()) {
            spark.sql(table.ddl(location.replace("`", "``")));
            return;
        }
        StructType stored = log().unsafeVolatileSnapshot().schema();
        shape.require(stored);
        String gained = shape.gained(stored);
        if (!gained.isEmpty()) {
            alter("ADD COLUMNS (%s)".formatted(gained));
        }
        shape.loosened(stored).forEach(column -> alter("ALTER COLUMN %s DROP NOT NULL".formatted(column)));
    }

    private void alter(String how) {
        spark.sql("ALTER TABLE delta.`%s` %s".formatted(location.replace("`", "``"), how));
    }

    public boolean exists() {
        return DeltaLog.forTable(spark, new Path(location)).tableExists();
    }

    public long version() {
        return log().update(false, Option.empty(), Option.empty()).version();
    }

    public Dataset<Row> read() {
        return shape.of(spark.read().format("delta").load(location));
    }

    public Dataset<Row> readVersion(long version) {
        return shape.of(
                spark.read().format("delta").option("versionAsOf", version).load(location));
    }

    /** What the commits after a version say of themselves, as far as the log still tells. */
    public List<Commit> commitsSince(long version) {
        List<Commit> commits = new ArrayList<>();
        for (long later = version + 1; later <= version(); later++) {
            actions(later).flatMap(LakeTable::commitOf).ifPresent(commits::add);
        }
        return commits;
    }

    /** The newest commit of one of some kinds, with its version. */
    public Optional<Tuple2<Long, Commit>> lastCommit(Set<Kind> kinds) {
        for (long version = version(); version >= 0; version--) {
            Optional<List<Action>> actions = actions(version);
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            Optional<Commit> commit = commitOf(actions.get()).filter(found -> kinds.contains(found.kind()));
            if (commit.isPresent()) {
                return Optional.of(Tuple2.apply(version, commit.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * What changed after a version.
     *
     * @return empty where the log does not tell: it is too short, or all days of a table without partitions were replaced
     */
    public Optional<Changes> changesSince(long version) {
        Set<LocalDate> days = new TreeSet<>();
        boolean isChanged = false;
        for (long later = version + 1; later <= version(); later++) {
            Optional<List<Action>> actions = actions(later);
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            List<Map<String, String>> partitions = changedPartitions(actions.get());
            isChanged |= !partitions.isEmpty();
            Optional<Set<LocalDate>> changed = partitions.isEmpty() || !table.isByDay()
                    ? Optional.of(Set.of())
                    : changedDays(actions.get(), partitions);
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            days.addAll(changed.get());
        }
        return Optional.of(new Changes(isChanged, days));
    }

    /** The days that a commit changed, as its files tell, else as it says itself. */
    private static Optional<Set<LocalDate>> changedDays(List<Action> actions, List<Map<String, String>> partitions) {
        boolean isTold = partitions.stream().allMatch(partition -> partition.containsKey(Table.DAY));
        Optional<List<String>> days = isTold
                ? Optional.of(partitions.stream()
                        .map(partition -> partition.getOrDefault(Table.DAY, ""))
                        .toList())
                : commitOf(actions).flatMap(commit -> Optional.ofNullable(commit.days()));
        return days.map(told -> told.stream().map(LocalDate::parse).collect(toCollection(TreeSet::new)));
    }

    /** The days that the table has rows of. */
    public Set<LocalDate> days() {
        boolean isInLog =
                log().unsafeVolatileSnapshot().metadata().partitionColumns().contains(Table.DAY);
        Dataset<Row> found = isInLog
                ? log().update(false, Option.empty(), Option.empty())
                        .allFiles()
                        .toDF()
                        .selectExpr("CAST(partitionValues['day'] AS DATE) AS day")
                : read().select(Table.DAY);
        Set<LocalDate> days = new TreeSet<>();
        found.distinct().collectAsList().forEach(row -> days.add(row.getDate(0).toLocalDate()));
        return days;
    }

    /** How many files hold the rows. */
    public long files() {
        return log().update(false, Option.empty(), Option.empty()).numOfFiles();
    }

    /** How many rows the newest commit wrote, as it says itself; those that it copied from file to file are not among them. */
    public long lastWrittenRows() {
        return actions(version()).orElse(List.of()).stream()
                .filter(CommitInfo.class::isInstance)
                .map(action -> ((CommitInfo) action).operationMetrics())
                .filter(Option::isDefined)
                .map(metrics -> CollectionConverters.asJava(metrics.get()))
                .mapToLong(metrics -> count(metrics, "numOutputRows") - count(metrics, "numCopiedRows"))
                .sum();
    }

    private static long count(Map<String, String> metrics, String name) {
        return Long.parseLong(metrics.getOrDefault(name, "0"));
    }

    /** The first commit of an ingest after a version that was not taken back since. */
    Optional<Long> firstIngestSince(long recorded) {
        Optional<Long> first = Optional.empty();
        for (long version = recorded + 1; version <= version(); version++) {
            List<Action> actions = actions(version).orElse(List.of());
            boolean isRestore = actions.stream()
                    .anyMatch(action -> action instanceof CommitInfo info
                            && info.operation().equals("RESTORE"));
            boolean isIngest = commitOf(actions)
                    .filter(commit -> commit.kind() == Kind.INGEST)
                    .isPresent();
            if (isRestore) {
                first = Optional.empty();
            } else if (isIngest && first.isEmpty()) {
                first = Optional.of(version);
            }
        }
        return first;
    }

    void restore(long version) {
        guard.run();
        spark.sql("RESTORE TABLE delta.`%s` TO VERSION AS OF %d".formatted(location.replace("`", "``"), version));
    }

    public void append(Dataset<Row> rows, Commit commit) {
        writer(rows, commit).mode(SaveMode.Append).save(location);
    }

    public void overwrite(Dataset<Row> rows, Commit commit) {
        writer(rows, commit).mode(SaveMode.Overwrite).save(location);
    }

    /** Replaces the rows of some days by others of the same days. */
    public void replaceDays(Dataset<Row> rows, Set<LocalDate> days, Commit commit) {
        replaceWhere(rows, dayPredicate(days), table.isPartitionedByDay() ? commit : commit.of(days));
    }

    /** Replaces the rows that satisfy a predicate by others, which need not satisfy it. */
    public void replaceWhere(Dataset<Row> rows, String predicate, Commit commit) {
        writer(rows, commit)
                .mode(SaveMode.Overwrite)
                .option("replaceWhere", predicate)
                .save(location);
    }

    /** {@code day} is one of some days. */
    public static String dayPredicate(Set<LocalDate> days) {
        return days.isEmpty()
                ? "false"
                : days.stream().map("DATE'%s'"::formatted).collect(joining(", ", Table.DAY + " IN (", ")"));
    }

    private DataFrameWriter<Row> writer(Dataset<Row> rows, Commit commit) {
        guard.run();
        Column[] columns = table.fields().stream().map(Field::col).toArray(Column[]::new);
        return rows.select(columns).write().format("delta").option("userMetadata", commit.json());
    }

    private DeltaLog log() {
        DeltaLog log = DeltaLog.forTable(spark, new Path(location));
        if (!log.tableExists()) {
            throw Failure.wrongCommand("There is no table %s at %s. Run `./headroom run` on this lake first."
                    .formatted(table.qualifiedName(), location));
        }
        return log;
    }

    private Optional<List<Action>> actions(long version) {
        var changes = log().getChanges(version, version, Option.empty(), false);
        return changes.hasNext()
                ? Optional.of(new ArrayList<>(
                        CollectionConverters.asJava(changes.next()._2())))
                : Optional.empty();
    }

    private static Optional<Commit> commitOf(List<Action> actions) {
        return actions.stream()
                .filter(CommitInfo.class::isInstance)
                .map(action -> ((CommitInfo) action).userMetadata())
                .filter(Option::isDefined)
                .findFirst()
                .flatMap(metadata -> Commit.parse(metadata.get()));
    }

    private static List<Map<String, String>> changedPartitions(List<Action> actions) {
        return actions.stream().flatMap(LakeTable::changedPartition).toList();
    }

    private static Stream<Map<String, String>> changedPartition(Action action) {
        if (action instanceof AddFile added && added.dataChange()) {
            return Stream.of(CollectionConverters.asJava(added.partitionValues()));
        }
        if (action instanceof RemoveFile removed && removed.dataChange()) {
            return Stream.of(CollectionConverters.asJava(removed.partitionValues()));
        }
        return Stream.empty();
    }
}
