package io.headroom.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Type;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/** Amounts of at most 18 decimals. Those of more are refused, unless they are prices, or never had a last decimal. */
final class Amounts {

    private static final int MONEY_DECIMALS = 18;

    private Amounts() {}

    static Column fitted(Column value, DataType from, Spec spec) {
        return hasMoneyDecimals(from)
                ? value.try_cast(Type.MONEY.dataType())
                : money(value.cast("string"), spec.isRounded() || isBinary(from));
    }

    /** Exact, or null where it is not to be rounded: a number that needs more than 18 decimals is not money. */
    private static Column money(Column text, boolean isRounded) {
        Column amount = trim(text).try_cast(Type.MONEY.dataType());
        return isRounded ? amount : when(hasMoneyDecimals(text), amount);
    }

    /** A text that is too short for more, as most are, is not looked at closely. */
    private static Column hasMoneyDecimals(Column text) {
        Column isShort =
                length(text).leq(MONEY_DECIMALS).and(not(text.contains("e"))).and(not(text.contains("E")));
        return isShort.or(decimals(text).leq(MONEY_DECIMALS));
    }

    private static boolean hasMoneyDecimals(DataType type) {
        return type instanceof DecimalType decimal && decimal.scale() <= MONEY_DECIMALS;
    }

    /** Whether numbers are sums of powers of two, of which the decimals of an amount are not told to the last. */
    private static boolean isBinary(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    /** What is told of an amount that is rounded, which is null where it is not. */
    static Stream<Column> rounding(Field field, Column value, DataType from) {
        boolean canBeRounded = field.spec().isRounded() || isBinary(from);
        if (field.spec().type() != Type.MONEY || !canBeRounded || hasMoneyDecimals(from)) {
            return Stream.empty();
        }
        String told = isBinary(from) ? "is a binary fraction" : "has more than 18 decimals";
        return Stream.of(when(
                not(hasMoneyDecimals(value.cast("string"))),
                lit("%s %s, rounded to 18 decimals".formatted(field.column(), told))));
    }

    private static Column decimals(Column text) {
        Column mantissa = regexp_extract(text, "\\.(\\d*?)0*(?:[eE]|\\s*$)", 1);
        Column exponent = regexp_extract(text, "[eE]([+-]?\\d{1,3})\\s*$", 1);
        return length(mantissa).minus(coalesce(exponent.try_cast("int"), lit(0)));
    }
}
