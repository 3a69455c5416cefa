package io.headroom.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.headroom.source.Columns;
import io.headroom.source.Source;
import io.headroom.source.Spelling;
import io.headroom.table.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of Parquet files of one schema: the declared ones, by whatever case they are named in, as {@link Spelling}
 * reads text; types are left as they are.
 */
final class ParquetColumns {

    private static final String FRACTION = ":\\s*-?\\d+[.eE]";
    private static final String QUOTED = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";
    /** From the last one on, what comes before a number that is the value of a member, and the number. */
    private static final String MEMBER_NUMBER =
            "\\G((?:[^\"]++|%1$s(?!\\s*+:\\s*+-?\\d))*+%1$s\\s*+:\\s*+)(-?\\d[\\d.eE+-]*+)".formatted(QUOTED);

    private final Columns columns;
    private final List<String> nulls;
    private final StructType schema;
    private final Map<String, String> named = new HashMap<>();
    private final List<Column> values = new ArrayList<>();
    private final List<String> fileQuirks = new ArrayList<>();
    private final List<Column> rowQuirks = new ArrayList<>();

    ParquetColumns(Source source, StructType schema) {
        this.columns = source.columns();
        this.nulls = source.options().nulls();
        this.schema = schema;
        List<String> names = List.of(schema.fieldNames());
        Map<String, String> places = columns.places(names);
        names.forEach(name -> tell(name, places.get(name)));
        tellNulls(names.stream()
                .filter(name -> places.containsKey(name) || columns.hasExtensions())
                .filter(this::isText)
                .toList());
        for (String column : columns.declared()) {
            values.add(value(column, named.get(column)).as(column));
        }
        if (source.recordColumns().contains(Columns.EDITION)) {
            var present = new HashSet<>(places.values());
            String edition = columns.edition(present).orElse(null);
            values.add(extensions(names, places).as(Columns.EXTENSIONS));
            values.add(lit(edition).cast("string").as(Columns.EDITION));
            values.add(lit(columns.absent(present).orElse(null)).cast("string").as(Columns.ABSENT));
            if (edition != null) {
                fileQuirks.add(Columns.told(edition));
            }
        }
    }

    /** In the order of a source's record. */
    List<Column> values() {
        return values;
    }

    /** What is odd of all records, and of some. */
    Column quirks() {
        Column all = array(fileQuirks.stream().map(functions::lit).toArray(Column[]::new))
                .cast("array<string>");
        return rowQuirks.stream()
                .map(Column::isNotNull)
                .reduce(Column::or)
                .map(isAny -> when(
                                isAny,
                                array_distinct(concat(all, array_compact(array(rowQuirks.toArray(Column[]::new))))))
                        .otherwise(all))
                .orElse(all);
    }

    private void tell(String name, @Nullable String column) {
        if (column != null) {
            named.put(column, name);
            if (!column.equals(name)) {
                fileQuirks.add(Columns.inOtherCase(name, column));
            }
        } else if (!columns.isExtension(name)) {
            fileQuirks.add(Columns.undeclared(name));
        }
    }

    private void tellNulls(List<String> texts) {
        Object[] values =
                texts.stream().map(name -> col(ParquetFiles.quoted(name))).toArray();
        for (String literal : nulls) {
            if (values.length > 0 && !literal.isEmpty()) {
                rowQuirks.add(when(lit(literal).isin(values), lit(Columns.literal(literal))));
            }
        }
    }

    private boolean isText(String name) {
        return schema.apply(name).dataType() instanceof StringType;
    }

    /** The value of a column as it is, but texts that stand for null are null. */
    private Column told(String name) {
        Column value = col(ParquetFiles.quoted(name));
        if (!isText(name)) {
            return value;
        }
        Object[] none = Stream.concat(Stream.of(""), nulls.stream()).distinct().toArray();
        return when(not(value.isin(none)), value);
    }

    private Column value(String column, @Nullable String name) {
        if (name == null) {
            String type = columns.ofMaps().contains(column) ? Type.LABELS.sql() : "string";
            return lit(null).cast(type);
        }
        Column value = told(name);
        DataType type = schema.apply(name).dataType();
        if (columns.maps().contains(column)) {
            return labels(column, value, type);
        }
        if (!isText(name)) {
            boolean isWithoutZone = type instanceof TimestampNTZType || type instanceof DateType;
            if (isWithoutZone && columns.instants().contains(column)) {
                rowQuirks.add(when(value.isNotNull(), lit(Spelling.ZONE_QUIRK)));
            }
            return value;
        }
        if (columns.amounts().contains(column)) {
            return amount(value);
        }
        if (columns.instants().contains(column)) {
            return instant(value);
        }
        List<String> words = columns.words().get(column);
        return words == null ? value : word(column, value, words);
    }

    private Column amount(Column text) {
        Column isDressed = not(text.rlike("^[0-9.eE+-]*$")).and(text.rlike(Spelling.DRESSED_AMOUNT));
        rowQuirks.add(when(isDressed, lit(Spelling.AMOUNT_QUIRK)));
        return when(isDressed, regexp_replace(text, "[\\p{Sc},\\s]", "")).otherwise(text);
    }

    private Column instant(Column text) {
        Column isPlain = text.endsWith("Z");
        Column isDate = text.rlike(Spelling.SLASH_DATE);
        Column date = columns.dates().isEmpty() ? text : isoDate(text);
        rowQuirks.add(when(
                not(isPlain),
                when(isDate, lit(Spelling.dateQuirk(columns)))
                        .when(not(text.rlike(Spelling.ZONED)), lit(Spelling.ZONE_QUIRK))));
        return when(isPlain, text).when(isDate, date).otherwise(text);
    }

    private Column isoDate(Column text) {
        int monthAt = columns.isDayFirst() ? 2 : 1;
        Column year = regexp_extract(text, Spelling.SLASH_DATE, 3);
        Column month = lpad(regexp_extract(text, Spelling.SLASH_DATE, monthAt), 2, "0");
        Column day = lpad(regexp_extract(text, Spelling.SLASH_DATE, 3 - monthAt), 2, "0");
        Column century = when(functions.length(year).equalTo(2), lit("20")).otherwise(lit(""));
        return concat(century, year, lit("-"), month, lit("-"), day, lit("T00:00:00Z"));
    }

    private Column word(String column, Column text, List<String> words) {
        Column[] folded = words.stream()
                .flatMap(word -> Stream.of(lit(word.toLowerCase(Locale.ROOT)), lit(word)))
                .toArray(Column[]::new);
        Column isKnown = text.isin(words.toArray());
        rowQuirks.add(when(not(isKnown), concat(lit(column + " "), left(text, lit(100)))));
        Column inOtherCase = element_at(functions.map(folded), lower(trim(text)));
        return when(isKnown, text).otherwise(coalesce(inOtherCase, text));
    }

    private Column labels(String column, Column value, DataType type) {
        if (type instanceof MapType map
                && map.keyType() instanceof StringType
                && map.valueType() instanceof StringType) {
            return value;
        }
        Column labels =
                Entries.is(type) ? Entries.asMap(value) : ofJson(type instanceof StringType ? value : to_json(value));
        rowQuirks.add(when(value.isNotNull().and(labels.isNull()), lit(Spelling.noObject(column))));
        return labels;
    }

    /** Fractions are quoted first: else they would be read in double. */
    private static Column ofJson(Column text) {
        Column exact = when(text.rlike(FRACTION), regexp_replace(text, MEMBER_NUMBER, "$1\"$2\""))
                .otherwise(text);
        return from_json(exact, Type.LABELS.dataType());
    }

    private Column extensions(List<String> names, Map<String, String> places) {
        Column[] entries = names.stream()
                .filter(name -> !places.containsKey(name))
                .flatMap(name -> Stream.of(lit(name), text(name)))
                .toArray(Column[]::new);
        if (entries.length == 0) {
            return lit(null).cast(Type.LABELS.sql());
        }
        Column kept = map_filter(functions.map(entries), (name, value) -> value.isNotNull());
        return when(functions.size(kept).gt(0), kept);
    }

    private Column text(String name) {
        Column value = told(name);
        DataType type = schema.apply(name).dataType();
        boolean isNested = type instanceof StructType || type instanceof MapType;
        return isNested || type instanceof ArrayType ? to_json(value) : value.cast("string");
    }
}
