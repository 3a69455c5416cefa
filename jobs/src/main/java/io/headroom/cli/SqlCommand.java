package io.headroom.cli;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.headroom.failure.Failure;
import io.headroom.lake.Lake;
import io.headroom.lake.Queries;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A query, as CSV. */
@Command(
        name = "sql",
        description = "Runs one SELECT over the lake's tables and prints CSV with a header, nothing else.")
final class SqlCommand implements Callable<Integer> {

    /** Class of SQL states such as division by zero. */
    private static final String DATA_EXCEPTION = "22";

    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Parameters(paramLabel = "SELECT", description = "As in \"SELECT * FROM mart.cost_per_token_daily\".")
    private String query = "";

    SqlCommand(Clock clock, Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        workspace.refuseAsOf("sql");
        Lake lake = workspace.lake(workspace.session());
        Dataset<Row> result = Queries.text(Queries.select(lake, query));
        console.line(csv(result.columns()));
        try {
            print(result);
        } catch (RuntimeException e) {
            boolean isOfQuery = e instanceof SparkThrowable error
                    && String.valueOf(error.getSqlState()).startsWith(DATA_EXCEPTION);
            throw isOfQuery ? Failure.wrongCommand("The query fails: " + e.getMessage(), e) : e;
        }
        return 0;
    }

    private void print(Dataset<Row> result) {
        for (Iterator<Row> rows = result.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            String[] cells = new String[row.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.getString(i);
            }
            console.line(csv(cells));
        }
    }

    private static String csv(String[] cells) {
        var settings = new CsvWriterSettings();
        settings.setQuoteEscapingEnabled(true);
        settings.setNullValue("");
        settings.setEmptyValue("\"\"");
        settings.getFormat().setLineSeparator("\n");
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setSkipEmptyLines(false);
        return new CsvWriter(new StringWriter(), settings).writeRowToString(cells);
    }
}
