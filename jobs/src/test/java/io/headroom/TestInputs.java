package io.headroom;

import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.job.Models;
import io.headroom.setting.Settings;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Inputs that a test hands to a job: drawn tables, and models in a folder. Tables that are not drawn are empty. */
public record TestInputs(Map<Table, Dataset<Row>> tables, Path folder, Settings settings) implements Inputs, Models {

    /** After all days that tests draw, but those drawn as days to come. */
    private static final Instant AS_OF = Instant.parse("2030-01-01T00:00:00Z");

    public static final TestInputs NONE = in(Path.of(""));

    public static TestInputs in(Path folder) {
        return new TestInputs(Map.of(), folder, Settings.DEFAULT);
    }

    public TestInputs with(Table table, Dataset<Row> rows) {
        Map<Table, Dataset<Row>> more = new LinkedHashMap<>(tables);
        more.put(table, rows);
        return new TestInputs(more, folder, settings);
    }

    public TestInputs with(Settings other) {
        return new TestInputs(tables, folder, other);
    }

    /** These inputs with what jobs make of them, each of those before it. */
    public TestInputs after(Job... jobs) {
        TestInputs all = this;
        for (Job job : jobs) {
            Table table = job.writes();
            Column[] columns = table.fields().stream().map(Field::col).toArray(Column[]::new);
            List<Row> rows = all.derive(job).select(columns).collectAsList();
            all = all.with(table, rowsOf(table, rows));
        }
        return all;
    }

    /** What a job makes of these inputs. */
    public Dataset<Row> derive(Job job) {
        TestInputs all = this;
        for (Input input : job.reads()) {
            all = all.with(input.table(), rows(input.table()));
        }
        return job.derive(all);
    }

    /** Columns of what a job makes of these inputs, cells between bars, rows in order. */
    public List<String> derived(Job job, Field... columns) {
        Column[] selected = Arrays.stream(columns).map(Field::col).toArray(Column[]::new);
        return derive(job).select(selected).orderBy(selected).collectAsList().stream()
                .map(TestInputs::drawn)
                .toList();
    }

    private static String drawn(Row row) {
        return CollectionConverters.asJava(row.toSeq()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" | "));
    }

    @Override
    public Dataset<Row> rows(Table table) {
        Dataset<Row> rows = tables.get(table);
        return rows == null ? rowsOf(table, List.of()) : rows;
    }

    @Override
    public Dataset<Row> select(String query) {
        tables.forEach((table, rows) -> rows.createOrReplaceTempView(table.name()));
        TestSpark.session().sql(settings.select(AS_OF)).createOrReplaceTempView(Settings.VIEW);
        return TestSpark.session().sql(query);
    }

    @Override
    public Dataset<Row> rowsOf(Table table, List<Row> rows) {
        return TestSpark.session().createDataFrame(rows, table.schema()).coalesce(1);
    }

    @Override
    public Models models() {
        return this;
    }

    @Override
    public String save(String modelId, MLWritable model) {
        try {
            model.write().overwrite().save(folder.resolve(modelId).toUri().toString());
            return modelId;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <M> M load(String location, Function<String, M> loader) {
        return loader.apply(folder.resolve(location).toUri().toString());
    }
}
