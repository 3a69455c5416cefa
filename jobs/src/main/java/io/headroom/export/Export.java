package io.headroom.export;

import static java.util.Comparator.comparing;

import io.headroom.failure.Failure;
import io.headroom.lake.Location;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;
import scala.math.BigInt;

/**
 * Rows written as files into a folder of their own, which holds all of them or is left as it was.
 *
 * @param target where they go
 * @param mayReplace whether what an earlier export wrote there gives way
 * @param isForSpreadsheets whether a spreadsheet may open a CSV: text that looks like a formula is made plain
 */
public record Export(Location target, Format format, boolean mayReplace, boolean isForSpreadsheets) {

    /** What Spark expects to read for an output of one file. */
    private static final BigInt SMALL = BigInt.apply(256L << 20);

    /** What was written. */
    public record Written(long rows, int files, String folder) {}

    /** Writes rows as they were selected. */
    public Written write(Selected selected) {
        try {
            var folder = new ExportFolder(target);
            folder.prepare(mayReplace);
            try {
                long rows = format == Format.CSV ? csv(folder, selected) : parquet(folder, selected.rows());
                Marker marker = selected.marker(folder.files());
                folder.publish(marker);
                return new Written(rows, marker.files().size(), target.path().toString());
            } finally {
                folder.abandon();
            }
        } catch (IOException e) {
            throw Failure.tryAgain(
                    "%s cannot be written: %s. See that there is room and that it may be written, and run the same command again."
                            .formatted(target.path(), e.getMessage()));
        }
    }

    private long csv(ExportFolder folder, Selected selected) throws IOException {
        try (OutputStream out = folder.create(selected.name() + ".csv")) {
            return new CsvFile(isForSpreadsheets).write(sorted(selected.rows()), out);
        }
    }

    /** The same rows give the same file, as far as columns tell them apart by which rows can be sorted. */
    private static Dataset<Row> sorted(Dataset<Row> rows) {
        return rows.sort(Arrays.stream(rows.schema().fields())
                .filter(field -> !(field.dataType() instanceof MapType))
                .sorted(comparing(field -> !field.name().equals("day")))
                .map(field -> functions.col(field.name()))
                .toArray(Column[]::new));
    }

    private static long parquet(ExportFolder folder, Dataset<Row> rows) {
        boolean isSmall =
                rows.queryExecution().optimizedPlan().stats().sizeInBytes().compare(SMALL) <= 0;
        // Spark's own default, INT96, is deprecated and tells no zone.
        rows.sparkSession().conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        String filled = folder.filled().toString();
        (isSmall ? rows.coalesce(1) : rows).write().mode("overwrite").parquet(filled);
        return rows.sparkSession().read().parquet(filled).count();
    }
}
