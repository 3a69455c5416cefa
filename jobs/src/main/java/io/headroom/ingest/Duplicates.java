package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.headroom.table.Field;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Tells rows whose natural key is new from those whose key is known. Of several rows with one key the one in the lake
 * counts, else the one delivered first. A hash of the key picks the suspects; only they are compared key by key.
 */
final class Duplicates {

    private static final String HASH = "_hash";
    private static final String IN_LAKE = "_in_lake";
    private static final String RANK = "_rank";
    private static final String FIRST_PATH = "_first_path";

    /** How many rows of one file are duplicates, and of which files' rows. */
    record Count(long rows, Set<String> of) {}

    private final Dataset<Row> fresh;
    private final Dataset<Row> ranked;
    private final Dataset<Row> suspects;
    private final boolean isAny;

    private Duplicates(Dataset<Row> fresh, Dataset<Row> ranked, Dataset<Row> suspects, boolean isAny) {
        this.fresh = fresh;
        this.ranked = ranked;
        this.suspects = suspects;
        this.isAny = isAny;
    }

    /**
     * Looks for duplicates.
     *
     * @param rows judged rows of sources whose rows have the table's key
     * @param history rows of the lake that could have the same keys
     */
    static Duplicates find(Table table, Dataset<Row> rows, Dataset<Row> history) {
        Column[] key = table.key().stream().map(Field::col).toArray(Column[]::new);
        Dataset<Row> hashed = rows.withColumn(HASH, xxhash64(key));
        Dataset<Row> known = history.withColumn(HASH, xxhash64(key));
        Dataset<Row> repeated =
                hashed.groupBy(HASH).agg(count(lit(1)).as("n")).filter("n > 1").select(HASH);
        Dataset<Row> delivered = known.select(HASH).join(hashed.select(HASH), HASH, "left_semi");
        Dataset<Row> suspects =
                repeated.union(delivered).distinct().persist(StorageLevel.MEMORY_AND_DISK());
        boolean isAny = !suspects.isEmpty();
        return new Duplicates(hashed, ranked(key, hashed, known, suspects), suspects, isAny);
    }

    private static Dataset<Row> ranked(
            Column[] key, Dataset<Row> hashed, Dataset<Row> known, Dataset<Row> suspects) {
        Dataset<Row> candidates = hashed.withColumn(IN_LAKE, lit(false))
                .unionByName(known.withColumn(IN_LAKE, lit(true)), true)
                .join(suspects, HASH, "left_semi");
        Column[] whole = Stream.of(hashed.columns())
                .filter(column -> !column.equals(Judge.QUIRKS))
                .map(column -> col("`" + column + "`"))
                .toArray(Column[]::new);
        WindowSpec sameKey = Window.partitionBy(key)
                .orderBy(
                        col(IN_LAKE).desc(),
                        col(Judge.MODIFIED_AT),
                        Lineage.PATH.col(),
                        col(Judge.LINE),
                        xxhash64(whole));
        return candidates
                .withColumn(RANK, row_number().over(sameKey))
                .withColumn(FIRST_PATH, first(Lineage.PATH.col()).over(sameKey))
                .filter(not(col(IN_LAKE)));
    }

    /** The rows whose key is new, each key once. */
    Dataset<Row> firsts() {
        if (!isAny) {
            return fresh.drop(HASH);
        }
        Dataset<Row> unsuspected = fresh.join(suspects, fresh.col(HASH).equalTo(suspects.col(HASH)), "left_anti");
        return unsuspected
                .drop(HASH)
                .unionByName(ranked.filter(col(RANK).equalTo(1)).drop(HASH, IN_LAKE, RANK, FIRST_PATH));
    }

    /** Duplicates by source and path. */
    Map<FileKey, Count> counts() {
        Map<FileKey, Count> counts = new HashMap<>();
        if (isAny) {
            ranked.filter(col(RANK).gt(1))
                    .groupBy(Lineage.SOURCE.col(), Lineage.PATH.col())
                    .agg(count(lit(1)), collect_set(FIRST_PATH))
                    .collectAsList()
                    .forEach(row -> counts.put(
                            new FileKey(row.getString(0), row.getString(1)),
                            new Count(row.getLong(2), Set.copyOf(row.<String>getList(3)))));
        }
        return counts;
    }

    void release() {
        suspects.unpersist();
    }
}
