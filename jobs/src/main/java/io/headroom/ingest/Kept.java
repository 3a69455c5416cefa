package io.headroom.ingest;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and kept until they are released. Queries over them begin with what is kept: how it is computed
 * is planned once, and not again for each of them.
 *
 * @param rows what to query
 * @param origin what computes them
 */
record Kept(Dataset<Row> rows, Dataset<Row> origin) {

    static Kept of(Dataset<Row> origin) {
        var computed = (org.apache.spark.sql.classic.Dataset<?>) origin.persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> rows = org.apache.spark.sql.classic.Dataset.ofRows(
                computed.sparkSession(), computed.queryExecution().withCachedData());
        return new Kept(rows, origin);
    }

    void release() {
        origin.unpersist();
    }
}
