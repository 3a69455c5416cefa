package io.headroom.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tells rows whose natural key is known from those whose key is new. Of several rows with one key the one in the lake
 * counts, else the one delivered first. Keys are compared by 128 bits of hash, so that whole rows need not move.
 */
final class Duplicates {

    private static final String HASH = "_hash";
    private static final String CHECK = "_check";
    private static final String IN_LAKE = "_in_lake";
    private static final String RANK = "_rank";
    private static final String FIRST_SOURCE = "_first_source";
    private static final String FIRST_PATH = "_first_path";
    private static final String FIRST_LINE = "_first_line";
    private static final String FIRST_IN_LAKE = "_first_in_lake";
    private static final List<String> PLACE = List.of("source", "path", Judge.LINE, HASH, CHECK);

    /** More duplicates than this are joined by shuffling, not by sending them everywhere. */
    private static final long MOST_BROADCAST = 500_000;

    /** How many rows of one file are duplicates, and of which files' rows. */
    record Count(long rows, Set<String> of) {}

    private final Kept kept;
    private final Dataset<Row> duplicates;
    private final long found;

    private Duplicates(Kept kept) {
        this.kept = kept;
        this.duplicates = kept.rows();
        this.found = duplicates.count();
    }

    /** The columns by which rows are compared and found again, for {@link #find}. A hash skips nulls, so it takes their place too. */
    static Column[] keyed(Table table) {
        Column[] key = table.key().stream()
                .flatMap(field -> field.spec().isRequired()
                        ? Stream.of(field.col())
                        : Stream.of(field.col(), field.col().isNull()))
                .toArray(Column[]::new);
        Column[] salted =
                Stream.concat(Stream.of(lit(table.name())), Stream.of(key)).toArray(Column[]::new);
        return new Column[] {xxhash64(key).as(HASH), xxhash64(salted).as(CHECK)};
    }

    /**
     * Looks for duplicates.
     *
     * @param rows outlines of judged rows of sources whose rows have the table's key
     * @param history rows of the lake that could have the same keys
     */
    static Duplicates find(Table table, Dataset<Row> rows, Dataset<Row> history) {
        Column[] columns = Stream.concat(Stream.of(Lineage.SOURCE.col(), Lineage.PATH.col()), Stream.of(keyed(table)))
                .toArray(Column[]::new);
        Dataset<Row> known = history.select(columns);
        Dataset<Row> outlines = rows.select(Stream.concat(PLACE.stream(), Stream.of(Judge.MODIFIED_AT))
                .map(name -> col(name))
                .toArray(Column[]::new));
        Dataset<Row> repeated = outlines.groupBy(HASH)
                .agg(count(lit(1)).as("n"))
                .filter("n > 1")
                .select(HASH);
        Dataset<Row> delivered = known.select(HASH).join(outlines.select(HASH), HASH, "left_semi");
        Dataset<Row> suspects = repeated.union(delivered).distinct();
        Dataset<Row> candidates = outlines.withColumn(IN_LAKE, lit(false))
                .unionByName(known.withColumn(IN_LAKE, lit(true)), true)
                .join(suspects, HASH, "left_semi");
        WindowSpec sameKey = Window.partitionBy(HASH, CHECK)
                .orderBy(
                        col(IN_LAKE).desc(),
                        col(Judge.MODIFIED_AT),
                        Lineage.PATH.col(),
                        Lineage.SOURCE.col(),
                        col(Judge.LINE));
        Dataset<Row> ranked = candidates
                .withColumn(RANK, row_number().over(sameKey))
                .withColumn(FIRST_IN_LAKE, first(col(IN_LAKE)).over(sameKey))
                .withColumn(FIRST_SOURCE, first(Lineage.SOURCE.col()).over(sameKey))
                .withColumn(FIRST_PATH, first(Lineage.PATH.col()).over(sameKey))
                .withColumn(FIRST_LINE, first(col(Judge.LINE)).over(sameKey));
        return new Duplicates(
                Kept.of(ranked.filter(not(col(IN_LAKE)).and(col(RANK).gt(1)))));
    }

    /** Of judged rows with their hashes those whose key is new, each key once. */
    Dataset<Row> firsts(Dataset<Row> hashed) {
        if (found == 0) {
            return hashed;
        }
        Column isBesideItsFirst = not(col(FIRST_IN_LAKE))
                .and(Lineage.SOURCE.col().eqNullSafe(col(FIRST_SOURCE)))
                .and(Lineage.PATH.col().eqNullSafe(col(FIRST_PATH)))
                .and(col(Judge.LINE).eqNullSafe(col(FIRST_LINE)));
        Dataset<Row> elsewhere = duplicates.filter(not(isBesideItsFirst));
        Dataset<Row> beside = duplicates.filter(isBesideItsFirst);
        Dataset<Row> firsts = hashed.join(small(elsewhere), columns(), "left_anti");
        if (beside.isEmpty()) {
            return firsts;
        }
        Dataset<Row> repeated =
                firsts.join(small(beside), columns(), "left_semi").dropDuplicates(HASH, CHECK);
        return firsts.join(small(beside), columns(), "left_anti").unionByName(repeated);
    }

    private Dataset<Row> small(Dataset<Row> rows) {
        Dataset<Row> places = rows.select(PLACE.stream().map(name -> col(name)).toArray(Column[]::new))
                .distinct();
        return found <= MOST_BROADCAST ? broadcast(places) : places;
    }

    private static scala.collection.immutable.Seq<String> columns() {
        return scala.jdk.javaapi.CollectionConverters.asScala(PLACE).toSeq();
    }

    /** Duplicates by source and path. */
    Map<FileKey, Count> counts() {
        Map<FileKey, Count> counts = new HashMap<>();
        if (found > 0) {
            duplicates
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
        kept.release();
    }
}
