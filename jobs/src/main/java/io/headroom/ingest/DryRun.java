package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.headroom.failure.Failure;
import io.headroom.source.Root;
import io.headroom.source.Source;
import io.headroom.staging.Staging;
import io.headroom.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads and judges the files of a source as an ingest would, and tells what it saw; writes nothing. */
public final class DryRun {

    private static final int SHOWN = 5;

    private final SparkSession spark;
    private final Map<Root, String> roots;
    private final Consumer<String> out;

    public DryRun(SparkSession spark, Map<Root, String> roots, Consumer<String> out) {
        this.spark = spark;
        this.roots = roots;
        this.out = out;
    }

    /** Fails where the source cannot be used or some of its data would be refused. */
    public void run(Source source) {
        Table target = Staging.TARGETS.stream()
                .filter(table -> table.name().equals(source.target()))
                .findFirst()
                .orElseThrow();
        var landing = new Landing(roots, spark.sparkContext().hadoopConfiguration());
        List<LandedFile> files = landing.of(source);
        out.accept("%d files match %s".formatted(files.size(), source.files()));
        if (files.isEmpty()) {
            throw Failure.wrongCommand("No file matches %s. Correct `files` or --landing.".formatted(source.files()));
        }
        Landed landed = Landed.read(spark, source, files, landing.rootPath(source.in()));
        landed.counts().forEach(this::tellFile);
        Judge.prepare(spark);
        var judge = new Judge(source, target);
        long refused = landed.counts().values().stream()
                .mapToLong(counts -> counts.unparsable()
                        + counts.problem().map(problem -> 1L).orElse(0L))
                .sum();
        for (Dataset<Row> rows : landed.rows()) {
            refused += tellRows(judge.judged(rows));
        }
        landed.release();
        if (refused > 0) {
            throw Failure.dataRefused("Some data would be refused, as told above. Mend the mapping or the files.");
        }
    }

    private void tellFile(String path, RecordCounts counts) {
        out.accept("%s: read %d, used %d, skipped %s, unparsable %d%s"
                .formatted(
                        path,
                        counts.read(),
                        counts.used(),
                        counts.skipped(),
                        counts.unparsable(),
                        counts.problem().map(" — refused: "::concat).orElse("")));
    }

    private long tellRows(Dataset<Row> judged) {
        Dataset<Row> broken = judged.filter(col(Judge.IS_REJECTED));
        long refused = broken.count();
        out.accept("%d rows, of them %d refused".formatted(judged.count(), refused));
        judged.filter(not(col(Judge.IS_REJECTED)))
                .drop(Judge.RAW, Judge.REASONS, Judge.MODIFIED_AT, Judge.IS_REJECTED)
                .toJSON()
                .takeAsList(SHOWN)
                .forEach(row -> out.accept("  accepted " + row));
        broken.select(col("path"), col(Judge.LINE), col(Judge.REASONS), col(Judge.RAW))
                .takeAsList(SHOWN)
                .forEach(row -> out.accept("  refused %s line %s: %s: %s"
                        .formatted(row.get(0), row.get(1), String.join("; ", row.<String>getList(2)), row.get(3))));
        return refused;
    }
}
