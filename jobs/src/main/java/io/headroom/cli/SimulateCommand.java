package io.headroom.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The simulated fleet alone. */
@Command(
        name = "simulate",
        description = "Writes the landing files of the simulated fleet that the configuration names.")
final class SimulateCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Mixin
    private Scale scale = new Scale();

    SimulateCommand(Clock clock, Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Simulation.run(workspace, workspace.session(), console, scale);
        return 0;
    }
}
