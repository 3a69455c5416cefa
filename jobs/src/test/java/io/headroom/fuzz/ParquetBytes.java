package io.headroom.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A Parquet file in memory. */
final class ParquetBytes implements OutputFile {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ParquetBytes() {}

    /** A file of these columns; each has a type. */
    static byte[] of(
            List<String> columns, List<ColumnType> types, List<List<String>> rows, CompressionCodecName codec) {
        Type[] declared = new Type[columns.size()];
        for (int i = 0; i < declared.length; i++) {
            declared[i] = types.get(i).declared(columns.get(i));
        }
        var schema = new MessageType("fuzzed", declared);
        var file = new ParquetBytes();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withCompressionCodec(codec)
                .build()) {
            for (List<String> row : rows) {
                var group = new SimpleGroup(schema);
                for (int i = 0; i < declared.length; i++) {
                    types.get(i).add(group, columns.get(i), row.get(i));
                }
                writer.write(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.bytes.toByteArray();
    }

    @Override
    public PositionOutputStream create(long blockSize) {
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return bytes.size();
            }

            @Override
            public void write(int b) {
                bytes.write(b);
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}
