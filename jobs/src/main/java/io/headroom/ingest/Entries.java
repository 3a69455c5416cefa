package io.headroom.ingest;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.transform;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Lists of keys with their values, as those write maps who have none. */
final class Entries {

    private static final String KEY = "key";
    private static final String VALUE = "value";

    private Entries() {}

    static boolean is(DataType type) {
        return type instanceof ArrayType list
                && list.elementType() instanceof StructType entry
                && entry.length() == 2
                && isText(entry, 0, KEY)
                && isText(entry, 1, VALUE);
    }

    private static boolean isText(StructType entry, int place, String name) {
        return entry.fields()[place].name().equalsIgnoreCase(name)
                && entry.fields()[place].dataType() instanceof StringType;
    }

    /** Of entries with one key the last counts, as in a JSON object: a map must not have a key twice. */
    static Column asMap(Column entries) {
        Column keyed = filter(entries, entry -> entry.getField(KEY).isNotNull());
        Column keys = array_distinct(transform(keyed, entry -> entry.getField(KEY)));
        Column values = transform(keys, key -> lastOf(keyed, key).getField(VALUE));
        return map_from_arrays(keys, values);
    }

    private static Column lastOf(Column entries, Column key) {
        return element_at(filter(entries, entry -> entry.getField(KEY).equalTo(key)), lit(-1));
    }
}
