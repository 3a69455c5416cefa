package io.headroom.lake;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.lit;

import io.headroom.failure.Failure;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table's declaration, against those that another version of Headroom has stored. */
record Shape(Table table) {

    /** Rows in today's columns and their order: those gained stand last in an older table, and its past lacks them. */
    Dataset<Row> of(Dataset<Row> rows) {
        List<String> stored = List.of(rows.columns());
        boolean isSame =
                stored.equals(table.fields().stream().map(Field::column).toList());
        return isSame
                ? rows
                : rows.select(table.fields().stream()
                        .map(field -> stored.contains(field.column()) ? field.col() : absent(field))
                        .toArray(Column[]::new));
    }

    /** The columns that the declaration has gained since the table was made, as SQL adds them; empty where there are none. */
    String gained(StructType stored) {
        Set<String> present = Set.of(stored.fieldNames());
        return table.fields().stream()
                .filter(field -> !present.contains(field.column()))
                .map(field -> field.column() + " " + field.spec().type().sql())
                .collect(joining(", "));
    }

    /** The columns that the declaration lets be empty and the stored table does not. */
    List<String> loosened(StructType stored) {
        return Arrays.stream(stored.fields())
                .filter(column -> !column.nullable())
                .map(StructField::name)
                .filter(name -> table.field(name)
                        .filter(field -> !field.spec().isRequired())
                        .isPresent())
                .toList();
    }

    /** Fails where the declaration cannot be met by adding columns. */
    void require(StructType stored) {
        for (StructField column : stored.fields()) {
            Optional<Field> declared = table.field(column.name());
            String type = column.dataType().sql();
            if (declared.isEmpty() && !column.nullable()) {
                throw differs(column, "does not know, and cannot leave empty");
            }
            declared.map(field -> field.spec().type().sql())
                    .filter(today -> !today.equals(type))
                    .ifPresent(today -> {
                        throw differs(column, "keeps as " + today);
                    });
        }
    }

    private Failure differs(StructField column, String how) {
        return Failure.wrongCommand(
                "The lake's table %s has a column %s (%s), which this version of Headroom %s. Use the version that wrote the lake, or name another --lake and fill it from the same landing files."
                        .formatted(
                                table.qualifiedName(),
                                column.name(),
                                column.dataType().sql(),
                                how));
    }

    private static Column absent(Field field) {
        return lit(null).cast(field.spec().type().dataType()).as(field.column());
    }
}
