package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application jar by spark-submit, in processes of its own that see just what Spark and Delta bring. */
class SubmittedIT {

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final Path TARGET = HOME.resolve("jobs/target");
    /** What the application jar must bring along, so it is kept from the class path. */
    private static final Pattern BUNDLED =
            Pattern.compile("picocli|jmustache|echarts|snakeyaml|dataformat-yaml|jspecify");

    private static final String HEADER = "meter_id,sampled_at,scope,power_w\n";
    private static final String GOOD = HEADER + "m1,2026-03-01T00:00:00Z,rack,100\n";

    @TempDir
    static Path folder;

    @BeforeAll
    static void deliver() throws IOException {
        write("landing/meters/good.csv", GOOD);
        write("meters.yml", "name: meters\nextends: power_sample/plain_csv\nfiles: meters/*.csv\n");
        write("footers.yml", "name: footers\nextends: power_sample/plain_parquet\nfiles: meters/*.parquet\n");
        write("headroom.yml", "lake: lake\nlanding: landing\nsources: [meters.yml]\n");
        write("both.yml", "lake: lake\nlanding: landing\nsources: [meters.yml, footers.yml]\n");
    }

    @Test
    void theProcessTellsByItsExitCodeWhatBecameOfTheData() throws Exception {
        assertThat(submitted("job", "staging", "--conf", conf("headroom.yml")).code())
                .isZero();
        write("landing/meters/cut.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,200\nm3,2026-03-01T00:0");
        write("landing/meters/header.csv", GOOD.replace("power_w", "watts"));
        write("landing/meters/empty.csv", "");
        write("landing/meters/footer.parquet", "PAR1 and no footer");

        Ended refusing = submitted("job", "staging", "--conf", conf("both.yml"));
        Ended query = submitted("sql", "--conf", conf("both.yml"), """
                SELECT d.path, d.accepted_rows, size(r.reasons) AS reasons
                FROM staging.delivery d LEFT JOIN staging.rejected r ON d.path = r.path AND d.source = r.source
                ORDER BY 1""");

        assertThat(refusing.code()).as(refusing.err()).isEqualTo(3);
        assertThat(refusing.err())
                .contains("Some data of meters, footers was refused; everything else was done."
                        + " First: meters/footer.parquet: The file is not Parquet or was cut off: ");
        assertThat(query.out()).isEqualTo("""
                path,accepted_rows,reasons
                meters/cut.csv,1,1
                meters/empty.csv,0,1
                meters/footer.parquet,0,1
                meters/good.csv,1,
                meters/header.csv,0,1
                """);
    }

    @Test
    void aWrongCommandIsToldFromBadData() throws Exception {
        assertThat(submitted("job", "mart.cost_dayly", "--conf", conf("headroom.yml"))
                        .code())
                .isEqualTo(2);
    }

    private record Ended(int code, String out, String err) {}

    private static Ended submitted(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + HOME.resolve("conf/spark/java.options"),
                "-Xmx2g",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + HOME.resolve("conf/spark/log4j2.properties"),
                "-Dheadroom.log=" + TARGET.resolve("submitted.log"),
                "-cp",
                sparksOwnClassPath(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--conf",
                "spark.sql.shuffle.partitions=2",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                "io.headroom.Main",
                TARGET.resolve("headroom-application.jar").toString()));
        command.addAll(Arrays.asList(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String sparksOwnClassPath() throws IOException {
        return Arrays.stream(Files.readString(TARGET.resolve("classpath.txt"))
                        .strip()
                        .split(":"))
                .filter(jar ->
                        !BUNDLED.matcher(Path.of(jar).getFileName().toString()).find())
                .reduce((one, other) -> one + ":" + other)
                .orElseThrow();
    }

    private static String conf(String name) {
        return folder.resolve(name).toString();
    }

    private static void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
