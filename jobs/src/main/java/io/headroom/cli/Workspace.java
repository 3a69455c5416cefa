package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.lake.Lake;
import io.headroom.lake.Sessions;
import io.headroom.runner.Pipeline;
import io.headroom.source.Root;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a command works on. */
final class Workspace {

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Configuration file; default: conf/local.yml of Headroom's own folder.")
    @Nullable
    Path conf;

    @Option(names = "--landing", paramLabel = "DIR", description = "Where exports arrive; any Hadoop file system URI.")
    @Nullable
    String landing;

    @Option(names = "--lake", paramLabel = "DIR", description = "Where the tables live; any Hadoop file system URI.")
    @Nullable
    String lake;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "Use only what was known by then, as in 2026-11-02T00:00:00Z; default: now.")
    @Nullable
    String asOf;

    private @Nullable Config read;

    Config config() {
        if (read == null) {
            read = Config.read(conf == null ? home().resolve("conf/local.yml") : conf);
        }
        return read;
    }

    /** Headroom's own folder, as its launcher tells; else where the process was started. */
    static Path home() {
        return Path.of(System.getProperty("headroom.home", "."));
    }

    SparkSession session() {
        return Sessions.open(config().sparkSettings());
    }

    Lake lake(SparkSession spark) {
        String uri = lake != null ? lake : config().lake();
        if (uri == null) {
            throw Failure.wrongCommand("No lake is named. Name one by --lake or by `lake:` in the configuration.");
        }
        return Lake.at(spark, uri, Pipeline.TABLES);
    }

    Optional<String> landing() {
        return Optional.ofNullable(landing != null ? landing : config().landing());
    }

    Map<Root, String> roots() {
        Map<Root, String> roots = new EnumMap<>(Root.class);
        roots.put(
                Root.LANDING,
                landing()
                        .orElseThrow(
                                () -> Failure.wrongCommand(
                                        "No landing folder is named. Name one by --landing or by `landing:` in the configuration.")));
        Optional.ofNullable(config().data()).ifPresent(data -> roots.put(Root.DATA, data));
        return roots;
    }

    /** Refuses --as-of for a command that reads the lake as it stands. */
    void refuseAsOf(String command) {
        if (asOf != null) {
            throw Failure.wrongCommand(
                    "%s reads the lake as it stands. To see what was known earlier, compute it into another lake by `run --as-of INSTANT --lake DIR`, and read that one."
                            .formatted(command));
        }
    }

    Instant asOf(Clock clock) {
        try {
            return asOf == null ? clock.instant() : Instant.parse(asOf);
        } catch (DateTimeParseException e) {
            throw Failure.wrongCommand(
                    "--as-of must be an instant such as 2026-11-02T00:00:00Z, not '%s'.".formatted(asOf), e);
        }
    }
}
