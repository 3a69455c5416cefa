package io.headroom.cli;

import io.headroom.lake.Lake;
import io.headroom.lake.Lock;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The page alone. */
@Command(name = "report", description = "Writes the page anew from the lake's tables.")
final class ReportCommand implements Callable<Integer> {

    private final Clock clock;
    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    ReportCommand(Clock clock, Console console) {
        this.clock = clock;
        this.console = console;
    }

    @Override
    public Integer call() {
        Lake lake = workspace.lake(workspace.session());
        String run = Work.run(clock);
        Work work = new Work(workspace, console, lake, clock, run, Headroom.version());
        try (Lock lock = lake.lock(run, clock)) {
            lake.prepare();
            console.line("Page: " + PageFile.write(work, console));
        }
        return 0;
    }
}
