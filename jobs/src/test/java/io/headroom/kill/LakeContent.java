package io.headroom.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.runner.Pipeline;
import io.headroom.table.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Every row of every table of a lake, as text: read from Delta's log and the Parquet files that it names, without Spark, so
 * that sixty lakes are soon compared, and by nothing that wrote them.
 *
 * @param tables how often each row occurs, by table
 */
record LakeContent(Map<String, Map<String, Integer>> tables) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What tells of a run and not of the data. */
    private static final Set<String> OF_THE_RUN = Set.of("run_id", "code_version");

    private static final int SHOWN = 3;

    static LakeContent of(Path lake) throws IOException {
        Map<String, Map<String, Integer>> tables = new TreeMap<>();
        for (Table table : Pipeline.TABLES) {
            Path location = lake.resolve(table.database()).resolve(table.name());
            Map<String, Integer> rows = new HashMap<>();
            for (Map.Entry<String, String> file : files(location).entrySet()) {
                addRows(location.resolve(file.getKey()), file.getValue(), rows);
            }
            tables.put(table.qualifiedName(), rows);
        }
        return new LakeContent(tables);
    }

    /** The version of each table. */
    static Map<String, Integer> versions(Path lake) throws IOException {
        Map<String, Integer> versions = new TreeMap<>();
        for (Table table : Pipeline.TABLES) {
            Path location = lake.resolve(table.database()).resolve(table.name());
            versions.put(table.qualifiedName(), commits(location).size() - 1);
        }
        return versions;
    }

    /** How this content differs from what is expected; empty where it does not. */
    List<String> differences(LakeContent expected) {
        List<String> differences = new ArrayList<>();
        expected.tables.forEach((table, rows) -> {
            describe(table + " lacks", rows, tables.getOrDefault(table, Map.of()), differences);
            describe(table + " has", tables.getOrDefault(table, Map.of()), rows, differences);
        });
        return differences;
    }

    private static void describe(
            String what, Map<String, Integer> rows, Map<String, Integer> others, List<String> differences) {
        List<String> more = rows.entrySet().stream()
                .filter(row -> row.getValue() > others.getOrDefault(row.getKey(), 0))
                .map(row ->
                        "%d times %s".formatted(row.getValue() - others.getOrDefault(row.getKey(), 0), row.getKey()))
                .sorted()
                .toList();
        if (!more.isEmpty()) {
            differences.add("%s %d rows: %s"
                    .formatted(what, more.size(), more.stream().limit(SHOWN).toList()));
        }
    }

    /** The files of a table's newest version, with the values of their partition. */
    private static Map<String, String> files(Path location) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (Path commit : commits(location)) {
            for (String line : Files.readAllLines(commit)) {
                JsonNode action = JSON.readTree(line);
                if (action.has("remove")) {
                    files.remove(path(action.get("remove")));
                }
                if (action.has("add")) {
                    files.put(
                            path(action.get("add")),
                            action.get("add").get("partitionValues").toString());
                }
            }
        }
        return files;
    }

    private static String path(JsonNode file) {
        if (file.has("deletionVector")) {
            throw new IllegalStateException("Deletion vectors are not read here: " + file);
        }
        return URI.create(file.get("path").asText()).getPath();
    }

    /** All commits of a table from the first on, without a gap. */
    private static List<Path> commits(Path location) throws IOException {
        try (Stream<Path> files = Files.list(location.resolve("_delta_log"))) {
            List<Path> commits = files.filter(
                            file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                    .sorted()
                    .toList();
            for (int version = 0; version < commits.size(); version++) {
                if (!commits.get(version).endsWith("%020d.json".formatted(version))) {
                    throw new IllegalStateException("A commit is missing before " + commits.get(version));
                }
            }
            return commits;
        }
    }

    private static void addRows(Path file, String partition, Map<String, Integer> rows) throws IOException {
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.merge(partition + text(row), 1, Integer::sum);
            }
        }
    }

    private static String text(Group row) {
        var text = new StringBuilder();
        for (int field = 0; field < row.getType().getFieldCount(); field++) {
            String name = row.getType().getFieldName(field);
            if (!OF_THE_RUN.contains(name)) {
                for (int i = 0; i < row.getFieldRepetitionCount(field); i++) {
                    boolean isValue = row.getType().getType(field).isPrimitive();
                    text.append(' ')
                            .append(name)
                            .append('=')
                            .append(
                                    isValue
                                            ? row.getValueToString(field, i)
                                            : row.getGroup(field, i).toString());
                }
            }
        }
        return text.toString();
    }
}
