package io.headroom.simulator;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Files of a landing folder on any Hadoop file system. They are written aside, under names that do not change from run to
 * run, and appear together at the end.
 */
final class LandingFiles {

    private static final Map<String, String> CSV = Map.of(
            "header", "true",
            "escape", "\"",
            "emptyValue", "",
            "timeZone", "UTC",
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ssXXX");

    private static final String ASIDE = "_simulating";
    private static final String PLACE = "simulated";

    private final FileSystem fileSystem;
    private final Path aside;
    private final Path place;
    private final Path parts;

    /** What the files of a kind are called and made of: a pattern of their names, and how Spark writes them. */
    record Kind(String file, String format, Map<String, String> options) {

        static Kind parquet(String file) {
            return new Kind(file, "parquet", Map.of());
        }

        static Kind csv(String file) {
            return new Kind(file, "csv", CSV);
        }

        /** Lines of text, of rows in the one column {@code value}. */
        static Kind text(String file) {
            return new Kind(file, "text", Map.of());
        }

        /** The same with another option. */
        Kind with(String option, String value) {
            var more = new java.util.HashMap<>(options);
            more.put(option, value);
            return new Kind(file, format, more);
        }
    }

    private LandingFiles(FileSystem fileSystem, Path landing) {
        this.fileSystem = fileSystem;
        this.aside = new Path(landing, ASIDE);
        this.place = new Path(landing, PLACE);
        this.parts = new Path(aside, "_parts");
    }

    /** The landing folder at a URI, which need not exist yet. A URI without a scheme is a path of this machine. */
    static LandingFiles at(String landingUri, Configuration hadoop) {
        try {
            Path landing = new Path(landingUri);
            FileSystem fileSystem = fileSystem(landing, hadoop);
            var files = new LandingFiles(fileSystem, fileSystem.makeQualified(landing));
            fileSystem.delete(files.aside, true);
            fileSystem.mkdirs(files.aside);
            return files;
        } catch (IllegalArgumentException | IOException e) {
            throw unwritable(landingUri, e);
        }
    }

    /** Whether files were begun that never came to stand in their place. */
    static boolean isUnfinished(String landingUri, Configuration hadoop) throws IOException {
        Path landing = new Path(landingUri);
        FileSystem fileSystem = fileSystem(landing, hadoop);
        return fileSystem.exists(new Path(landing, ASIDE)) && !fileSystem.exists(new Path(landing, PLACE));
    }

    private static FileSystem fileSystem(Path landing, Configuration hadoop) throws IOException {
        return landing.toUri().getScheme() == null ? FileSystem.getLocal(hadoop) : landing.getFileSystem(hadoop);
    }

    /** Writes a file for each partition that has rows, the first partition under the first name. */
    void write(Dataset<Row> rows, Kind kind, List<String> names) {
        write(rows.write(), kind);
        for (Path part : parts()) {
            int partition = Integer.parseInt(part.getName().split("-", 3)[1]);
            move(part, kind.file().formatted(names.get(partition)));
        }
        deleteParts();
    }

    /** Writes rows that tell the number of their file, in the order of some columns. */
    void write(Dataset<Row> rows, Kind kind, List<String> names, Working file, Column... order) {
        Dataset<Row> byFile = rows.repartitionById(names.size(), file.col()).drop(file.column());
        // Broken copies can be equal in the order's columns, never in all.
        Column[] total = Stream.concat(
                        Arrays.stream(order), Arrays.stream(byFile.columns()).map(byFile::col))
                .toArray(Column[]::new);
        write(byFile.sortWithinPartitions(total), kind, names);
    }

    /** Writes one file, its rows in order. */
    void writeOne(Dataset<Row> rows, Kind kind) {
        Column[] order = Arrays.stream(rows.columns()).map(rows::col).toArray(Column[]::new);
        write(rows.repartition(1).sortWithinPartitions(order).write(), kind);
        move(parts().get(0), kind.file());
        deleteParts();
    }

    /** Makes what was written the landing's simulated files, in place of any before. */
    void publish(String mark) {
        try (OutputStream out = fileSystem.create(new Path(aside, "_SIMULATED"), true)) {
            out.write((mark + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(aside.toString(), e);
        }
        try {
            fileSystem.delete(place, true);
            rename(aside, place);
        } catch (IOException e) {
            throw unwritable(place.toString(), e);
        }
    }

    private void write(DataFrameWriter<Row> writer, Kind kind) {
        writer.format(kind.format()).options(kind.options()).save(parts.toString());
    }

    private List<Path> parts() {
        try {
            return Arrays.stream(fileSystem.listStatus(parts))
                    .map(FileStatus::getPath)
                    .filter(path -> path.getName().startsWith("part-"))
                    .toList();
        } catch (IOException e) {
            throw unwritable(parts.toString(), e);
        }
    }

    private void move(Path part, String file) {
        Path target = new Path(aside, file);
        try {
            fileSystem.mkdirs(target.getParent());
            rename(part, target);
        } catch (IOException e) {
            throw unwritable(target.toString(), e);
        }
    }

    private void rename(Path from, Path to) throws IOException {
        if (!fileSystem.rename(from, to)) {
            throw new IOException("%s could not be renamed to it".formatted(from));
        }
    }

    private void deleteParts() {
        try {
            fileSystem.delete(parts, true);
        } catch (IOException e) {
            throw unwritable(parts.toString(), e);
        }
    }

    private static Failure unwritable(String path, Exception e) {
        return Failure.tryAgain("Simulated files cannot be written to %s: %s".formatted(path, e.getMessage()));
    }
}
