package io.headroom.staging.cost;

import io.headroom.table.Field;
import io.headroom.table.Type;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Texts of a charge by the name that a rule gives them: a column of it, a label as {@code tags.KEY}, or a column of the
 * provider's own as {@code x_NAME}.
 */
public final class ChargeText {

    private static final String EXTENSION = "x_";

    private ChargeText() {}

    /** The text, null where the charge leaves it empty; nothing where charges have none of that name. */
    public static Optional<Column> of(String name) {
        if (name.startsWith(EXTENSION)) {
            return Optional.of(label(Cost.EXTENSIONS, name));
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            return field(name, Type.STRING).map(field -> told(field.col()));
        }
        String key = name.substring(dot + 1);
        return field(name.substring(0, dot), Type.LABELS)
                .filter(field -> !key.isEmpty())
                .map(field -> label(field, key));
    }

    /** The names of columns, and of maps as {@code tags.KEY}. */
    public static List<String> names() {
        return Cost.TABLE.mappedFields().stream()
                .filter(field -> isOf(field, Type.STRING) || isOf(field, Type.LABELS))
                .map(field -> isOf(field, Type.LABELS) ? field.column() + ".KEY" : field.column())
                .toList();
    }

    /** A text; one that is empty says nothing. */
    public static Column told(Column text) {
        return functions.nullif(text, functions.lit(""));
    }

    private static Column label(Field labels, String key) {
        return told(labels.col().getItem(key));
    }

    private static Optional<Field> field(String column, Type type) {
        return Cost.TABLE.mappedFields().stream()
                .filter(field -> field.column().equals(column) && isOf(field, type))
                .findFirst();
    }

    private static boolean isOf(Field field, Type type) {
        return field.spec().type() == type;
    }
}
