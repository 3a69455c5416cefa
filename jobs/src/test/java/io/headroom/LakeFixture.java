package io.headroom;

import static java.util.stream.Collectors.joining;

import io.headroom.ingest.Ingest;
import io.headroom.ingest.SourceSummary;
import io.headroom.ingest.Told;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.runner.Runner;
import io.headroom.setting.Settings;
import io.headroom.source.Root;
import io.headroom.source.Source;
import io.headroom.source.Sources;
import io.headroom.staging.Staging;
import io.headroom.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake and a landing folder of a test's own, with the tables that it needs. */
public final class LakeFixture {

    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

    private final Path folder;
    private final Lake lake;
    private int minutes;
    private int runs;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private Instant asOf = Instant.parse("2027-01-01T00:00:00Z");

    /** With the tables that jobs write. */
    public LakeFixture(Path folder, List<Job> jobs) {
        this(folder, jobs.stream().map(Job::writes).toArray(Table[]::new));
    }

    public LakeFixture(Path folder, Table... derived) {
        this.folder = folder;
        List<Table> tables = new ArrayList<>(Staging.TABLES);
        tables.addAll(Arrays.asList(derived));
        this.lake = Lake.at(TestSpark.session(), folder.resolve("lake").toString(), tables);
        try {
            Files.createDirectories(landing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copyEmptyLake();
        lake.prepare();
    }

    /** Staging tables are created once for all tests; each test has a copy of its own. */
    private void copyEmptyLake() {
        try (Stream<Path> files = Files.walk(EmptyLake.FOLDER)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve("lake")
                        .resolve(EmptyLake.FOLDER.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class EmptyLake {

        private static final Path FOLDER = made();

        private static Path made() {
            try {
                Path folder = Files.createTempDirectory("headroom-empty-lake");
                Lake.at(TestSpark.session(), folder.toString(), Staging.TABLES).prepare();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Lake lake() {
        return lake;
    }

    public Path landing() {
        return folder.resolve("landing");
    }

    /** Delivers a file, each a minute later than the one before. */
    public void deliver(String path, String content) {
        deliver(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public void deliver(String path, byte[] content) {
        minutes++;
        deliver(path, content, minutes);
    }

    /** Delivers a file so many minutes past midnight. */
    void deliver(String path, byte[] content, int minute) {
        try {
            Path file = landing().resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(FIRST.plusSeconds(60L * minute)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Delivers what lies in another landing folder now, its files as old as they are there. */
    public void deliverAllOf(LakeFixture other) throws IOException {
        try (Stream<Path> files = Files.walk(other.landing())) {
            for (Path file : files.toList()) {
                Path copy = landing().resolve(other.landing().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Later ingests use what was known by then. */
    public void asOf(String instant) {
        asOf = Instant.parse(instant);
    }

    public List<SourceSummary> ingest(String... yaml) {
        return ingest(Arrays.stream(yaml).map(LakeFixture::source).toList());
    }

    public List<SourceSummary> ingest(List<Source> sources) {
        runs++;
        var setting = new Ingest.Setting(Map.of(Root.LANDING, landing().toString()), asOf, "run-" + runs, "test");
        List<SourceSummary> summaries = new Ingest(lake, setting, messages::add).run(sources);
        Told.everything(lake);
        return summaries;
    }

    /** What ingests have said so far. */
    public List<String> messages() {
        return messages;
    }

    /** Runs jobs, each after those that it reads from. */
    public void derive(List<Job> jobs) {
        var runner = new Runner(lake, asOf, "run-" + runs, "test", Settings.DEFAULT);
        Plan.of(jobs).jobs().forEach(runner::run);
    }

    public static Source source(String yaml) {
        return new Sources(Staging.TARGETS).parse(yaml, "test.yml");
    }

    /** What a query over views of all tables gives, cells between bars, rows in order. */
    public List<String> sql(String query) {
        return sql(query, LakeTable::read);
    }

    /** The same over views of what is seen of the tables. */
    List<String> sql(String query, Function<LakeTable, Dataset<Row>> seen) {
        lake.tables().stream()
                .filter(table -> query.contains(table.table().name()))
                .forEach(table ->
                        seen.apply(table).createOrReplaceTempView(table.table().name()));
        return TestSpark.session().sql(query).collectAsList().stream()
                .map(LakeFixture::drawn)
                .sorted()
                .toList();
    }

    private static String drawn(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object cell = row.get(i);
            cells.add(
                    cell instanceof scala.collection.Seq<?> list
                            ? list.mkString("[", ", ", "]")
                            : String.valueOf(cell));
        }
        return String.join(" | ", cells);
    }

    /** The versions of all tables: equal before and after a run that changes nothing. */
    public Map<String, Long> versions() {
        Map<String, Long> versions = new java.util.TreeMap<>();
        lake.tables().forEach(table -> versions.put(table.table().qualifiedName(), table.version()));
        return versions;
    }

    /** Files of which the record of deliveries does not add up, by itself or with what the tables hold. */
    public List<String> brokenEquations() {
        List<String> broken = new ArrayList<>(sql(
                "SELECT path FROM delivery WHERE read_records <> used_records + skipped_records + unparsable_records"
                        + " OR received_rows <> accepted_rows + duplicate_rows + rejected_rows"));
        String stored = Staging.TARGETS.stream()
                .filter(table -> lake.table(table).version() > 0)
                .map(table -> "SELECT source, path FROM %s".formatted(table.name()))
                .collect(joining(" UNION ALL "));
        if (!stored.isEmpty()) {
            broken.addAll(sql("SELECT source, path, recorded, stored"
                    + " FROM (SELECT source, path, accepted_rows - superseded_rows AS recorded FROM delivery)"
                    + " FULL JOIN (SELECT source, path, count(*) AS stored FROM (%s) GROUP BY ALL) USING (source, path)"
                            .formatted(stored)
                    + " WHERE coalesce(recorded, 0) <> coalesce(stored, 0)"));
        }
        return broken;
    }
}
