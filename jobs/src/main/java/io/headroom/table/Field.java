package io.headroom.table;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A column of a table. Each table's fields are the constants of one enum, so that columns are compiled, not spelled. */
public interface Field {

    String name();

    Spec spec();

    /** The column's name in the lake: the constant's, in lower case. */
    default String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    default Column col() {
        return functions.col(column());
    }
}
