package io.headroom;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;

import io.headroom.lake.LakeTable;
import io.headroom.source.Source;
import io.headroom.table.Lineage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Cases of a test class in one lake. Each is a folder of files and sees what these gave as if it were alone, but one
 * ingest reads them all: that of one small file takes seconds, and that of many hardly more.
 *
 * <p>A row that is told twice counts once, whoever tells it, so rows of two cases must differ in the key of their table. A
 * file on which a mapping fails should have a lake of its own: to find it all others are read once more.
 */
public final class Cases implements BeforeAllCallback, AfterAllCallback {

    private final List<Case> cases = new ArrayList<>();
    private final Path home;
    private final LakeFixture lake;

    public Cases() {
        try {
            home = Files.createTempDirectory("headroom-cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lake = new LakeFixture(home);
    }

    /** A case whose files these sources read, of which the globs begin below its folder. */
    public Case of(String... yaml) {
        var added = new Case("case%d".formatted(cases.size() + 1), List.of(yaml));
        cases.add(added);
        return added;
    }

    /** What is in the lake of all cases. */
    public LakeFixture lake() {
        return lake;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cases.forEach(Case::land);
        lake.ingest(sources());
        List<String> shared = lake.sql("SELECT path, duplicates_of FROM delivery"
                + " WHERE exists(duplicates_of, other -> split_part(other, '/', 1) <> split_part(path, '/', 1))");
        if (!shared.isEmpty()) {
            throw new IllegalStateException("Cases have rows in common: " + shared);
        }
    }

    /** A source costs planning and a file hardly any, so cases share a source unless their files could supersede each other. */
    private List<Source> sources() {
        Map<List<String>, List<String>> folders = new LinkedHashMap<>();
        for (Case each : cases) {
            for (String yaml : each.yaml) {
                String apart = isShared(LakeFixture.source(yaml)) ? "" : each.folder;
                folders.computeIfAbsent(List.of(yaml, apart), unseen -> new ArrayList<>())
                        .add(each.folder);
            }
        }
        List<Source> sources = new ArrayList<>();
        folders.forEach((key, of) -> sources.add(below(of, LakeFixture.source(key.get(0)), sources.size())));
        return sources;
    }

    private static boolean isShared(Source source) {
        return source.identity().isKey() || source.identity().slice().equals(List.of(Lineage.PATH.column()));
    }

    private static Source below(List<String> folders, Source alone, int number) {
        return new Source(
                "%s_%d".formatted(alone.name(), number),
                alone.doc(),
                alone.in(),
                "{%s}/%s".formatted(String.join(",", folders), alone.files()),
                alone.format(),
                alone.options(),
                alone.columns(),
                alone.target(),
                alone.identity(),
                alone.skip(),
                alone.refuse(),
                alone.parameters(),
                alone.set(),
                alone.select(),
                alone.toleratedRejects());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Files of a folder of their own. */
    public final class Case {

        private final String folder;
        private final List<String> yaml;
        private final Map<String, byte[]> files = new LinkedHashMap<>();

        private Case(String folder, List<String> yaml) {
            this.folder = folder;
            this.yaml = yaml;
        }

        /** Delivers a file, each of a case a minute later than the one before. */
        public Case deliver(String path, String content) {
            return deliver(path, content.getBytes(StandardCharsets.UTF_8));
        }

        public Case deliver(String path, byte[] content) {
            files.put(path, content);
            return this;
        }

        /** Delivers a copy of a file that not every machine has, where it is there. */
        public Case deliverIfThere(String path, Path original) {
            try {
                return Files.exists(original) ? deliver(path, Files.readAllBytes(original)) : this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The folder of the case, which is the first in what is told by a path. */
        public String folder() {
            return folder;
        }

        @Override
        public String toString() {
            return folder;
        }

        private void land() {
            int minute = 0;
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                minute++;
                lake.deliver(folder + "/" + file.getKey(), file.getValue(), minute);
            }
        }

        /** What a query gives over views of what is this case's, its sources and paths as it names them. */
        public List<String> sql(String query) {
            return lake.sql(query, this::seen);
        }

        private Dataset<Row> seen(LakeTable table) {
            String source = Lineage.SOURCE.column();
            String path = Lineage.PATH.column();
            return table.read()
                    .filter(col(path).startsWith(folder + "/"))
                    .withColumn(source, regexp_replace(col(source), "_[0-9]+$", ""))
                    .withColumn(path, substring(col(path), lit(folder.length() + 2), lit(Integer.MAX_VALUE)));
        }
    }
}
