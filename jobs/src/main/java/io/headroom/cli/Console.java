package io.headroom.cli;

import io.headroom.ingest.SourceSummary;
import io.headroom.runner.JobSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person sees while a command works and when it is done. Progress goes to standard error, results to standard output. */
final class Console {

    private final PrintWriter out;
    private final PrintWriter err;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    void progress(String message) {
        err.println("… " + message);
        err.flush();
    }

    /** What a person must know of what went wrong. */
    void complain(String message) {
        err.println(message);
        err.flush();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Per source and job: what was read, accepted, refused and written, and how long it took. */
    void summary(List<SourceSummary> sources, double ingestSeconds, List<JobSummary> jobs) {
        line(row("step", "read", "accepted", "duplicate", "rejected", "written", "seconds"));
        for (SourceSummary source : sources) {
            boolean isIdle = source.files() == 0;
            line(
                    isIdle
                            ? row("  " + source.source(), null, null, null, null, null, idle(source))
                            : row(
                                    "  " + source.source(),
                                    source.read(),
                                    source.accepted(),
                                    source.duplicate(),
                                    source.rejected(),
                                    null,
                                    remarks(source)));
        }
        if (!sources.isEmpty()) {
            line(row(
                    "staging",
                    sources.stream().mapToLong(SourceSummary::read).sum(),
                    sources.stream().mapToLong(SourceSummary::accepted).sum(),
                    sources.stream().mapToLong(SourceSummary::duplicate).sum(),
                    sources.stream().mapToLong(SourceSummary::rejected).sum(),
                    sources.stream().mapToLong(SourceSummary::accepted).sum(),
                    seconds(ingestSeconds)));
        }
        for (JobSummary job : jobs) {
            line(row(
                    job.job(),
                    null,
                    null,
                    null,
                    null,
                    job.isCommitted() ? job.written() : null,
                    job.isCommitted() ? seconds(job.seconds()) : "unchanged"));
        }
    }

    private static String idle(SourceSummary source) {
        return source.matched() == 0 ? "  no file matches " + source.glob() : "nothing new";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    /** What the columns do not say, as in "7 skipped, 2 files refused". */
    private static String remarks(SourceSummary source) {
        List<String> remarks = new ArrayList<>();
        add(remarks, source.superseded(), "superseded");
        add(remarks, source.skipped(), "skipped");
        add(remarks, source.refusedFiles(), "files refused");
        return remarks.isEmpty() ? "" : "  " + String.join(", ", remarks);
    }

    private static void add(List<String> remarks, long count, String what) {
        if (count > 0) {
            remarks.add(count + " " + what);
        }
    }

    private static String row(String step, @Nullable Object... cells) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-32s", step));
        for (Object cell : cells) {
            text.append(
                    cell instanceof Long number
                            ? String.format(Locale.ROOT, "%12d", number)
                            : String.format(Locale.ROOT, "%12s", cell == null ? "" : cell));
        }
        return text.toString().stripTrailing();
    }
}
