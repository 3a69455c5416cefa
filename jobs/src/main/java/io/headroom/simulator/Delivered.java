package io.headroom.simulator;

import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** The columns in which a staging table is delivered. */
final class Delivered {

    private Delivered() {}

    /** All columns that a source may fill: those that are told here, the others as the rows have them; then what else is named. */
    static Column[] columns(Table table, Map<Field, Column> told, Column... others) {
        Stream<Column> columns = table.mappedFields().stream()
                .map(field -> told.getOrDefault(field, field.col()).as(field.column()));
        return Stream.concat(columns, Stream.of(others)).toArray(Column[]::new);
    }
}
