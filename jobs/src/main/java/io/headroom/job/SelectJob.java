package io.headroom.job;

import io.headroom.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A job that is one SELECT, kept as a resource beside its table's declaration: {@code <table>.sql}. */
public record SelectJob(Table writes, List<Input> reads, String definition, boolean readsSettings) implements Job {

    /** A job that reads no settings. */
    public SelectJob(Table writes, List<Input> reads, String definition) {
        this(writes, reads, definition, false);
    }

    /** The job of a table whose SELECT lies in the package of its declaration. */
    public static SelectJob of(Class<?> declaration, Table writes, Input... reads) {
        return new SelectJob(writes, List.of(reads), select(declaration, writes.name() + ".sql"));
    }

    /** The same job, whose SELECT reads the view of {@link io.headroom.setting.Settings} too. */
    public SelectJob withSettings() {
        return new SelectJob(writes, reads, definition, true);
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        return inputs.select(definition);
    }

    private static String select(Class<?> declaration, String resource) {
        try (InputStream in = declaration.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No " + resource + " beside " + declaration.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
