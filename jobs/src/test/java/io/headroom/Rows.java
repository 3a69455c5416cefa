package io.headroom;

import io.headroom.table.Table;
import io.headroom.table.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Test data drawn as a table: a header, then rows, cells between bars; an empty cell or a column left out is null. */
public final class Rows {

    private Rows() {}

    /** Rows in all columns of a table, of which the drawing names only what matters. */
    public static Dataset<Row> of(Table table, String drawing) {
        List<List<String>> lines =
                drawing.lines().filter(line -> !line.isBlank()).map(Rows::cells).toList();
        List<String> header = lines.get(0);
        header.forEach(column -> {
            if (table.field(column).isEmpty()) {
                throw new IllegalArgumentException(table.qualifiedName() + " has no column " + column);
            }
        });
        var schema = new StructType();
        for (String column : header) {
            schema = schema.add(column, DataTypes.StringType);
        }
        List<Row> rows = lines.subList(1, lines.size()).stream()
                .map(cells -> RowFactory.create(cells.toArray()))
                .toList();
        Column[] columns = table.fields().stream()
                .map(field -> {
                    Optional<String> drawn =
                            header.stream().filter(field.column()::equals).findFirst();
                    Column value = drawn.map(functions::col).orElse(functions.lit(null));
                    Column cells = drawn.isPresent() ? cells(field.spec().type(), value) : value;
                    return cells.cast(field.spec().type().dataType()).as(field.column());
                })
                .toArray(Column[]::new);
        return TestSpark.session().createDataFrame(rows, schema).select(columns);
    }

    /** Lists are drawn as {@code a, b}, maps as {@code a=1, b=2}. */
    private static Column cells(Type type, Column drawn) {
        return switch (type) {
            case STRINGS -> functions.split(drawn, ", *");
            case COUNTS, LABELS, DECIMALS -> functions.str_to_map(drawn, functions.lit(", *"), functions.lit("="));
            case STRING, BOOLEAN, INTEGER, LONG, DOUBLE, DOUBLES, MONEY, DECIMAL, DATE, TIMESTAMP -> drawn;
        };
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1))
                .map(String::strip)
                .map(cell -> cell.isEmpty() ? null : cell)
                .toList();
    }
}
