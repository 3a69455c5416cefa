package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;

import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judged rows, whole and in outline. What is kept is kept until it is released.
 *
 * @param rows all columns
 * @param outlines of each row its place, its verdict, its day and what tells its duplicates
 * @param kept whichever of both is kept
 */
record Judged(Dataset<Row> rows, Dataset<Row> outlines, Kept kept) {

    /** Rows that are kept whole: their files are read once. */
    static Judged whole(Table target, Dataset<Row> rows) {
        Kept kept = Kept.of(rows);
        return new Judged(kept.rows(), outlines(target, kept.rows()), kept);
    }

    /** Rows that are kept in outline and read again to be written, which takes less than to keep them all. */
    static Judged inOutline(Table target, Dataset<Row> rows) {
        Kept kept = Kept.of(outlines(target, rows));
        return new Judged(rows, kept.rows(), kept);
    }

    private static Dataset<Row> outlines(Table target, Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>(List.of(
                Lineage.SOURCE.col(),
                Lineage.PATH.col(),
                col(Judge.LINE),
                col(Judge.RAW),
                col(Judge.REASONS),
                col(Judge.QUIRKS),
                col(Judge.MODIFIED_AT),
                col(Judge.IS_REJECTED)));
        if (target.isPartitionedByDay()) {
            columns.add(col(Table.DAY));
        }
        if (!target.key().isEmpty()) {
            columns.addAll(List.of(Duplicates.keyed(target)));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** In how many pieces the rows lie. */
    int pieces() {
        return kept.rows().rdd().getNumPartitions();
    }

    void release() {
        kept.release();
    }
}
