package io.headroom.table;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the lake, declared once. Its DDL, quarantine, data dictionary and test fixtures derive from here.
 *
 * @param database staging, mart or forecast
 * @param name a noun; together with the database it is the table's identity
 * @param grain what one row stands for
 * @param fields columns in order, lineage and partition column included
 * @param key the natural key, empty where rows have none
 * @param daySource the timestamp whose UTC day partitions the table, where staging derives the day
 * @param isByDay whether each row is of one day, its column {@code day}, so that whole days are replaced
 * @param isPartitionedByDay whether each day has files of its own besides; for tables of many rows a day
 */
public record Table(
        String database,
        String name,
        String grain,
        List<Field> fields,
        List<Field> key,
        List<Rule> rules,
        Optional<Field> daySource,
        boolean isByDay,
        boolean isPartitionedByDay) {

    /** The column of every table by day. */
    public static final String DAY = "day";

    private static final Set<Field> ALWAYS_INDEXED = Set.of(Lineage.SOURCE, Lineage.PATH);

    public Table {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
        rules = List.copyOf(rules);
    }

    /** A table of facts that sources deliver; every row carries its lineage. */
    public static Builder staging(String name) {
        return new Builder("staging", name, List.of(Lineage.values()));
    }

    /** A table in which the runner keeps record of what it read. */
    public static Builder record(String name) {
        return new Builder("staging", name, List.of());
    }

    public static Builder mart(String name) {
        return new Builder("mart", name, List.of());
    }

    public static Builder forecast(String name) {
        return new Builder("forecast", name, List.of());
    }

    /** The rules of one severity. */
    public List<Rule> rules(Rule.Severity severity) {
        return rules.stream().filter(rule -> rule.severity() == severity).toList();
    }

    public String qualifiedName() {
        return database + "." + name;
    }

    /** The columns that a source may fill: all but lineage and the derived day. */
    public List<Field> mappedFields() {
        return fields.stream()
                .filter(field -> !(field instanceof Lineage) && !(field instanceof StagingDay))
                .toList();
    }

    public Optional<Field> field(String column) {
        return fields.stream().filter(field -> field.column().equals(column)).findFirst();
    }

    public StructType schema() {
        var schema = new StructType();
        for (Field field : fields) {
            schema = schema.add(
                    field.column(),
                    field.spec().type().dataType(),
                    !field.spec().isRequired(),
                    field.spec().doc());
        }
        return schema;
    }

    /** Creates the Delta table at a location if there is none. */
    public String ddl(String location) {
        String columns = fields.stream().map(Table::columnDdl).collect(joining(",\n  "));
        String partitioning = isPartitionedByDay ? "\nPARTITIONED BY (" + DAY + ")" : "";
        return "CREATE TABLE IF NOT EXISTS delta.`%s` (\n  %s\n)\nUSING delta%s\nCOMMENT '%s'%s"
                .formatted(location, columns, partitioning, quoted("One row: " + grain + "."), properties());
    }

    /** Statistics cost time on every write, so only columns that queries filter by have them. */
    private String properties() {
        Stream<Field> days = fields.stream().filter(field -> isByDay && !isPartitionedByDay && isDay(field));
        List<String> indexed = Stream.of(key.stream(), fields.stream().filter(ALWAYS_INDEXED::contains), days)
                .flatMap(found -> found)
                .filter(field -> field.spec().type() != Type.STRINGS)
                .map(Field::column)
                .distinct()
                .toList();
        return indexed.isEmpty()
                ? ""
                : "\nTBLPROPERTIES ('delta.dataSkippingStatsColumns' = '%s')".formatted(String.join(",", indexed));
    }

    private static boolean isDay(Field field) {
        return field.column().equals(DAY);
    }

    private static String columnDdl(Field field) {
        return "%s %s%s COMMENT '%s'"
                .formatted(
                        field.column(),
                        field.spec().type().sql(),
                        field.spec().isRequired() ? " NOT NULL" : "",
                        quoted(field.spec().doc()));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Declares a table. */
    public static final class Builder {
        private final String database;
        private final String name;
        private final List<? extends Field> lineage;
        private final List<Field> fields = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        private String grain = "";
        private List<Field> key = List.of();
        private Optional<Field> daySource = Optional.empty();
        private boolean isByDay;
        private boolean isPartitionedByDay;

        private Builder(String database, String name, List<? extends Field> lineage) {
            this.database = database;
            this.name = name;
            this.lineage = lineage;
        }

        /** One row is one what. */
        public Builder grain(String what) {
            this.grain = what;
            return this;
        }

        public Builder fields(Field... columns) {
            fields.addAll(Arrays.asList(columns));
            return this;
        }

        public Builder key(Field... columns) {
            key = List.of(columns);
            return this;
        }

        /** Rows that break it are refused. */
        public Builder rule(String rule, String condition) {
            rules.add(new Rule(rule, condition, Rule.Severity.REFUSE));
            return this;
        }

        /** Rows that break one are judged by its severity. */
        public Builder rules(List<Rule> more) {
            rules.addAll(more);
            return this;
        }

        /** Partitions a staging table by the UTC day of an instant, which must be a plausible one. */
        public Builder partitionedByDayOf(Field instant) {
            daySource = Optional.of(instant);
            return partitionedByDay().plausible(instant);
        }

        /** An instant that days are counted from or to: between 2000 and 2100. */
        public Builder plausible(Field instant) {
            return rule(
                    instant.column() + " is not between 2000 and 2100",
                    "%1$s >= TIMESTAMP'2000-01-01' AND %1$s < TIMESTAMP'2100-01-01'".formatted(instant.column()));
        }

        /** Each row is of the day in its column {@code day}; many days share a file. */
        public Builder byDay() {
            isByDay = true;
            return this;
        }

        /** The same, with files of its own for each day. */
        public Builder partitionedByDay() {
            isPartitionedByDay = true;
            return byDay();
        }

        public Table build() {
            fields.addAll(lineage);
            daySource.ifPresent(instant -> fields.add(StagingDay.DAY));
            return new Table(database, name, grain, fields, key, rules, daySource, isByDay, isPartitionedByDay);
        }
    }

    /** The derived partition column of staging tables. */
    private enum StagingDay implements Field {
        DAY;

        @Override
        public Spec spec() {
            return Spec.date("UTC day of the row; the table is partitioned by it.")
                    .required();
        }
    }
}
