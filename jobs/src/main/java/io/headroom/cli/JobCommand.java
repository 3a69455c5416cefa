package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.job.Job;
import io.headroom.lake.Lake;
import io.headroom.lake.Lock;
import io.headroom.runner.Pipeline;
import io.headroom.source.Yaml;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One job, or the jobs of one stage. */
@Command(
        name = "job",
        description = "Runs one job or one stage: staging, mart, forecast, report. With --from and --to it computes"
                + " those days anew and moves no watermark.")
final class JobCommand implements Callable<Integer> {

    private final Clock clock;
    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Parameters(paramLabel = "NAME", description = "A job, as in mart.utilisation_hourly, or a stage; see `list`.")
    private String name = "";

    @Option(names = "--from", paramLabel = "DAY", description = "First day to compute anew, as in 2026-11-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day to compute anew, inclusive.")
    private @Nullable LocalDate to;

    JobCommand(Clock clock, Console console) {
        this.clock = clock;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Job> jobs = jobs();
        Lake lake = workspace.lake(workspace.session());
        Work work = new Work(workspace, console, lake, clock, Headroom.version());
        try (Lock lock = lake.lock(work.run(), clock)) {
            lake.prepare();
            if (name.equals(Pipeline.STAGING)) {
                work.ingest();
            } else if (name.equals(Pipeline.REPORT)) {
                console.line("Page: " + PageFile.write(work, console));
                return 0;
            } else if (from == null && to == null) {
                work.derive(jobs);
            } else {
                backfill(work, jobs);
            }
            work.printSummary();
            work.tellRefusals();
        }
        work.refuseBadData();
        return 0;
    }

    private void backfill(Work work, List<Job> jobs) {
        if (from == null || to == null || to.isBefore(from)) {
            throw Failure.wrongCommand("--from and --to go together, and --from is not after --to.");
        }
        TreeSet<LocalDate> days = new TreeSet<>(from.datesUntil(to.plusDays(1)).toList());
        for (Job job : jobs) {
            console.progress(job.name());
            work.add(work.runner().run(job, days));
        }
    }

    private List<Job> jobs() {
        List<String> known = new ArrayList<>(List.of(Pipeline.STAGING, Pipeline.REPORT));
        known.addAll(Pipeline.PLAN.stages());
        Pipeline.PLAN.jobs().forEach(job -> known.add(job.name()));
        if (!known.contains(name)) {
            throw Failure.wrongCommand(
                    "There is no job or stage '%s'.%s".formatted(name, Yaml.suggestion(name, known)));
        }
        boolean isDerived = !name.equals(Pipeline.STAGING) && !name.equals(Pipeline.REPORT);
        if (!isDerived && (from != null || to != null)) {
            throw Failure.wrongCommand("--from and --to are for jobs that derive tables, not for %s.".formatted(name));
        }
        return Pipeline.PLAN.job(name).map(List::of).orElseGet(() -> Pipeline.PLAN.stage(name));
    }
}
