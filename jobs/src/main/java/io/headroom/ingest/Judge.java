package io.headroom.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.headroom.failure.Failure;
import io.headroom.source.Source;
import io.headroom.source.Yaml;
import io.headroom.table.Field;
import io.headroom.table.Lineage;
import io.headroom.table.Rule;
import io.headroom.table.Spec;
import io.headroom.table.Table;
import io.headroom.table.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Types the rows of a SELECT and finds every reason to refuse them. */
final class Judge {

    static final String LINE = "_line";
    static final String RAW = Landed.RAW;
    static final String REASONS = "_reasons";
    static final String QUIRKS = "_quirks";
    static final String MODIFIED_AT = "_modified_at";
    static final String IS_REJECTED = "_is_rejected";
    private static final String IS_MISFIT = "_is_misfit";
    private static final String MISFITS = "_misfits";
    private static final int SHOWN_CHARACTERS = 100;
    /** A time alone would be taken for one of today. */
    private static final String WHOLE_DATE = "^\\d{4}-\\d{1,2}-\\d{1,2}";

    private final Source source;
    private final Table table;

    Judge(Source source, Table table) {
        this.source = source;
        this.table = table;
    }

    /** Has a session plan judgements: inferring constraints of so many columns and rules takes ten times the rest of it. */
    static void prepare(SparkSession session) {
        session.conf().set("spark.sql.constraintPropagation.enabled", false);
    }

    /** The rows in the table's columns and types, with their record and the reasons to refuse them, none if accepted. */
    Dataset<Row> judged(Dataset<Row> selected) {
        checkColumns(selected);
        List<Column> typed = new ArrayList<>();
        List<Column> misfits = new ArrayList<>();
        List<Column> roundings = new ArrayList<>();
        for (Field field : table.mappedFields()) {
            Column value = value(selected, field.column());
            DataType type = typeOf(selected, field.column());
            Column fitted = fitted(value, type, field.spec());
            typed.add(fitted.as(field.column()));
            misfits(field, value, type, fitted).forEach(misfits::add);
            Amounts.rounding(field, value, type).forEach(roundings::add);
        }
        misfits.add(knownAtMisfit(selected));
        Column record = col(Landed.RECORD);
        typed.add(lit(source.name()).as(Lineage.SOURCE.column()));
        typed.add(record.getField("path").as(Lineage.PATH.column()));
        typed.add(knownAt(selected).as(Lineage.KNOWN_AT.column()));
        typed.add(record.getField("line").as(LINE));
        typed.add(record.getField("raw").as(RAW));
        typed.add(record.getField("modified_at").as(MODIFIED_AT));
        typed.add(withAny(quirks(selected), roundings).as(QUIRKS));
        Column isMisfit =
                misfits.stream().map(Column::isNotNull).reduce(Column::or).orElse(lit(false));
        typed.add(isMisfit.as(IS_MISFIT));
        typed.add(reasons(isMisfit, misfits).as(MISFITS));
        return withReasons(withDay(selected.select(typed.toArray(Column[]::new))));
    }

    /** Most rows are good: whether one is bad is found without making the list of reasons. */
    private Dataset<Row> withReasons(Dataset<Row> typed) {
        List<Column> broken = broken(Rule.Severity.REFUSE);
        Column isBroken =
                broken.stream().map(Column::isNotNull).reduce(Column::or).orElse(lit(false));
        Column isRejected = col(IS_MISFIT).or(isBroken);
        return typed.withColumn(IS_REJECTED, isRejected)
                .withColumn(REASONS, concat(col(MISFITS), reasons(isBroken, broken)))
                .withColumn(RAW, when(isRejected, Landed.rawText(typed)))
                .withColumn(QUIRKS, withAny(col(QUIRKS), broken(Rule.Severity.NOTE)))
                .drop(MISFITS, IS_MISFIT);
    }

    /** The quirks of a row, with those of its notes that are not null. */
    private static Column withAny(Column quirks, List<Column> notes) {
        return notes.stream()
                .map(Column::isNotNull)
                .reduce(Column::or)
                .map(isAny -> when(isAny, concat(quirks, reasons(isAny, notes))).otherwise(quirks))
                .orElse(quirks);
    }

    private static Column reasons(Column isAny, List<Column> reasons) {
        Column none = array().cast("array<string>");
        return reasons.isEmpty()
                ? none
                : when(isAny, array_compact(array(reasons.toArray(Column[]::new))))
                        .otherwise(none);
    }

    private Dataset<Row> withDay(Dataset<Row> typed) {
        return table.daySource()
                .map(instant -> typed.withColumn(Table.DAY, to_date(instant.col())))
                .orElse(typed);
    }

    private List<Column> broken(Rule.Severity severity) {
        return table.rules(severity).stream()
                .map(rule -> when(not(expr(rule.condition())), lit(rule.name())))
                .toList();
    }

    private Column knownAt(Dataset<Row> selected) {
        Column delivered = col(Landed.RECORD).getField("modified_at");
        return coalesce(statedKnownAt(selected), delivered);
    }

    /** A known time that cannot be read is refused, not replaced by the delivery's. */
    private Column knownAtMisfit(Dataset<Row> selected) {
        Column stated = value(selected, Lineage.KNOWN_AT.column());
        return when(
                stated.isNotNull().and(statedKnownAt(selected).isNull()),
                concat(lit("known_at is not an instant: "), left(stated.cast("string"), lit(SHOWN_CHARACTERS))));
    }

    private Column statedKnownAt(Dataset<Row> selected) {
        String column = Lineage.KNOWN_AT.column();
        return fitted(value(selected, column), typeOf(selected, column), Lineage.KNOWN_AT.spec());
    }

    private static Column quirks(Dataset<Row> selected) {
        return has(selected, Landed.QUIRKS)
                ? coalesce(array_compact(col(Landed.QUIRKS)), array().cast("array<string>"))
                : array().cast("array<string>");
    }

    /** What the SELECT returns, else the constant that the source sets, else null. */
    private Column value(Dataset<Row> selected, String column) {
        String constant = source.set().get(column);
        Column fallback = lit(constant).cast("string");
        if (!has(selected, column)) {
            return fallback;
        }
        return constant == null ? col(column) : coalesce(col(column).cast("string"), fallback);
    }

    private DataType typeOf(Dataset<Row> selected, String column) {
        boolean isText = !has(selected, column) || source.set().containsKey(column);
        return isText ? DataTypes.StringType : selected.schema().apply(column).dataType();
    }

    private static boolean has(Dataset<Row> selected, String column) {
        return Arrays.asList(selected.columns()).contains(column);
    }

    private static Column fitted(Column value, DataType from, Spec spec) {
        Type to = spec.type();
        if (to == Type.STRING) {
            boolean isNested = from instanceof StructType || from instanceof MapType || from instanceof ArrayType;
            return isNested ? to_json(value) : value.cast("string");
        }
        if (to == Type.STRINGS && from instanceof StringType) {
            return when(value.startsWith("["), functions.from_json(value, Type.STRINGS.dataType()))
                    .otherwise(functions.split(value, ", *"));
        }
        if ((to == Type.COUNTS || to == Type.LABELS) && from instanceof StringType) {
            return functions.from_json(value, to.dataType());
        }
        if (to == Type.MONEY) {
            return Amounts.fitted(value, from, spec);
        }
        if (from instanceof StringType) {
            Column fitted = trim(value).try_cast(to.dataType());
            return to == Type.TIMESTAMP || to == Type.DATE ? when(trim(value).rlike(WHOLE_DATE), fitted) : fitted;
        }
        Column fitted = value.try_cast(to.dataType());
        boolean canLose = from instanceof NumericType && (to == Type.LONG || to == Type.INTEGER);
        return canLose ? when(fitted.cast(from).equalTo(value), fitted) : fitted;
    }

    private static Stream<Column> misfits(Field field, Column value, DataType from, Column fitted) {
        Stream<Column> missing = field.spec().isRequired()
                ? Stream.of(when(value.isNull(), lit(field.column() + " is missing")))
                : Stream.empty();
        boolean canMisfit = field.spec().type() != Type.STRING
                && !from.equals(field.spec().type().dataType());
        Stream<Column> misfit = canMisfit
                ? Stream.of(when(
                        value.isNotNull().and(fitted.isNull()),
                        concat(
                                lit(field.column() + " is not "
                                        + described(field.spec().type()) + ": "),
                                left(value.cast("string"), lit(SHOWN_CHARACTERS)))))
                : Stream.empty();
        Stream<Column> infinite = field.spec().type() == Type.DOUBLE
                ? Stream.of(when(isInfinite(fitted), lit(field.column() + " is not a finite number")))
                : Stream.empty();
        return Stream.of(missing, misfit, infinite).flatMap(reasons -> reasons);
    }

    private static Column isInfinite(Column number) {
        return number.isNaN().or(functions.abs(number).equalTo(Double.POSITIVE_INFINITY));
    }

    private static String described(Type type) {
        return switch (type) {
            case MONEY -> "an amount of at most 20 digits and 18 decimals";
            case LONG, INTEGER -> "a whole number";
            case DOUBLE -> "a number";
            case TIMESTAMP -> "an instant";
            case DATE -> "a date";
            case BOOLEAN -> "true or false";
            case STRING -> "text";
            case STRINGS, DOUBLES -> "a list";
            case DECIMAL -> "a number of at most 14 digits and 6 decimals";
            case COUNTS -> "a map of whole numbers";
            case LABELS -> "a JSON object";
            case DECIMALS -> "a map of numbers";
        };
    }

    private void checkColumns(Dataset<Row> selected) {
        List<String> known =
                new ArrayList<>(table.mappedFields().stream().map(Field::column).toList());
        known.addAll(List.of(Landed.RECORD, Landed.QUIRKS, Lineage.KNOWN_AT.column()));
        if (!has(selected, Landed.RECORD)) {
            throw Failure.wrongCommand(
                    ("The source %s has a SELECT that does not return `record`, by which rows are traced to their file"
                                    + " and line. Add `record`, or `min(record) AS record` beside a GROUP BY.")
                            .formatted(source.name()));
        }
        Stream.concat(Arrays.stream(selected.columns()), source.set().keySet().stream())
                .filter(column -> !known.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw Failure.wrongCommand("The source %s fills the column %s, which %s does not have.%s"
                            .formatted(source.name(), column, table.qualifiedName(), Yaml.suggestion(column, known)));
                });
        table.mappedFields().stream()
                .filter(field -> field.spec().isRequired())
                .map(Field::column)
                .filter(column -> !has(selected, column) && !source.set().containsKey(column))
                .findFirst()
                .ifPresent(column -> {
                    throw Failure.wrongCommand(
                            "The source %s does not fill %s.%s, which is required. Return it from the SELECT or `set` it."
                                    .formatted(source.name(), table.qualifiedName(), column));
                });
    }
}
