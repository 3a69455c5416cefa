package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.job.Job;
import io.headroom.runner.Pipeline;
import io.headroom.source.Yaml;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Help on commands, jobs and tables. */
@Command(name = "help", description = "Tells how a command is used, or what a job or table is.")
final class HelpCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A command, or a table such as mart.cost_daily.")
    private @Nullable String name;

    HelpCommand(Clock clock, Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.parent().commandLine();
        CommandLine command = name == null ? root : root.getSubcommands().get(name);
        if (command != null) {
            console.line(command.getUsageMessage());
        } else {
            describe(table(String.valueOf(name)));
        }
        return 0;
    }

    private static Table table(String name) {
        return Pipeline.TABLES.stream()
                .filter(table -> table.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.wrongCommand("There is no command, job or table '%s'.%s"
                        .formatted(
                                name,
                                Yaml.suggestion(
                                        name,
                                        Pipeline.TABLES.stream()
                                                .map(Table::qualifiedName)
                                                .toList()))));
    }

    private void describe(Table table) {
        console.line("%s: one row is %s.".formatted(table.qualifiedName(), table.grain()));
        Optional<Job> job = Pipeline.PLAN.job(table.qualifiedName());
        job.ifPresent(found -> console.line("Reads "
                + String.join(
                        ", ",
                        found.reads().stream()
                                .map(input -> input.table().qualifiedName())
                                .toList())
                + "."));
        console.line("");
        for (Field field : table.fields()) {
            console.line(String.format(
                    Locale.ROOT,
                    "  %-28s %-14s %s",
                    field.column(),
                    field.spec().type().name().toLowerCase(Locale.ROOT),
                    field.spec().doc()));
        }
    }
}
