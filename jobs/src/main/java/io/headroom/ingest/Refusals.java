package io.headroom.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.headroom.source.Source;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What one ingest refuses, in the columns of {@code staging.rejected}: rows, records and whole files. */
final class Refusals {

    private static final String COPY = "_copy";

    private final SparkSession spark;
    private final Table target;
    private final String run;
    private final List<Row> files = new ArrayList<>();
    private Dataset<Row> refused;

    Refusals(SparkSession spark, Table target, String run) {
        this.spark = spark;
        this.target = target;
        this.run = run;
        this.refused = spark.createDataFrame(List.of(), Rejected.TABLE.schema());
    }

    /** Everything refused, as a dataset of a session. */
    Dataset<Row> rows(SparkSession session) {
        return session.createDataFrame(all().javaRDD(), Rejected.TABLE.schema());
    }

    /** Files are many where a whole delivery is broken, so they are rows of one dataset. */
    private Dataset<Row> all() {
        return refused.unionByName(
                spark.createDataFrame(files, Rejected.TABLE.schema()).coalesce(1));
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
                Landed.rawText(unparsable),
                array(col(Landed.PROBLEM)));
    }

    void addFile(FileKey file, String problem) {
        files.add(
                RowFactory.create(file.source(), target.name(), file.path(), null, null, new String[] {problem}, run));
    }

    /** What was refused of a file, now or earlier, is refused of its copies. */
    void addCopies(Map<FileKey, FileKey> originals, Dataset<Row> recorded) {
        List<Row> pairs = new ArrayList<>();
        originals.forEach(
                (copy, original) -> pairs.add(RowFactory.create(original.source(), original.path(), copy.path())));
        StructType schema = new StructType()
                .add(Rejected.SOURCE.column(), DataTypes.StringType)
                .add(Rejected.PATH.column(), DataTypes.StringType)
                .add(COPY, DataTypes.StringType);
        Dataset<Row> copied = recorded.unionByName(all())
                .join(
                        broadcast(spark.createDataFrame(pairs, schema)),
                        new String[] {Rejected.SOURCE.column(), Rejected.PATH.column()});
        add(copied, Rejected.SOURCE.col(), col(COPY), Rejected.LINE.col(), Rejected.RAW.col(), Rejected.REASONS.col());
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
