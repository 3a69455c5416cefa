package io.headroom.cli;

import io.headroom.lake.Lake;
import io.headroom.lake.Lock;
import io.headroom.runner.Pipeline;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole pipeline. */
@Command(
        name = "run",
        description = "Runs the whole pipeline: files in, tables, aggregates, forecast, page. Simulates a small fleet"
                + " first where the configuration names one and the landing folder does not exist.")
final class RunCommand implements Callable<Integer> {

    private final Clock clock;
    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    RunCommand(Clock clock, Console console) {
        this.clock = clock;
        this.console = console;
    }

    @Override
    public Integer call() {
        Lake lake = workspace.lake(workspace.session());
        String run = Work.run(clock);
        try (Lock lock = lake.lock(run, clock)) {
            Simulation.ifMissing(workspace, lake.spark(), console);
            // What was simulated must be known by the instant that the work takes as its own.
            Work work = new Work(workspace, console, lake, clock, run, Headroom.version());
            console.progress("lake " + lake.root());
            lake.prepare();
            lake.unknownTables()
                    .forEach(table ->
                            console.progress(table + " is not known to this version of Headroom; it is left as it is"));
            work.ingest();
            work.derive(Pipeline.PLAN.jobs());
            String page = PageFile.writeIfStale(work, console);
            work.printSummary();
            console.line("Page: " + page);
            return work.conclude();
        }
    }
}
