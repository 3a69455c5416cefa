package io.headroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the launcher's {@code bench} runs: measures parts of the pipeline and prints what it found. */
@Command(
        name = "./headroom bench",
        mixinStandardHelpOptions = true,
        description = "Measures parts of the pipeline, each in a process of its own from start to end.")
final class Bench implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "PART",
            description = "ingest: a day of GPU samples into staging and the telemetry marts, beside DuckDB doing the"
                    + " same, and then history; history: one more day with others behind it; telemetry: a day of them in each"
                    + " format that collectors deliver, into staging and all marts; cost: bills of two months into staging, allocated,"
                    + " spread by day and reconciled, beside a plain copy.")
    private List<Part> parts = List.of();

    @Option(
            names = "--samples",
            split = ",",
            paramLabel = "N",
            description = "Samples a day, for ingest; default: 1440000,14400000.")
    private List<Long> samples = List.of(1_440_000L, 14_400_000L);

    @Option(
            names = "--behind",
            split = ",",
            paramLabel = "DAYS",
            description = "Days in the lake, for history, fewest first; default: 2,30,180.")
    private List<Integer> behind = List.of(2, 30, 180);

    @Option(names = "--day", paramLabel = "N", description = "Samples a day, for history; default: 288000.")
    private long day = 288_000;

    @Option(
            names = "--telemetry",
            paramLabel = "N",
            description = "Samples in each format, for telemetry; default: 10000000.")
    private long telemetry = 10_000_000;

    @Option(names = "--lines", paramLabel = "N", description = "Lines of the bills, for cost; default: 5000000.")
    private long lines = 5_000_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured; default: 3.")
    private int rounds = 3;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where the data is made, and removed after.")
    private Path folder = Path.of(System.getProperty("headroom.home"), "jobs/target/bench");

    private enum Part {
        ingest,
        history,
        telemetry,
        cost
    }

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (parts.contains(Part.ingest)) {
            try (Workplace place = Workplace.in(folder)) {
                new IngestBench(place, rounds).run(samples);
            }
        }
        if (parts.contains(Part.ingest) || parts.contains(Part.history)) {
            try (Workplace place = Workplace.in(folder)) {
                new HistoryBench(place, rounds, day).run(behind);
            }
        }
        if (parts.contains(Part.telemetry)) {
            try (Workplace place = Workplace.in(folder)) {
                new TelemetryBench(place, rounds).run(telemetry);
            }
        }
        if (parts.contains(Part.cost)) {
            try (Workplace place = Workplace.in(folder)) {
                new CostBench(place, rounds).run(lines);
            }
        }
        return 0;
    }
}
