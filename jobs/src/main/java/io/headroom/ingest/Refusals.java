package io.headroom.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.headroom.source.Source;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What one ingest refuses, in the columns of {@code staging.rejected}: rows, records and whole files. */
final class Refusals {

    private final SparkSession spark;
    private final Table target;
    private final String run;
    private Dataset<Row> refused;

    Refusals(SparkSession spark, Table target, String run) {
        this.spark = spark;
        this.target = target;
        this.run = run;
        this.refused = spark.createDataFrame(List.of(), Rejected.TABLE.schema());
    }

    /** Everything refused, as a dataset of a session. */
    Dataset<Row> rows(SparkSession session) {
        return session.createDataFrame(refused.javaRDD(), Rejected.TABLE.schema());
    }

    void addRows(Dataset<Row> rejected) {
        add(rejected, Lineage.SOURCE.col(), Lineage.PATH.col(), col(Judge.LINE), col(Judge.RAW), col(Judge.REASONS));
    }

    void addRecords(Source source, Dataset<Row> unparsable) {
        add(
                unparsable,
                lit(source.name()),
                col(Landed.PATH),
                col(Landed.LINE),
                col(Landed.RAW),
                array(col(Landed.PROBLEM)));
    }

    void addFile(FileKey file, String problem) {
        add(
                spark.range(1).toDF(),
                lit(file.source()),
                lit(file.path()),
                lit(null).cast("bigint"),
                lit(null).cast("string"),
                array(lit(problem)));
    }

    /** What was refused of a file is refused of its copy. */
    void addCopy(FileKey original, String copy, Dataset<Row> recorded) {
        Dataset<Row> ofOriginal =
                recorded.unionByName(refused).filter(Slices.filePredicate(original.source(), List.of(original.path())));
        add(
                ofOriginal,
                Rejected.SOURCE.col(),
                lit(copy),
                Rejected.LINE.col(),
                Rejected.RAW.col(),
                Rejected.REASONS.col());
    }

    private void add(Dataset<Row> rows, Column source, Column path, Column line, Column raw, Column reasons) {
        refused = refused.unionByName(rows.select(
                source.as(Rejected.SOURCE.column()),
                lit(target.name()).as(Rejected.TARGET.column()),
                path.as(Rejected.PATH.column()),
                line.as(Rejected.LINE.column()),
                raw.as(Rejected.RAW.column()),
                reasons.as(Rejected.REASONS.column()),
                lit(run).as(Rejected.RUN_ID.column())));
    }
}
