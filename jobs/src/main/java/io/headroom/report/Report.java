package io.headroom.report;

import io.headroom.job.Concurrently;
import io.headroom.table.Table;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The report of a run: a pure function from rows to the text of one HTML file. */
public final class Report {

    private Report() {}

    /** The tables that the report needs as inputs. */
    public static List<Table> reads() {
        return Sections.ALL.stream()
                .flatMap(section -> section.reads().stream())
                .distinct()
                .toList();
    }

    /**
     * The page. The same rows and meta give the same text.
     *
     * @param select answers a query in which every table of {@link #reads} stands as a view under its name; called from
     *     several threads
     */
    public static String render(Function<String, Dataset<Row>> select, Meta meta) {
        List<Answer> answers = Concurrently.each(Sections.ALL, section -> answer(select, section));
        return Page.html(meta, Sections.ALL, PageData.json(meta.asOf(), answers));
    }

    /** What one section shows. */
    static Answer answer(Function<String, Dataset<Row>> select, Section section) {
        Column[] columns = section.columns().stream().map(Report::column).toArray(Column[]::new);
        return new Answer(
                section, select.apply(section.select()).select(columns).collectAsList());
    }

    /** Dates and instants become text in Spark, which knows the time zone. */
    private static Column column(Shown shown) {
        Column column = functions.col(shown.name());
        return shown.kind().isText() ? column.cast("string").as(shown.name()) : column;
    }
}
