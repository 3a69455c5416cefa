package io.headroom.ingest;

import io.headroom.source.Parsed;
import io.headroom.source.Records;
import io.headroom.source.Source;
import io.headroom.table.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Text files as rows, one for each record, each file read by one task. Compressed files are told by their ending. */
final class TextFiles {

    /** How many columns stand before the file's own. */
    private static final int LINEAGE = 7;

    private TextFiles() {}

    /** The records of the files, in the columns of {@link Landed}. */
    static Dataset<Row> read(SparkSession spark, Source source, List<LandedFile> files) {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var parser = new Parser(
                source, new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
        List<LandedFile> largestFirst = files.stream()
                .sorted(Comparator.comparing(LandedFile::sizeBytes).reversed().thenComparing(LandedFile::path))
                .toList();
        int tasks = Math.min(files.size(), 16 * context.defaultParallelism());
        return spark.createDataFrame(
                context.parallelize(spread(largestFirst, tasks), tasks).flatMap(parser), schema(source));
    }

    /** Orders files so that the slices of an even split are about equally large. */
    private static List<LandedFile> spread(List<LandedFile> files, int slices) {
        return IntStream.range(0, slices)
                .boxed()
                .flatMap(slice -> IntStream.iterate(slice, i -> i < files.size(), i -> i + slices)
                        .mapToObj(files::get))
                .toList();
    }

    private static StructType schema(Source source) {
        var schema = new StructType()
                .add(Landed.PATH, DataTypes.StringType)
                .add(Landed.MODIFIED_AT, DataTypes.TimestampType)
                .add(Landed.LINE, DataTypes.LongType)
                .add(Landed.RAW, DataTypes.StringType)
                .add(Landed.PROBLEM, DataTypes.StringType)
                .add(Landed.REFUSES_FILE, DataTypes.BooleanType)
                .add(Landed.QUIRKS, DataTypes.createArrayType(DataTypes.StringType));
        for (String column : source.recordColumns()) {
            schema = schema.add(column, type(source, column));
        }
        return schema;
    }

    /** The type of a column of a source's records. */
    static DataType type(Source source, String column) {
        return source.columns().ofMaps().contains(column) ? Type.LABELS.dataType() : DataTypes.StringType;
    }

    private record Parser(Source source, SerializableConfiguration hadoop) implements FlatMapFunction<LandedFile, Row> {

        @Override
        public Iterator<Row> call(LandedFile file) {
            StoredBytes stored = StoredBytes.of(file, hadoop.value());
            return new Rows(
                    file, records(file, stored), stored, source.recordColumns().size());
        }

        private Iterator<Parsed> records(LandedFile file, InputStream stored) {
            try {
                CompressionCodec codec = new CompressionCodecFactory(hadoop.value()).getCodec(new Path(file.uri()));
                InputStream in = codec == null ? stored : codec.createInputStream(stored);
                return Records.of(in, source.format(), source.options(), source.columns());
            } catch (UncheckedIOException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                return List.of(Parsed.refused("The file cannot be decompressed: " + e.getMessage()))
                        .iterator();
            }
        }
    }

    private record Rows(LandedFile file, Iterator<Parsed> records, InputStream in, int width) implements Iterator<Row> {

        @Override
        public boolean hasNext() {
            boolean hasNext = records.hasNext();
            if (!hasNext) {
                close();
            }
            return hasNext;
        }

        @Override
        public Row next() {
            Parsed record = records.next();
            @Nullable Object[] values = new Object[LINEAGE + width];
            values[0] = file.path();
            values[1] = Timestamp.from(file.modifiedAt());
            values[2] = record.line();
            values[3] = record.raw();
            values[4] = record.problem();
            values[5] = record.refusesFile();
            values[6] = record.quirks().toArray(new String[0]);
            for (int i = 0; i < record.values().size(); i++) {
                Object value = record.values().get(i);
                values[LINEAGE + i] = value instanceof Map<?, ?> map
                        ? scala.collection.immutable.Map.from(CollectionConverters.asScala(map))
                        : value;
            }
            return RowFactory.create(values);
        }

        private void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
