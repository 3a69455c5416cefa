package io.headroom.fuzz;

import io.headroom.source.Format;
import io.headroom.source.Source;
import java.util.List;

/**
 * A good file, before it is written.
 *
 * @param columns the names of its cells
 * @param rows its records; all of them are accepted
 * @param isRowPerRecord whether each record makes one row; else the whole file makes one
 */
record Seed(Source source, List<String> columns, List<List<String>> rows, boolean isRowPerRecord) {

    /** How many rows it gives. */
    int rowCount() {
        return isRowPerRecord ? rows.size() : 1;
    }

    /** Whether records of one identity make one row together. */
    boolean isMerging() {
        return !isRowPerRecord || source.select().contains("GROUP BY");
    }

    /** Whether what breaks between two records costs the whole file. */
    boolean isDocument() {
        return source.format() == Format.JSON_DOCUMENT;
    }

    /** Whether each cell has its name beside it. */
    boolean isJson() {
        return source.format() == Format.JSON || isDocument();
    }

    /** How many rows it could give if some of its records were others: samples that are told apart make rows of their own. */
    int mostRows() {
        return isRowPerRecord || source.recordColumns().contains("metric") ? rows.size() : 1;
    }

    /** Whether the file is one document, which a fault anywhere refuses. */
    boolean isOneDocument() {
        return source.format() == Format.PROMETHEUS_API;
    }

    boolean isText() {
        return source.format() != Format.PARQUET;
    }

    boolean hasHeader() {
        return source.format() == Format.CSV && source.options().hasHeader();
    }

    boolean isRequired(String column) {
        return source.columns().required().contains(column);
    }
}
