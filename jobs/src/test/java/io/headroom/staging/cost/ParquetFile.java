package io.headroom.staging.cost;

import io.headroom.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Parquet as Spark writes it. */
final class ParquetFile {

    private ParquetFile() {}

    /** A file of what a query gives. */
    static byte[] of(String query) {
        return of(TestSpark.session().sql(query));
    }

    /** A file of one line of text alone. */
    static byte[] of(Map<String, String> line) {
        var schema = new StructType();
        for (String column : line.keySet()) {
            schema = schema.add(column, DataTypes.StringType);
        }
        List<Row> rows = List.of(RowFactory.create(line.values().toArray()));
        return of(TestSpark.session().createDataFrame(rows, schema));
    }

    private static byte[] of(Dataset<Row> rows) {
        try {
            Path folder = Files.createTempDirectory("headroom-parquet");
            rows.coalesce(1).write().mode("append").parquet(folder.toString());
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                Path part = deepestFirst.stream()
                        .filter(file -> file.getFileName().toString().startsWith("part-"))
                        .findFirst()
                        .orElseThrow();
                byte[] content = Files.readAllBytes(part);
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
                return content;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
