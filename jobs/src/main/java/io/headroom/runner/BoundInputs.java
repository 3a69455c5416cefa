package io.headroom.runner;

import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Models;
import io.headroom.lake.Lake;
import io.headroom.setting.Settings;
import io.headroom.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inputs of one reader, narrowed to the slice that is being computed, in a session of their own. */
final class BoundInputs implements Inputs {

    private final Lake lake;
    private final String reader;
    private final List<Input> reads;
    private final Slice slice;
    private final BiFunction<Table, Dataset<Row>, Dataset<Row>> known;
    private final Settings settings;
    private final Instant asOf;
    private boolean isBound;

    BoundInputs(
            Lake lake,
            String reader,
            List<Input> reads,
            Slice slice,
            BiFunction<Table, Dataset<Row>, Dataset<Row>> known,
            Settings settings,
            Instant asOf) {
        this.lake = lake.inOwnSession();
        this.reader = reader;
        this.reads = reads;
        this.slice = slice;
        this.known = known;
        this.settings = settings;
        this.asOf = asOf;
    }

    @Override
    public Dataset<Row> rows(Table table) {
        Input input = reads.stream()
                .filter(declared -> declared.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        reader + " does not declare that it reads " + table.qualifiedName()));
        return slice.narrowed(known.apply(table, lake.table(table).read()), input.touch());
    }

    @Override
    public Dataset<Row> select(String query) {
        bind();
        return lake.spark().sql(query);
    }

    private synchronized void bind() {
        if (!isBound) {
            reads.forEach(input ->
                    rows(input.table()).createOrReplaceTempView(input.table().name()));
            lake.spark().sql(settings.select(asOf)).createOrReplaceTempView(Settings.VIEW);
            isBound = true;
        }
    }

    @Override
    public Dataset<Row> rowsOf(Table table, List<Row> rows) {
        return lake.spark().createDataFrame(rows, table.schema()).coalesce(1);
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Models models() {
        return lake.models();
    }
}
