package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.url_decode;
import static org.apache.spark.sql.functions.when;

import io.headroom.source.Columns;
import io.headroom.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Parquet files as rows. Footers are looked at first, so that a file cut off is told from a good one. */
final class ParquetFiles {

    /** A file's schema, or why it has none. */
    record Footer(String schema, long rows, @Nullable String problem) implements java.io.Serializable {}

    private ParquetFiles() {}

    /** The footer of each file, by path. */
    static Map<String, Footer> footers(SparkSession spark, Source source, List<LandedFile> files) {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        Columns columns = source.columns();
        int tasks = Math.min(files.size(), 4 * context.defaultParallelism());
        return context.parallelize(files, tasks)
                .mapToPair(file -> Tuple2.apply(file.path(), footer(file, columns, hadoop.value())))
                .collectAsMap();
    }

    private static Footer footer(LandedFile file, Columns columns, Configuration hadoop) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.uri()), hadoop))) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            List<String> names = schema.getFields().stream()
                    .map(org.apache.parquet.schema.Type::getName)
                    .toList();
            var present = columns.places(names).values();
            List<String> missing = columns.required().stream()
                    .filter(column -> !present.contains(column))
                    .toList();
            return missing.isEmpty()
                    ? new Footer(schema.toString(), reader.getRecordCount(), null)
                    : new Footer("", 0, "The file lacks the columns " + String.join(", ", missing) + ".");
        } catch (IOException | RuntimeException e) {
            StoredBytes.readToEnd(file, hadoop);
            String reason = file.sizeBytes() == 0
                    ? "The file is empty."
                    : "The file is not Parquet or was cut off: " + e.getMessage();
            return new Footer("", 0, reason);
        }
    }

    /** The rows of readable files, in the columns of {@link Landed}; files of one schema are read together. */
    static List<Dataset<Row>> read(
            SparkSession spark, Source source, List<LandedFile> files, Map<String, Footer> footers, String root) {
        Map<String, List<LandedFile>> bySchema = new LinkedHashMap<>();
        for (LandedFile file : files) {
            Footer footer = footers.get(file.path());
            if (footer != null && footer.problem() == null) {
                bySchema.computeIfAbsent(footer.schema(), schema -> new ArrayList<>())
                        .add(file);
            }
        }
        return bySchema.values().stream()
                .map(alike -> readAlike(spark, source, alike, root))
                .toList();
    }

    private static Dataset<Row> readAlike(SparkSession spark, Source source, List<LandedFile> files, String root) {
        Dataset<Row> rows =
                spark.read().parquet(files.stream().map(ParquetFiles::literally).toArray(String[]::new));
        Column[] own = Stream.of(rows.columns()).map(name -> col(quoted(name))).toArray(Column[]::new);
        var found = new ParquetColumns(source, rows.schema());
        Stream<Column> lineage = Stream.of(
                relativePath(root, files).as(Landed.PATH),
                col("_metadata.file_modification_time").as(Landed.MODIFIED_AT),
                col("_metadata.row_index").plus(1).as(Landed.LINE),
                raw(rows, own).as(Landed.RAW),
                lit(null).cast("string").as(Landed.PROBLEM),
                lit(false).as(Landed.REFUSES_FILE),
                found.quirks().as(Landed.QUIRKS));
        return rows.select(Stream.concat(lineage, found.values().stream()).toArray(Column[]::new));
    }

    /** The record itself, of which text is made where it is refused; text at once where records cannot be put in order. */
    private static Column raw(Dataset<Row> rows, Column[] own) {
        return RowOrdering.isOrderable(rows.schema()) ? struct(own) : to_json(struct(own));
    }

    /** The path below the root. Decoding takes longer than all else that is done with a row, and few paths need it. */
    private static Column relativePath(String root, List<LandedFile> files) {
        List<String> uris = files.stream()
                .map(file -> SparkPath.fromPath(new Path(file.uri())).urlEncoded())
                .toList();
        String first = uris.get(0);
        String rootUri = first.substring(
                0, Math.max(0, first.length() - files.get(0).path().length()));
        boolean isPlain = IntStream.range(0, uris.size())
                .allMatch(i -> uris.get(i).equals(rootUri + files.get(i).path())
                        && !uris.get(i).contains("%")
                        && !uris.get(i).contains("+"));
        Column uri = col("_metadata.file_path");
        return isPlain
                ? when(uri.startsWith(lit(rootUri)), substring(uri, rootUri.length() + 1, Integer.MAX_VALUE))
                        .otherwise(decodedPath(root))
                : decodedPath(root);
    }

    /** Spark tells files by percent-encoded URIs, with a literal plus. */
    private static Column decodedPath(String root) {
        Column decoded = url_decode(replace(col("_metadata.file_path"), lit("+"), lit("%2B")));
        Column path = regexp_replace(decoded, "^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "");
        return substring(path, lit(root.length() + 1), length(path));
    }

    /** A URI whose characters are none of a glob's. */
    private static String literally(LandedFile file) {
        return file.uri().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
