package io.headroom.bench;

import io.headroom.cli.Headroom;
import io.headroom.lake.Lake;
import io.headroom.lake.Sessions;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.runner.Pipeline;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of landing files and lakes, and the commands that work on them. */
final class Workplace implements AutoCloseable {

    /** The days of the benchmark, counted from 0. */
    static final LocalDate FIRST = LocalDate.parse("2026-03-01");

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin/java").toString();
    private static final List<String> WORK = List.of(
            Pipeline.STAGING,
            RackInstant.TABLE.qualifiedName(),
            UtilisationHourly.TABLE.qualifiedName(),
            MeterInstant.TABLE.qualifiedName(),
            PowerInstant.TABLE.qualifiedName(),
            PowerDensityHourly.TABLE.qualifiedName());

    private final Path folder;

    private Workplace(Path folder) {
        this.folder = folder;
    }

    static Workplace in(Path folder) throws IOException {
        Path own = Files.createTempDirectory(folder.toAbsolutePath(), "bench");
        Files.writeString(own.resolve("headroom.yml"), "sources: [gpu_samples.yml]\n");
        var place = new Workplace(own);
        place.expect(Delivery.PARQUET);
        return place;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Has landing files read as another format delivers them. */
    void expect(Delivery delivery) throws IOException {
        Files.writeString(path("gpu_samples.yml"), delivery.source());
    }

    /** Writes the landing files of one day. */
    void deliver(Path landing, int day, long samples, Delivery delivery) {
        new GpuSampleDay(FIRST.plusDays(day), samples).write(Sessions.open(Map.of()), landing, delivery);
    }

    void deliver(Path landing, int day, long samples) {
        deliver(landing, day, samples, Delivery.PARQUET);
    }

    /** A lake whose tables are there and empty. */
    Path emptyLake() {
        Path lake = path("empty");
        if (!Files.exists(lake)) {
            Lake.at(Sessions.open(Map.of()), lake.toString(), Pipeline.TABLES).prepare();
        }
        return lake;
    }

    /** Runs staging and the marts of use and power as the launcher does, in a process of its own. */
    Measured run(Path landing, Path lake) throws IOException, InterruptedException {
        return run(landing, lake, WORK);
    }

    /** The same with all marts. */
    Measured runAllMarts(Path landing, Path lake) throws IOException, InterruptedException {
        return run(landing, lake, List.of(Pipeline.STAGING, "mart"));
    }

    private Measured run(Path landing, Path lake, List<String> jobs) throws IOException, InterruptedException {
        return run(path("headroom.yml"), landing, lake, jobs);
    }

    /** Runs jobs as the launcher does, with a configuration of its own, in a process of its own. */
    Measured run(Path conf, Path landing, Path lake, List<String> jobs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("headroom").toString()));
        command.addAll(arguments(conf, landing, lake, jobs));
        return Measured.run(command, Map.of("HEADROOM_LOG", path("headroom.log").toString()));
    }

    /** Runs the same in this process, to get somewhere, not to be measured. */
    Counts runHere(Path landing, Path lake) {
        return Counts.told(runHere(path("headroom.yml"), landing, lake, WORK));
    }

    /** Runs jobs in this process: what it says of them. */
    String runHere(Path conf, Path landing, Path lake, List<String> jobs) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Headroom.execute(
                Clock.systemUTC(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments(conf, landing, lake, jobs).toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("%s%s".formatted(err, out));
        }
        return out.toString();
    }

    /** Runs a program that works with Spark, with what Spark needs, in a process of its own. */
    Measured runJava(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "@" + HOME.resolve("conf/spark/java.options"),
                "-Xmx4g",
                "-XX:+UseParallelGC",
                "-Duser.timezone=UTC",
                "-Dheadroom.log=" + path("program.log"),
                "-Dlog4j2.configurationFile=" + HOME.resolve("conf/spark/log4j2.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return Measured.run(command, Map.of());
    }

    /** Has DuckDB do the same work, in a process of its own. */
    Measured runDuckDb(Path landing, Path out) throws IOException, InterruptedException {
        return Measured.run(
                List.of(
                        JAVA,
                        "-Xmx256m",
                        "-cp",
                        Stream.of(DuckDbDay.class, org.duckdb.DuckDBDriver.class)
                                .map(Workplace::place)
                                .reduce((one, other) -> one + ":" + other)
                                .orElseThrow(),
                        DuckDbDay.class.getName(),
                        landing.toString(),
                        out.toString()),
                Map.of());
    }

    private static List<String> arguments(Path conf, Path landing, Path lake, List<String> jobs) {
        return Stream.of(
                        Stream.of("job"),
                        jobs.stream(),
                        Stream.of(
                                "--conf", conf.toString(),
                                "--landing", landing.toString(),
                                "--lake", lake.toString()))
                .flatMap(words -> words)
                .toList();
    }

    private static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    /**
     * Another folder with the same files, put in the place of any that is there. Data files are never written again, so
     * they are shared; logs and records are copied.
     */
    Path copied(Path from, String name) throws IOException {
        Path copy = path(name);
        remove(copy);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path same = copy.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(same);
                } else if (file.toString().endsWith(".parquet")
                        && !file.toString().contains("_delta_log")) {
                    Files.createLink(same, file);
                } else {
                    Files.copy(file, same);
                }
            }
        }
        return copy;
    }

    /** What the files below a folder hold together. */
    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }
}
