package io.headroom.cli;

import io.headroom.report.Meta;
import io.headroom.report.Report;
import io.headroom.staging.delivery.Delivery;
import java.util.LinkedHashSet;
import java.util.Set;

/** The page in the lake: {@code report/index.html}. */
final class PageFile {

    private static final String LOCATION = "report/index.html";

    private PageFile() {}

    /** Writes the page, unless nothing has changed since it was written, and tells where it is. */
    static String write(Work work, Console console, boolean isUnchanged) {
        if (!isUnchanged || !work.lake().hasFile(LOCATION)) {
            console.progress("report");
            work.lake().writeFile(LOCATION, Report.render(work.runner().inputs(Report.reads()), meta(work)));
        }
        return work.lake().fileUri(LOCATION);
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
