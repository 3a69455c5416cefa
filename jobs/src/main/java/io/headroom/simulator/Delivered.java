package io.headroom.simulator;

import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns in which a staging table is delivered. */
final class Delivered {

    private Delivered() {}

    /**
     * The columns that a source may fill: those that are told here, of the others those that the rows have; then what else is
     * named.
     */
    static Column[] columns(Dataset<Row> rows, Table table, Map<Field, Column> told, Column... others) {
        List<String> had = Arrays.asList(rows.columns());
        Stream<Column> columns = table.mappedFields().stream()
                .filter(field -> told.containsKey(field) || had.contains(field.column()))
                .map(field -> told.getOrDefault(field, field.col()).as(field.column()));
        return Stream.concat(columns, Stream.of(others)).toArray(Column[]::new);
    }
}
