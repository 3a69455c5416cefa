package io.headroom.job;

import io.headroom.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A pure derivation from rows to the rows of one table. */
public interface Job {

    List<Input> reads();

    Table writes();

    /** The output, in the columns of {@link #writes()} by name. Rows of days that are not being computed are left out by the runner. */
    Dataset<Row> derive(Inputs inputs);

    /** What the derivation depends on besides its inputs; where it changes, everything is computed anew. */
    String definition();

    /** Whether the output depends on what a user sets, so that another setting computes everything anew. */
    default boolean readsSettings() {
        return false;
    }

    default String name() {
        return writes().qualifiedName();
    }

    default String stage() {
        return writes().database();
    }
}
