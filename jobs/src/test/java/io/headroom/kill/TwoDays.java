package io.headroom.kill;

import io.headroom.TestSpark;
import io.headroom.cli.Headroom;
import io.headroom.kill.Course.Stage;
import io.headroom.lake.Lake;
import io.headroom.runner.Pipeline;
import io.headroom.simulator.Fleet;
import io.headroom.simulator.Simulator;
import io.headroom.simulator.TinyFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What two days deliver: on the first a small fleet's history with a copy, a superseded bill, a refused row and a cut file;
 * on the second new rows, a restated file, another bill and another cut file. Made once for all tests of a process.
 */
final class TwoDays {

    /** Of all runs, so that they are comparable; all files are older. */
    static final String AS_OF = "2026-06-01T00:00:00Z";

    /** Both days have a file that is refused. */
    static final int EXIT_CODE = 3;

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-03-02T00:00:00Z");

    private static final String FLEET = TinyFleet.YAML
            .replaceFirst("(?m)^start: .*", "start: 2025-11-14")
            .replaceFirst("(?m)^end: .*", "end: 2026-02-27");

    private static final String METER = "meter_id,sampled_at,scope,power_w\n";
    private static final String SAMPLE = "cluster,provider,region,gpu_uuid,sampled_at,interval_s,gpu_util\n";
    private static final String BILL = "provider,billing_account_id,billing_period_start,billing_period_end,"
            + "charge_period_start,charge_period_end,charge_category,billed_cost,effective_cost,billing_currency\n";

    private static final class Made {
        private static final TwoDays TWO_DAYS = made();
    }

    private final Path folder;

    private TwoDays(Path folder) {
        this.folder = folder;
    }

    private static TwoDays made(Path folder) throws IOException {
        var made = new TwoDays(folder);
        made.write();
        return made;
    }

    static TwoDays shared() {
        return Made.TWO_DAYS;
    }

    private static TwoDays made() {
        try {
            return made(Files.createTempDirectory("headroom-two-days"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it all lies, and where processes can be started. */
    Path folder() {
        return folder;
    }

    /** The command of a whole run on what had been delivered by one of the days. */
    String[] run(int day, Path lake) {
        return command(day, lake, "run");
    }

    /** The command of one stage of it. */
    String[] stage(Stage stage, int day, Path lake) {
        return command(day, lake, "job", stage.name().toLowerCase(Locale.ROOT));
    }

    private String[] command(int day, Path lake, String... words) {
        Stream<String> options = Stream.of(
                "--conf", folder.resolve("day" + day + ".yml").toString(), "--lake", lake.toString(), "--as-of", AS_OF);
        return Stream.concat(Stream.of(words), options).toArray(String[]::new);
    }

    /** A whole run, in this process, which is started sooner. */
    Said runHere(int day, Path lake) {
        return here(run(day, lake));
    }

    /** Any command, in this process. */
    static Said here(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                Headroom.execute(Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    record Said(int code, String out, String err) {}

    /** A lake whose tables have all been created and are empty. */
    Path emptyLake() {
        return folder.resolve("empty");
    }

    private void write() throws IOException {
        new Simulator(TestSpark.session(), Fleet.parse(FLEET, "fleet.yml"))
                .write(folder.resolve("landing1").toString());
        deliverFirst();
        age(folder.resolve("landing1"), FIRST);
        copy(folder.resolve("landing1"), folder.resolve("landing2"));
        deliverSecond();
        write("meters.yml", "name: meters\nextends: power_sample/plain_csv\nfiles: meters/*.csv\n");
        write("samples.yml", "name: samples\nextends: gpu_sample/plain_csv\nfiles: samples/*.csv\n");
        write("bills.yml", """
                name: bills
                extends: cost/plain_csv
                files: bills/*.csv
                identity: {slice: [provider, billing_account_id, billing_period_start]}
                """);
        for (int day = 1; day <= 2; day++) {
            write("day%d.yml".formatted(day), """
                    landing: landing%d
                    sources: ['%s/conf/sources/simulated/*.yml', meters.yml, samples.yml, bills.yml]
                    """.formatted(day, HOME));
        }
        Lake.at(TestSpark.session(), emptyLake().toString(), Pipeline.TABLES).prepare();
    }

    private void deliverFirst() throws IOException {
        String meters = METER + "m1,2026-02-01T00:00:00Z,rack,100\nm1,2026-02-01T06:00:00Z,rack,110\n";
        write("landing1/meters/a.csv", meters);
        write("landing1/meters/copy_of_a.csv", meters);
        write("landing1/meters/bad.csv", METER + "m2,2026-02-01T00:00:00Z,rack,-5\nm2,2026-02-02T00:00:00Z,rack,5\n");
        write("landing1/meters/cut.csv", METER + "m3,2026-02-01T00:00:00Z,rack,200\nm4,2026-02-01T00:0");
        write(
                "landing1/samples/27.csv",
                SAMPLE + "rented,rented-sim,us-east-1,late-1,2026-02-26T00:00:00Z,21600,0.5\n");
        write("landing1/bills/1.csv", BILL + bill(3) + bill(4));
        write("landing1/bills/2.csv", BILL + bill(5));
    }

    private void deliverSecond() throws IOException {
        deliver(1, "meters/a.csv", METER + "m1,2026-02-01T00:00:00Z,rack,105\n");
        deliver(2, "meters/cut_too.csv", METER + "m5,2026-02-03T00:00:00Z,rack,200\nm6,2026-02-03T00:0");
        deliver(3, "samples/28.csv", SAMPLE + "rented,rented-sim,us-east-1,late-1,2026-02-27T00:00:00Z,21600,0.75\n");
        deliver(4, "bills/3.csv", BILL + bill(6) + bill(7));
    }

    private static String bill(int cost) {
        return "P,a,2026-02-01,2026-03-01,2026-02-01,2026-02-11,Usage,%d,%d,USD\n".formatted(cost, cost);
    }

    private void deliver(int minute, String path, String content) throws IOException {
        write("landing2/" + path, content);
        Files.setLastModifiedTime(
                folder.resolve("landing2").resolve(path), FileTime.from(SECOND.plus(Duration.ofMinutes(minute))));
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Files are a minute apart, in the order of their paths. */
    private static void age(Path landing, Instant first) throws IOException {
        int minutes = 0;
        for (Path file : filesOf(landing)) {
            minutes++;
            Files.setLastModifiedTime(file, FileTime.from(first.plus(Duration.ofMinutes(minutes))));
        }
    }

    static Path copy(Path folder, Path to) throws IOException {
        for (Path file : filesOf(folder)) {
            Path copy = to.resolve(folder.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return to;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
