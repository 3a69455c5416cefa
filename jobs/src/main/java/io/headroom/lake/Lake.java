package io.headroom.lake;

import io.headroom.failure.Failure;
import io.headroom.job.Models;
import io.headroom.lake.Commit.Kind;
import io.headroom.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Delta tables below one root on any Hadoop file system: {@code <root>/<database>/<table>}. */
public final class Lake {

    private final SparkSession spark;
    private final FileSystem fileSystem;
    private final Path root;
    private final Map<String, LakeTable> tables = new LinkedHashMap<>();

    /** What this process holds of the lake, if anything; the same in all sessions. */
    private final AtomicReference<@Nullable Lock> held;

    private Lake(
            SparkSession spark,
            FileSystem fileSystem,
            Path root,
            List<Table> declared,
            AtomicReference<@Nullable Lock> held) {
        this.held = held;
        this.spark = spark;
        this.fileSystem = fileSystem;
        this.root = root;
        for (Table table : declared) {
            Path location = new Path(new Path(root, table.database()), table.name());
            tables.put(table.qualifiedName(), new LakeTable(spark, table, location.toString(), this::requireLock));
        }
    }

    /** The lake at a URI, which need not exist yet. A URI without a scheme is a path of this machine. */
    public static Lake at(SparkSession spark, String uri, List<Table> declared) {
        Location location = Location.at(spark, uri, "The lake");
        return new Lake(spark, location.fileSystem(), location.path(), declared, new AtomicReference<>());
    }

    /** The same lake seen from a session of its own, whose views are not mixed with others at work at the same time. */
    public Lake inOwnSession() {
        List<Table> declared = tables.values().stream().map(LakeTable::table).toList();
        return new Lake(spark.newSession(), fileSystem, root, declared, held);
    }

    public SparkSession spark() {
        return spark;
    }

    public String root() {
        return root.toString();
    }

    public Location location() {
        return new Location(fileSystem, root);
    }

    public LakeTable table(Table table) {
        LakeTable found = tables.get(table.qualifiedName());
        if (found == null) {
            throw new IllegalArgumentException("Not a table of this lake: " + table.qualifiedName());
        }
        return found;
    }

    public List<LakeTable> tables() {
        return List.copyOf(tables.values());
    }

    /** Takes the lock, so that one run at a time writes. */
    public Lock lock(String run, Clock clock) {
        Lock lock = Lock.take(fileSystem, new Path(root, "_lock"), run, clock);
        held.set(lock);
        return lock;
    }

    /** A run that was suspended for long may have lost its lock to another, and must not write beside it. */
    private void requireLock() {
        Optional.ofNullable(held.get()).ifPresent(Lock::require);
    }

    /** Creates missing tables and columns. */
    public void prepare() {
        try {
            fileSystem.mkdirs(root);
        } catch (IOException e) {
            throw unwritable(root, e);
        }
        tables.values().parallelStream().forEach(LakeTable::prepare);
    }

    /** Tables that lie in the lake and that this version of Headroom does not know. */
    public List<String> unknownTables() {
        List<String> databases = tables.values().stream()
                .map(table -> table.table().database())
                .distinct()
                .toList();
        List<String> unknown = new ArrayList<>();
        try {
            for (String database : databases) {
                for (FileStatus folder : fileSystem.listStatus(new Path(root, database))) {
                    String name = database + "." + folder.getPath().getName();
                    if (!tables.containsKey(name) && fileSystem.exists(new Path(folder.getPath(), "_delta_log"))) {
                        unknown.add(name);
                    }
                }
            }
            return unknown;
        } catch (IOException e) {
            throw Failure.tryAgain("The lake %s cannot be listed: %s".formatted(root, e.getMessage()));
        }
    }

    /**
     * Takes back what an ingest wrote and did not live to record: rows count once the record of deliveries vouches for
     * their table's version.
     *
     * @return the tables that were taken back
     */
    public List<LakeTable> recover(Table record, List<Table> vouched) {
        Map<String, Long> versions = table(record)
                .lastCommit(Set.of(Kind.DELIVERY))
                .map(last -> last._2().versions())
                .orElse(Map.of());
        return vouched.stream()
                .filter(table -> !table.equals(record))
                .map(this::table)
                .filter(table ->
                        takenBack(table, versions.getOrDefault(table.table().qualifiedName(), 0L)))
                .toList();
    }

    private static boolean takenBack(LakeTable table, long recorded) {
        Optional<Long> unrecorded = table.firstIngestSince(recorded);
        unrecorded.ifPresent(version -> {
            table.restore(version - 1);
            // The version that is back may lack columns that were gained since.
            table.prepare();
        });
        return unrecorded.isPresent();
    }

    public Models models() {
        return new StoredModels(fileSystem, root);
    }

    /** The text of a file below the root, if there is one; also of one that a process did not live to put in its place. */
    public Optional<String> readFile(String path) {
        Path whole = new Path(root, path);
        return text(whole).or(() -> text(partial(whole)));
    }

    private static Path partial(Path whole) {
        return new Path(whole.getParent(), "_writing_" + whole.getName());
    }

    private Optional<String> text(Path file) {
        try (InputStream in = fileSystem.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a text below the root, beside first and then in place, so that a reader meets the old or the new. */
    public void writeFile(String path, String text) {
        Path whole = new Path(root, path);
        Path partial = partial(whole);
        try {
            try (OutputStream out = fileSystem.create(partial, true)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            fileSystem.delete(whole, false);
            if (!fileSystem.rename(partial, whole)) {
                throw new IOException("Cannot rename " + partial);
            }
        } catch (IOException e) {
            throw unwritable(whole, e);
        }
    }

    private static Failure unwritable(Path path, IOException e) {
        return Failure.tryAgain(
                "%s cannot be written: %s. See that there is room and that it may be written, and run the same command again."
                        .formatted(path, e.getMessage()));
    }

    public String fileUri(String path) {
        return new Path(root, path).toString();
    }

    /** The first table that a query's name means, if any. */
    public Optional<LakeTable> named(String qualifiedName) {
        return Optional.ofNullable(tables.get(qualifiedName));
    }
}
