package io.headroom.mart.cost_daily;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Amounts of charges spread over the UTC days of their periods by time. Parts are rounded to 18 places, and what rounding
 * leaves goes to the largest part, the first of equals, so that the days of a charge add up to it to the last decimal.
 *
 * <p>A period without length is an instant, all of which is of its day.
 *
 * <p>A period has parts of three sizes at most: of its first day, of its last, and of each whole day between. So what
 * rounding leaves is known without adding up days, and a charge within one day, as most are, costs next to nothing.
 */
public final class DaySpread {

    private static final long DAY_US = 86_400_000_000L;

    /** The first and last day of a charge, counted from 1970. */
    private static final String FIRST = "_first";

    private static final String LAST = "_last";
    /** How much of a charge's time lies in its first and in its last day, and all of it, in microseconds. */
    private static final String FIRST_US = "_first_us";

    private static final String LAST_US = "_last_us";
    private static final String LENGTH_US = "_length_us";
    /** The day of a part, counted from the charge's first. */
    private static final String PLACE = "_place";

    private static final Column IS_WITHIN_DAY = col(FIRST).equalTo(col(LAST));
    private static final Column DAYS_AFTER_FIRST = col(LAST).minus(col(FIRST));

    private DaySpread() {}

    /** The charges, once for each of their days, with that day and its part of some amounts. */
    public static Dataset<Row> of(Dataset<Row> charges, List<? extends Field> amounts) {
        Column days = when(IS_WITHIN_DAY, array(lit(0L))).otherwise(sequence(lit(0L), DAYS_AFTER_FIRST));
        return charges.transform(DaySpread::timed)
                .withColumns(sizes(amounts))
                .withColumns(residuals(amounts))
                .withColumn(PLACE, explode(days))
                .withColumns(parts(amounts));
    }

    /**
     * The day's part of a count of charges that are spread: as many whole ones as come by the day's end, toward 0, less those by
     * its start. So the days of a charge add up to its count, and a fraction that the count itself has is of the last.
     */
    public static Column wholePart(Column count) {
        Column byStart = by(count, col(FIRST_US).plus(col(PLACE).minus(1).multiply(DAY_US)));
        Column byEnd = by(count, col(FIRST_US).plus(col(PLACE).multiply(DAY_US)));
        return byEnd.minus(when(col(PLACE).gt(0), byStart).otherwise(0));
    }

    private static Column by(Column count, Column micros) {
        Column whole = count.cast(Type.DECIMAL.dataType());
        Column length = col(LENGTH_US).cast("decimal(18,0)");
        Column passed = least(micros, col(LENGTH_US)).cast("decimal(18,0)");
        Column part = call_function("div", whole.multiply(passed), length);
        return when(passed.lt(length), part.cast(Type.DECIMAL.dataType())).otherwise(whole);
    }

    private static Dataset<Row> timed(Dataset<Row> charges) {
        Column start = unix_micros(Cost.CHARGE_PERIOD_START.col());
        Column end = unix_micros(Cost.CHARGE_PERIOD_END.col());
        return charges.withColumn(FIRST, day(start))
                .withColumn(LAST, greatest(day(end.minus(1)), day(start)))
                .withColumn(FIRST_US, col(FIRST).plus(1).multiply(DAY_US).minus(start))
                .withColumn(LAST_US, end.minus(col(LAST).multiply(DAY_US)))
                .withColumn(LENGTH_US, greatest(end.minus(start), lit(1L)));
    }

    private static Column day(Column micros) {
        return call_function("div", micros, lit(DAY_US));
    }

    private static Map<String, Column> sizes(List<? extends Field> amounts) {
        Map<String, Column> sizes = new LinkedHashMap<>();
        for (Field amount : amounts) {
            sizes.put(ofFirst(amount), share(amount, col(FIRST_US)));
            sizes.put(ofWhole(amount), share(amount, lit(DAY_US)));
            sizes.put(ofLast(amount), share(amount, col(LAST_US)));
        }
        return sizes;
    }

    private static Column share(Field amount, Column micros) {
        Column share = micros.divide(col(LENGTH_US));
        return when(not(IS_WITHIN_DAY), money(amount.col().cast("double").multiply(share)));
    }

    private static Map<String, Column> residuals(List<? extends Field> amounts) {
        Map<String, Column> residuals = new LinkedHashMap<>();
        Column wholeDays = DAYS_AFTER_FIRST.minus(1).cast("decimal(9,0)");
        for (Field amount : amounts) {
            Column ofEnds = money(col(ofFirst(amount)).plus(col(ofLast(amount))));
            Column ofWholes = money(col(ofWhole(amount)).multiply(wholeDays));
            residuals.put(
                    residual(amount),
                    when(not(IS_WITHIN_DAY), amount.col().minus(ofEnds).minus(ofWholes)));
        }
        return residuals;
    }

    private static Map<String, Column> parts(List<? extends Field> amounts) {
        Map<String, Column> parts = new LinkedHashMap<>();
        parts.put(
                CostDaily.DAY.column(),
                date_from_unix_date(col(FIRST).plus(col(PLACE)).cast("int")));
        for (Field amount : amounts) {
            Column rounded = when(col(PLACE).equalTo(0), col(ofFirst(amount)))
                    .when(col(PLACE).equalTo(DAYS_AFTER_FIRST), col(ofLast(amount)))
                    .otherwise(col(ofWhole(amount)));
            Column settled = when(col(PLACE).equalTo(largest()), money(rounded.plus(col(residual(amount)))))
                    .otherwise(rounded);
            parts.put(amount.column(), when(IS_WITHIN_DAY, amount.col()).otherwise(settled));
        }
        return parts;
    }

    /** The place of the largest part, the first of equals: of a period of three days or more, that of its first whole day. */
    private static Column largest() {
        Column isFirstWhole = col(FIRST_US).equalTo(DAY_US);
        Column isAnyBetween = DAYS_AFTER_FIRST.gt(1);
        return when(isFirstWhole, 0)
                .when(isAnyBetween.or(col(LAST_US).gt(col(FIRST_US))), 1)
                .otherwise(0);
    }

    private static Column money(Column amount) {
        return amount.cast(Type.MONEY.dataType());
    }

    private static String ofFirst(Field amount) {
        return "_first_" + amount.column();
    }

    private static String ofWhole(Field amount) {
        return "_whole_" + amount.column();
    }

    private static String ofLast(Field amount) {
        return "_last_" + amount.column();
    }

    private static String residual(Field amount) {
        return "_residual_" + amount.column();
    }
}
