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
 * Cases of a test class in one lake. Each is a folder of files with sources of its own and sees what these gave as if it were
 * alone, but one ingest reads them all: that of one small file takes seconds, and that of many hardly more.
 *
 * <p>A row that is told twice counts once, whoever tells it, so rows of two cases must differ in the key of their table.
 */
public final class Cases implements BeforeAllCallback, AfterAllCallback {

    private final List<Case> cases = new ArrayList<>();
    private final Path folder;
    private final LakeFixture lake;

    public Cases() {
        try {
            folder = Files.createTempDirectory("headroom-cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lake = new LakeFixture(folder);
    }

    /** A case whose files these sources read; they name no more of a path than the case does. */
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
        lake.ingest(cases.stream().flatMap(Case::sources).toList());
        List<String> shared = lake.sql("SELECT path, duplicates_of FROM delivery"
                + " WHERE exists(duplicates_of, other -> split_part(other, '/', 1) <> split_part(path, '/', 1))");
        if (!shared.isEmpty()) {
            throw new IllegalStateException("Cases have rows in common: " + shared);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Files of a folder of their own. */
    public final class Case {

        private final String name;
        private final List<String> yaml;
        private final Map<String, byte[]> files = new LinkedHashMap<>();

        private Case(String name, List<String> yaml) {
            this.name = name;
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
            return name;
        }

        private void land() {
            int minute = 0;
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                minute++;
                lake.deliver(name + "/" + file.getKey(), file.getValue(), minute);
            }
        }

        private Stream<Source> sources() {
            return yaml.stream().map(LakeFixture::source).map(this::inFolder);
        }

        private Source inFolder(Source alone) {
            return new Source(
                    alone.name() + "_" + name,
                    alone.doc(),
                    alone.in(),
                    name + "/" + alone.files(),
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

        /** What a query gives over views of what is this case's, its sources and paths as it names them. */
        public List<String> sql(String query) {
            return lake.sql(query, this::seen);
        }

        private Dataset<Row> seen(LakeTable table) {
            String source = Lineage.SOURCE.column();
            String path = Lineage.PATH.column();
            return table.read()
                    .filter(col(path).startsWith(name + "/"))
                    .withColumn(source, regexp_replace(col(source), "_" + name + "$", ""))
                    .withColumn(path, substring(col(path), lit(name.length() + 2), lit(Integer.MAX_VALUE)));
        }
    }
}
