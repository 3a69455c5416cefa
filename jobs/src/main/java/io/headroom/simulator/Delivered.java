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
import org.apache.spark.sql.functions;

/** The columns in which a staging table is delivered. */
final class Delivered {

    private Delivered() {}

    /**
     * All columns that a source may fill: those that are told here, the others as the rows have them, null where they do not;
     * then what else is named.
     */
    static Column[] columns(Dataset<Row> rows, Table table, Map<Field, Column> told, Column... others) {
        List<String> present = Arrays.asList(rows.columns());
        Stream<Column> columns = table.mappedFields().stream()
                .map(field -> told.getOrDefault(field, ofRows(present, field)).as(field.column()));
        return Stream.concat(columns, Stream.of(others)).toArray(Column[]::new);
    }

    private static Column ofRows(List<String> present, Field field) {
        return present.contains(field.column())
                ? field.col()
                : functions.lit(null).cast(field.spec().type().dataType());
    }
}
