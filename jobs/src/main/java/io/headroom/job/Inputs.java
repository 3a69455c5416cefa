package io.headroom.job;

import io.headroom.setting.Settings;
import io.headroom.table.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the runner hands to a derivation: each input narrowed to what the computed days need. */
public interface Inputs {

    /** The rows of a declared input. */
    Dataset<Row> rows(Table table);

    /** The result of a query in which every input stands as a view under its table's name, and settings as one. */
    Dataset<Row> select(String query);

    /** Rows made by the job itself, in a table's columns. */
    Dataset<Row> rowsOf(Table table, java.util.List<Row> rows);

    /** What the user sets; for jobs that declare to read it. */
    Settings settings();

    /** The models of the lake. */
    Models models();
}
