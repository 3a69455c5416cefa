package io.headroom.simulator;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How dirt gets into what is delivered. Which rows it meets depends on their identity alone. */
record Soiling(Noise noise, Dirt dirt) {

    private static final String COPY = "copy";

    /** Breaks some rows, each in one of several ways; a way gives some columns another value. */
    Dataset<Row> broken(Dataset<Row> rows, List<Map<String, Column>> ways, Column... identity) {
        Column way = floor(noise.draw("broken", identity).divide(dirt.bad()).multiply(ways.size()));
        return dirt.bad() == 0 ? rows : rows.withColumns(spoilt(ways, way));
    }

    /** Puts broken copies beside some rows. */
    Dataset<Row> withBrokenCopies(Dataset<Row> rows, List<Map<String, Column>> ways, Column... identity) {
        Column luck = noise.draw("broken", identity);
        Column way = floor(luck.divide(dirt.bad()).multiply(ways.size()));
        return dirt.bad() == 0
                ? rows
                : rows.union(rows.filter(luck.lt(dirt.bad())).withColumns(spoilt(ways, way)));
    }

    /** Delivers some rows twice. */
    Dataset<Row> withDuplicates(Dataset<Row> rows, Column... identity) {
        Column copies = when(noise.draw("copies", identity).lt(dirt.duplicates()), array(lit(1), lit(2)))
                .otherwise(array(lit(1)));
        return dirt.duplicates() == 0
                ? rows
                : rows.select(col("*"), explode(copies).as(COPY)).drop(COPY);
    }

    /** Puts some rows into the file after their own. */
    Dataset<Row> late(Dataset<Row> rows, Column... identity) {
        Column isLate = noise.draw("late", identity).lt(dirt.late());
        return rows.withColumn(
                Working.PERIOD.column(),
                when(isLate, Working.PERIOD.col().plus(1)).otherwise(Working.PERIOD.col()));
    }

    private static Map<String, Column> spoilt(List<Map<String, Column>> ways, Column way) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int number = 0; number < ways.size(); number++) {
            Column isThis = way.equalTo(number);
            ways.get(number)
                    .forEach((name, value) ->
                            columns.merge(name, when(isThis, value), (earlier, later) -> earlier.when(isThis, value)));
        }
        columns.replaceAll((name, value) -> value.otherwise(col(name)));
        return columns;
    }
}
