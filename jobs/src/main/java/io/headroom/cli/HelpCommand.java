package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.job.Job;
import io.headroom.runner.Pipeline;
import io.headroom.source.Source;
import io.headroom.source.Sources;
import io.headroom.source.Yaml;
import io.headroom.staging.Staging;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Help on commands, jobs, tables and presets. */
@Command(name = "help", description = "Tells how a command is used, or what a job, table or preset is.")
final class HelpCommand implements Callable<Integer> {

    private final Console console;
    private final Sources sources = new Sources(Staging.TARGETS);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A command, a table such as mart.cost_daily, or a preset such as cost/focus_1_0_csv.")
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
        } else if (sources.presets().names().contains(name)) {
            describe(String.valueOf(name), sources.preset(String.valueOf(name)));
        } else {
            describe(table(String.valueOf(name)));
        }
        return 0;
    }

    private void describe(String preset, Source source) {
        console.line("%s: fills staging.%s from %s."
                .formatted(
                        preset,
                        source.target(),
                        source.format().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        console.line(source.doc());
        list("Parameters:", entries(source.parameters()));
        list("Columns that a file must have:", source.columns().required());
        list("Columns that it may have:", source.columns().optional());
        list("Records left out:", List.copyOf(source.skip().keySet()));
    }

    private static List<String> entries(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> "%s: '%s'".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            console.line("");
            console.line(title);
            items.forEach(item -> console.line("  " + item));
        }
    }

    private Table table(String name) {
        return Pipeline.TABLES.stream()
                .filter(table -> table.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.wrongCommand("There is no command, job, table or preset '%s'.%s"
                        .formatted(
                                name,
                                Yaml.suggestion(
                                        name,
                                        Stream.concat(
                                                        Pipeline.TABLES.stream().map(Table::qualifiedName),
                                                        sources.presets().names().stream())
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
