package io.headroom.simulator;

import io.headroom.table.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows that are known without computing: one for each item, in columns that are functions of it. */
final class LocalRows<T> {

    private final List<Function<T, ? extends @Nullable Object>> values = new ArrayList<>();
    private StructType schema = new StructType();

    LocalRows<T> with(Working column, Function<T, ? extends @Nullable Object> value) {
        return with(column.column(), column.type(), value);
    }

    /** A staging column as text. */
    LocalRows<T> text(Field field, Function<T, ? extends @Nullable Object> value) {
        return with(field.column(), DataTypes.StringType, item -> text(value.apply(item)));
    }

    Dataset<Row> of(SparkSession spark, List<T> items) {
        List<Row> rows = items.stream().map(this::row).toList();
        return spark.createDataFrame(rows, schema);
    }

    private LocalRows<T> with(String column, DataType type, Function<T, ? extends @Nullable Object> value) {
        schema = schema.add(column, type);
        values.add(value);
        return this;
    }

    private Row row(T item) {
        return RowFactory.create(values.stream().map(value -> value.apply(item)).toArray());
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
    }
}
