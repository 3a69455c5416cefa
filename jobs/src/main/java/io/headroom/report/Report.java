package io.headroom.report;

import io.headroom.job.Inputs;
import io.headroom.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
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

    /** The page. The same rows and meta give the same text. */
    public static String render(Inputs inputs, Meta meta) {
        List<Answer> answers =
                Sections.ALL.stream().map(section -> answer(inputs, section)).toList();
        return Page.html(meta, Sections.ALL, PageData.json(meta.asOf(), answers));
    }

    private static Answer answer(Inputs inputs, Section section) {
        Column[] columns = section.columns().stream().map(Report::column).toArray(Column[]::new);
        return new Answer(
                section, inputs.select(section.select()).select(columns).collectAsList());
    }

    /** Dates and instants become text in Spark, which knows the time zone. */
    private static Column column(Shown shown) {
        Column column = functions.col(shown.name());
        return shown.kind().isText() ? column.cast("string").as(shown.name()) : column;
    }
}
