package io.headroom.cli;

import io.headroom.ingest.DryRun;
import io.headroom.source.Source;
import io.headroom.source.Sources;
import io.headroom.staging.Staging;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A mapping tried out. */
@Command(
        name = "check-source",
        description = "Tries a source on the landing folder: sample rows and refusals with reasons; writes nothing.")
final class CheckSourceCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Workspace workspace = new Workspace();

    @Parameters(paramLabel = "FILE", description = "The source's YAML.")
    private Path file = Path.of("");

    CheckSourceCommand(Clock clock, Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Source source = new Sources(Staging.TARGETS).parse(Config.text(file), file.toString());
        SparkSession spark = workspace.session();
        new DryRun(spark, workspace.roots(), console::line).run(source);
        return 0;
    }
}
