package io.headroom.cli;

import io.headroom.report.Meta;
import io.headroom.report.Report;
import io.headroom.staging.delivery.Delivery;
import io.headroom.table.Table;
import java.util.LinkedHashSet;
import java.util.Set;

/** The page in the lake: {@code report/index.html}. */
final class PageFile {

    private static final String LOCATION = "report/index.html";
    /** What the page was made of, written after it: a run that died before its page leaves it to the next. */
    private static final String MADE_OF = "report/_made_of";

    private PageFile() {}

    /** Writes the page where its tables have changed since it was written, and tells where it is. */
    static String writeIfStale(Work work, Console console) {
        boolean isFresh = work.lake().readFile(LOCATION).isPresent()
                && work.lake().readFile(MADE_OF).filter(madeOf(work)::equals).isPresent();
        return isFresh ? work.lake().fileUri(LOCATION) : write(work, console);
    }

    static String write(Work work, Console console) {
        console.progress("report");
        work.lake().writeFile(LOCATION, Report.render(work.runner().inputs(Report.reads())::select, meta(work)));
        work.lake().writeFile(MADE_OF, madeOf(work));
        return work.lake().fileUri(LOCATION);
    }

    /** Versions of the code and of every table that the page reads. */
    private static String madeOf(Work work) {
        var text = new StringBuilder(Headroom.version()).append('\n');
        for (Table table : Report.reads()) {
            text.append(table.qualifiedName())
                    .append(' ')
                    .append(work.lake().table(table).version())
                    .append('\n');
        }
        return text.toString();
    }

    /** The stages that the page reads. */
    static Set<String> stagesRead() {
        Set<String> stages = new LinkedHashSet<>();
        Report.reads().forEach(table -> stages.add(table.database()));
        return stages;
    }

    private static Meta meta(Work work) {
        boolean isSimulated = !work.lake()
                .table(Delivery.TABLE)
                .read()
                .filter(Delivery.PATH.col().startsWith("simulated/"))
                .isEmpty();
        return new Meta("Headroom", work.asOf(), work.lake().root(), Headroom.version(), isSimulated, work.told());
    }
}
