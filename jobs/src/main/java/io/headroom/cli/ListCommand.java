package io.headroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import io.headroom.runner.Pipeline;
import io.headroom.source.Sources;
import io.headroom.staging.Staging;
import io.headroom.table.Dictionary;
import io.headroom.table.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is. */
@Command(name = "list", description = "Lists tables, jobs and presets.")
final class ListCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--json", description = "The stages with what they read, as JSON.")
    private boolean isJson;

    @Option(names = "--dictionary", description = "The data dictionary, as Markdown.")
    private boolean isDictionary;

    ListCommand(Clock clock, Console console) {
        this.console = console;
    }

    private record Stage(String name, Set<String> reads, List<String> jobs) {}

    private record Stages(List<Stage> stages) {}

    @Override
    public Integer call() throws JsonProcessingException {
        if (isJson) {
            console.line(json());
        } else if (isDictionary) {
            console.line(Dictionary.markdown(Pipeline.TABLES).stripTrailing());
        } else {
            print();
        }
        return 0;
    }

    /** The plan as JSON; conf/airflow keeps a copy. */
    static String json() throws JsonProcessingException {
        Plan plan = Pipeline.PLAN;
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(Pipeline.STAGING, Set.of(), List.of("ingest")));
        for (String stage : plan.stages()) {
            stages.add(new Stage(
                    stage,
                    plan.readsOf(stage),
                    plan.stage(stage).stream().map(Job::name).toList()));
        }
        stages.add(new Stage(Pipeline.REPORT, PageFile.stagesRead(), List.of(Pipeline.REPORT)));
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(new Stages(stages));
    }

    private void print() {
        console.line("Tables that sources fill:");
        Staging.TABLES.forEach(table -> line(table.qualifiedName(), table.grain()));
        console.line("");
        console.line("Jobs, in order:");
        for (Job job : Pipeline.PLAN.jobs()) {
            Table table = job.writes();
            line(job.name(), table.grain());
        }
        console.line("");
        console.line("Presets that a source may extend, besides <table>/plain_csv, plain_json and plain_parquet:");
        new Sources(Staging.TARGETS)
                .presets().names().stream()
                        .filter(preset -> !preset.contains("/plain_"))
                        .forEach(preset -> console.line("  " + preset));
    }

    private void line(String name, String grain) {
        console.line(String.format(Locale.ROOT, "  %-30s %s", name, grain));
    }
}
