package io.headroom.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.headroom.failure.Failure;
import io.headroom.source.Format;
import io.headroom.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;

/** The records of a source's files, and the rows that its SELECT makes of them. */
final class Landed {

    static final String PATH = "path";
    static final String MODIFIED_AT = "modified_at";
    static final String LINE = "_line";
    static final String RAW = "_raw";
    private static final long LARGE_BYTES = 4 << 20;

    /** What a row keeps of its record's text. */
    private static final int KEPT_CHARACTERS = 4096;

    static final String PROBLEM = "_problem";
    static final String REFUSES_FILE = "_refuses_file";
    static final String QUIRKS = "quirks";
    static final String RECORD = "record";
    private static final String SKIPPED_BY = "_skipped_by";

    private final SparkSession spark;
    private final Source source;
    private final List<Dataset<Row>> batches;
    private final List<Kept> kept;
    private final Map<String, RecordCounts> counts;

    private Landed(
            SparkSession spark,
            Source source,
            List<Dataset<Row>> batches,
            List<Kept> kept,
            Map<String, RecordCounts> counts) {
        this.spark = spark;
        this.source = source;
        this.batches = batches;
        this.kept = kept;
        this.counts = counts;
    }

    /**
     * Reads files and counts their records.
     *
     * @param root path of the files' root, with a slash at its end
     */
    static Landed read(SparkSession spark, Source source, List<LandedFile> files, String root) {
        Map<String, RecordCounts> counts = new HashMap<>();
        files.forEach(file -> counts.put(file.path(), new RecordCounts()));
        List<Dataset<Row>> batches = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        if (files.isEmpty()) {
            return new Landed(spark, source, batches, kept, counts);
        }
        if (source.format() == Format.PARQUET) {
            Map<String, ParquetFiles.Footer> footers = ParquetFiles.footers(spark, source, files);
            footers.forEach((path, footer) -> found(of(counts, path), footer));
            ParquetFiles.read(spark, source, files, footers, root).forEach(rows -> batches.add(marked(source, rows)));
        } else {
            Dataset<Row> records = marked(source, TextFiles.read(spark, source, files));
            Kept text = Kept.of(areLarge(files) ? slim(spark, source, records) : records);
            kept.add(text);
            batches.add(text.rows());
        }
        boolean isCountedByFooters = source.format() == Format.PARQUET
                && source.skip().isEmpty()
                && source.refuse().isEmpty();
        if (!isCountedByFooters) {
            counts.values().forEach(file -> file.foundUsed(0));
            batches.forEach(batch -> countRecords(batch, counts));
        }
        return new Landed(spark, source, batches, kept, counts);
    }

    private static boolean areLarge(List<LandedFile> files) {
        return files.stream().mapToLong(LandedFile::sizeBytes).sum() > LARGE_BYTES;
    }

    /** Of records that are used what the SELECT reads, and of others what tells them; the first planning of it is worth that. */
    private static Dataset<Row> slim(SparkSession spark, Source source, Dataset<Row> records) {
        Set<String> read = ReadColumns.of(selected(spark, source, records));
        Column isUsed = col(SKIPPED_BY).isNull();
        Column[] columns = Arrays.stream(records.columns())
                .filter(name -> !source.recordColumns().contains(name) || read.contains(name))
                .map(name -> Set.of(PATH, PROBLEM, REFUSES_FILE, SKIPPED_BY).contains(name)
                        ? col(name)
                        : when(isUsed, col("`" + name + "`")).as(name))
                .toArray(Column[]::new);
        return records.select(columns);
    }

    private static void found(RecordCounts counts, ParquetFiles.Footer footer) {
        if (footer.problem() == null) {
            counts.foundUsed(footer.rows());
        } else {
            counts.refuse(footer.problem());
        }
    }

    /** The text of a record, which reading leaves as it is where text has to be made of it. */
    static Column rawText(Dataset<Row> rows) {
        return isText(rows) ? col(RAW) : to_json(col(RAW));
    }

    private static boolean isText(Dataset<Row> rows) {
        return rows.schema().apply(RAW).dataType() instanceof StringType;
    }

    /** How many records of each file were used, skipped and unparsable. */
    Map<String, RecordCounts> counts() {
        return counts;
    }

    RecordCounts counts(String path) {
        return of(counts, path);
    }

    private static RecordCounts of(Map<String, RecordCounts> counts, String path) {
        return Optional.ofNullable(counts.get(path)).orElseThrow();
    }

    /** The rows of the SELECT over the usable records. */
    List<Dataset<Row>> rows() {
        return batches.stream()
                .map(batch -> selected(
                        spark,
                        source,
                        batch.filter(col(PROBLEM).isNull())
                                .filter(col(SKIPPED_BY).isNull())
                                .filter(isOfReadableFile())))
                .toList();
    }

    /** The records that could not be parsed, in files that were not refused. */
    List<Dataset<Row>> unparsable() {
        return batches.stream()
                .map(batch -> batch.filter(col(PROBLEM).isNotNull()).filter(isOfReadableFile()))
                .toList();
    }

    void release() {
        kept.forEach(Kept::release);
    }

    /** What the SELECT makes of records; a column that it does not read may lack. */
    private static Dataset<Row> selected(SparkSession spark, Source source, Dataset<Row> batch) {
        List<Column> columns = new ArrayList<>();
        List<String> present = Arrays.asList(batch.columns());
        source.recordColumns()
                .forEach(name -> columns.add(
                        present.contains(name)
                                ? col("`" + name + "`")
                                : lit(null).cast(TextFiles.type(source, name)).as(name)));
        source.parameters()
                .forEach((name, value) -> columns.add(lit(value).cast("string").as(name)));
        columns.add(col(PATH));
        columns.add(col(MODIFIED_AT));
        columns.add(col(QUIRKS));
        columns.add(struct(
                        col(PATH),
                        col(MODIFIED_AT),
                        col(LINE).as("line"),
                        shortened(batch).as("raw"))
                .as(RECORD));
        batch.select(columns.toArray(Column[]::new)).createOrReplaceTempView("landed");
        return analysed(spark, source);
    }

    /** A record may make thousands of rows, each of which brings along what it would be refused with. */
    private static Column shortened(Dataset<Row> batch) {
        // Bytes are counted already, characters are not.
        Column isLong =
                octet_length(col(RAW)).gt(KEPT_CHARACTERS).and(length(col(RAW)).gt(KEPT_CHARACTERS));
        return isText(batch)
                ? when(isLong, concat(left(col(RAW), lit(KEPT_CHARACTERS)), lit("…")))
                        .otherwise(col(RAW))
                : col(RAW);
    }

    private static Dataset<Row> analysed(SparkSession spark, Source source) {
        try {
            return spark.sql(source.select());
        } catch (Exception e) {
            throw unusable(source, "select", e);
        }
    }

    private Column isOfReadableFile() {
        Object[] refused = counts.entrySet().stream()
                .filter(entry -> entry.getValue().problem().isPresent())
                .map(Map.Entry::getKey)
                .toArray();
        return refused.length == 0 ? lit(true) : not(col(PATH).isin(refused));
    }

    private static Dataset<Row> marked(Source source, Dataset<Row> records) {
        try {
            Dataset<Row> skipped =
                    records.withColumn(SKIPPED_BY, when(col(PROBLEM).isNull(), firstThatHolds(source.skip())));
            Column refusedBy = when(col(SKIPPED_BY).isNull(), firstThatHolds(source.refuse()));
            return skipped.withColumn(PROBLEM, coalesce(col(PROBLEM), refusedBy));
        } catch (Exception e) {
            throw unusable(source, "skip or refuse", e);
        }
    }

    /** The name of the first condition that holds. */
    private static Column firstThatHolds(Map<String, String> conditions) {
        Column name = lit(null).cast("string");
        for (Map.Entry<String, String> condition : conditions.entrySet()) {
            name = coalesce(name, when(expr(condition.getValue()), lit(condition.getKey())));
        }
        return name;
    }

    private static void countRecords(Dataset<Row> batch, Map<String, RecordCounts> counts) {
        batch.groupBy(col(PATH), col(REFUSES_FILE), col(PROBLEM).isNotNull(), col(SKIPPED_BY))
                .agg(count(lit(1)), first(PROBLEM))
                .collectAsList()
                .forEach(row -> {
                    RecordCounts file = of(counts, row.getString(0));
                    if (row.getBoolean(1)) {
                        file.refuse(row.getString(5));
                    } else if (row.getBoolean(2)) {
                        file.foundUnparsable(row.getLong(4));
                    } else if (row.isNullAt(3)) {
                        file.foundUsed(row.getLong(4));
                    } else {
                        file.foundSkipped(row.getString(3), row.getLong(4));
                    }
                });
    }

    /** Parquet brings its own types: where the SELECT knows its columns but not their types, the file is at fault. */
    private static boolean isOfFile(Source source, AnalysisException e) {
        return source.format() == Format.PARQUET && !e.getCondition().startsWith("UNRESOLVED");
    }

    private static RuntimeException unusable(Source source, String key, Exception e) {
        if (e instanceof AnalysisException analysis && !isOfFile(source, analysis)) {
            return Failure.wrongCommand(
                    "The source %s has a %s that does not fit its columns: %s"
                            .formatted(source.name(), key, analysis.getSimpleMessage()),
                    e);
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
