package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.ingest.Ingest;
import io.headroom.ingest.SourceSummary;
import io.headroom.ingest.Told;
import io.headroom.job.Concurrently;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import io.headroom.lake.Lake;
import io.headroom.runner.JobSummary;
import io.headroom.runner.Runner;
import io.headroom.source.Source;
import io.headroom.staging.rejected.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One run on one lake: what the commands that write have in common. */
final class Work {

    private final Workspace workspace;
    private final Console console;
    private final Lake lake;
    private final Instant asOf;
    private final String run;
    private final String code;
    private final List<SourceSummary> sources = new ArrayList<>();
    private final List<JobSummary> jobs = new ArrayList<>();
    private final List<Failure> refused = new ArrayList<>();
    private double ingestSeconds;

    /** @param run as {@link #run(Clock)} names it */
    Work(Workspace workspace, Console console, Lake lake, Clock clock, String run, String code) {
        this.workspace = workspace;
        this.console = console;
        this.lake = lake;
        this.asOf = workspace.asOf(clock);
        this.run = run;
        this.code = code;
    }

    /** A name for a run that begins now. */
    static String run(Clock clock) {
        return "%s-%d".formatted(clock.instant(), ProcessHandle.current().pid());
    }

    Instant asOf() {
        return asOf;
    }

    Lake lake() {
        return lake;
    }

    void ingest() {
        long start = System.nanoTime();
        List<Source> declared = workspace.config().allSources();
        var setting = new Ingest.Setting(workspace.roots(), asOf, run, code);
        sources.addAll(new Ingest(lake, setting, console::progress).run(declared));
        ingestSeconds = (System.nanoTime() - start) / 1e9;
    }

    /** Computes what can be; a derivation that refuses its data is told at the end. */
    void derive(List<Job> plan) {
        var runner = runner();
        Map<Job, JobSummary> done = new ConcurrentHashMap<>();
        try {
            Concurrently.inTurn(plan, Plan::readsFrom, job -> {
                console.progress(job.name());
                JobSummary summary = runner.run(job);
                done.put(job, summary);
                return summary;
            });
        } catch (Failure failure) {
            refused.add(failure);
            for (Throwable other : failure.getSuppressed()) {
                if (!(other instanceof Failure also)) {
                    throw failure;
                }
                refused.add(also);
            }
            if (refused.stream().anyMatch(one -> one.status() != Failure.Status.DATA_REFUSED)) {
                throw failure;
            }
        } finally {
            plan.stream().flatMap(job -> Stream.ofNullable(done.get(job))).forEach(jobs::add);
        }
    }

    Runner runner() {
        return new Runner(lake, asOf, run, code, workspace.config().settings());
    }

    void add(JobSummary summary) {
        jobs.add(summary);
    }

    boolean isUnchanged() {
        return sources.stream().allMatch(source -> source.files() == 0)
                && jobs.stream().noneMatch(JobSummary::isCommitted);
    }

    /** What was done so far, one line for each source that had files and each job; none for what did nothing. */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        sources.stream().filter(source -> source.files() > 0).forEach(source -> lines.add(told(source)));
        jobs.forEach(job -> lines.add(
                job.isCommitted()
                        ? String.format(Locale.ROOT, "%s: %,d rows written", job.job(), job.written())
                        : job.job() + ": unchanged"));
        return lines;
    }

    private static String told(SourceSummary source) {
        return String.format(
                Locale.ROOT,
                "%s to staging.%s: files %,d, refused %,d; rows accepted %,d, duplicate %,d, rejected %,d",
                source.source(),
                source.target(),
                source.files(),
                source.refusedFiles(),
                source.accepted(),
                source.duplicate(),
                source.rejected());
    }

    void printSummary() {
        console.summary(sources, ingestSeconds, jobs);
        if (isUnchanged()) {
            console.line("Nothing new: no table was changed.");
        }
    }

    /**
     * Tells what was refused beyond what its source tolerates, and only then remembers that it was told, so that a run that
     * dies before leaves that to the next. All else is done by then.
     *
     * @return the exit code
     */
    int conclude() {
        List<String> bad = sources.stream()
                .filter(SourceSummary::isIntolerable)
                .map(SourceSummary::source)
                .toList();
        if (!bad.isEmpty()) {
            console.complain(
                    "Some data of %s was refused; everything else was done.%s What and why: ./headroom sql --lake %s \"SELECT source, path, line, reasons, raw FROM staging.rejected\""
                            .formatted(String.join(", ", bad), firstRefusal(bad), lake.root()));
        }
        if (!sources.isEmpty()) {
            Told.everything(lake);
        }
        refused.forEach(failure -> console.complain(String.valueOf(failure.getMessage())));
        return bad.isEmpty() && refused.isEmpty() ? 0 : Failure.Status.DATA_REFUSED.code();
    }

    private String firstRefusal(List<String> bad) {
        return lake
                .table(Rejected.TABLE)
                .read()
                .filter(Rejected.RUN_ID.col().equalTo(run))
                .filter(Rejected.SOURCE.col().isin(bad.toArray()))
                .orderBy(Rejected.SOURCE.col(), Rejected.PATH.col(), Rejected.LINE.col())
                .select(
                        Rejected.PATH.col(),
                        Rejected.LINE.col(),
                        Rejected.REASONS.col().getItem(0))
                .takeAsList(1)
                .stream()
                .map(row -> " First: %s%s: %s"
                        .formatted(row.get(0), row.isNullAt(1) ? "" : " line " + row.get(1), row.get(2)))
                .findFirst()
                .orElse("");
    }
}
