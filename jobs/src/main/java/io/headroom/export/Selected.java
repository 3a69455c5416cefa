package io.headroom.export;

import io.headroom.failure.Failure;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows to be exported.
 *
 * @param name of what: a table, or {@code focus}
 * @param versions the versions of the tables that they come from
 * @param code version of Headroom
 */
public record Selected(String name, Dataset<Row> rows, Optional<Days> days, Map<String, Long> versions, String code) {

    /** Some days, the last one inclusive. */
    public record Days(LocalDate from, LocalDate to) {

        Dataset<Row> of(Dataset<Row> rows) {
            return rows.filter(functions.col(Table.DAY).between(from, to));
        }
    }

    /** The rows of a table, all or of some days. */
    public static Selected table(Lake lake, Table table, Optional<Days> days, String code) {
        if (days.isPresent() && table.field(Table.DAY).isEmpty()) {
            throw Failure.wrongCommand(
                    "%s has no days: leave out --from and --to to export all of it.".formatted(table.qualifiedName()));
        }
        LakeTable stored = lake.table(table);
        long version = stored.version();
        Dataset<Row> rows = stored.readVersion(version);
        return new Selected(
                table.qualifiedName(),
                days.map(some -> some.of(rows)).orElse(rows),
                days,
                Map.of(table.qualifiedName(), version),
                code);
    }

    /** FOCUS Cost and Usage lines of what the marts say of cost. */
    public static Selected focus(Lake lake, Optional<Days> days, String code) {
        Lake own = lake.inOwnSession();
        Map<String, Long> versions = new TreeMap<>();
        for (Table table : FocusLines.READS) {
            LakeTable stored = own.table(table);
            versions.put(table.qualifiedName(), stored.version());
            stored.readVersion(versions.get(table.qualifiedName())).createOrReplaceTempView(table.name());
        }
        Dataset<Row> lines = own.spark().sql(FocusLines.SELECT);
        return new Selected(
                "focus", days.map(some -> some.of(lines)).orElse(lines).drop(Table.DAY), days, versions, code);
    }

    Marker marker(List<String> files) {
        String asked =
                days.map(some -> "%s to %s".formatted(some.from(), some.to())).orElse("all");
        return new Marker(name, asked, code, versions, files);
    }
}
