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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Some jobs, or the jobs of some stages. */
@Command(
        name = "job",
        description = "Runs jobs or whole stages: staging, mart, forecast, report. With --from and --to it computes"
                + " those days anew and moves no watermark.")
final class JobCommand implements Callable<Integer> {

    private final Clock clock;
    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "A job, as in mart.utilisation_hourly, or a stage; see `list`. Whatever the order given, what"
                    + " others read is done first.")
    private Set<String> names = new LinkedHashSet<>();

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
        names.forEach(this::check);
        Lake lake = workspace.lake(workspace.session());
        String run = Work.run(clock);
        Work work = new Work(workspace, console, lake, clock, run, Headroom.version());
        try (Lock lock = lake.lock(run, clock)) {
            lake.prepare();
            if (names.contains(Pipeline.STAGING)) {
                work.ingest();
            }
            if (from == null && to == null) {
                work.derive(jobs());
            } else {
                backfill(work, jobs());
            }
            if (!names.equals(Set.of(Pipeline.REPORT))) {
                work.printSummary();
            }
            if (names.contains(Pipeline.REPORT)) {
                console.line("Page: " + PageFile.write(work, console));
            }
            return work.conclude();
        }
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

    private void check(String name) {
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
    }

    private List<Job> jobs() {
        return Pipeline.PLAN.jobs().stream()
                .filter(job -> names.contains(job.name()) || names.contains(job.stage()))
                .toList();
    }
}
