package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Headroom in a process of its own: by its launcher, as a person starts it, or by spark-submit. */
public final class HeadroomProcess {

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final Path TARGET = HOME.resolve("jobs/target");
    /** What the application jar must bring along, so it is kept from Spark's class path. */
    private static final Pattern BUNDLED =
            Pattern.compile("picocli|jmustache|echarts|snakeyaml|dataformat-yaml|jspecify");

    private static final long PATIENCE_MIN = 10;

    private final Process process;
    private final Told out;
    private final Told err;

    /** How a process ended, and all that it said. */
    public record Ended(int code, String out, String err) {}

    private HeadroomProcess(Process process) {
        this.process = process;
        this.out = new Told(process.getInputStream());
        this.err = new Told(process.getErrorStream());
    }

    /** By the launcher. */
    public static HeadroomProcess start(Path folder, String... arguments) {
        return startIn(List.of(), folder, arguments);
    }

    /**
     * By the launcher, which another command starts.
     *
     * @param around a command that replaces itself by the one which follows it, so that signals reach Headroom
     */
    public static HeadroomProcess startIn(List<String> around, Path folder, String... arguments) {
        List<String> command = new ArrayList<>(around);
        command.add(HOME.resolve("headroom").toString());
        command.addAll(Arrays.asList(arguments));
        return started(folder, command);
    }

    /** By spark-submit, with just what Spark and Delta bring. */
    public static HeadroomProcess submit(Path folder, String... arguments) {
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
        return started(folder, command);
    }

    private static HeadroomProcess started(Path folder, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("HEADROOM_MEMORY", "1500m");
        builder.environment().put("HEADROOM_JAVA_OPTIONS", System.getProperty("headroom.test.options", ""));
        builder.environment().put("HEADROOM_LOG", TARGET.resolve("process.log").toString());
        try {
            return new HeadroomProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sparksOwnClassPath() {
        try {
            return Arrays.stream(Files.readString(TARGET.resolve("classpath.txt"))
                            .strip()
                            .split(":"))
                    .filter(jar -> !BUNDLED.matcher(Path.of(jar).getFileName().toString())
                            .find())
                    .reduce((one, other) -> one + ":" + other)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process says a line on standard error that begins so; false where it ended without. */
    public boolean awaitProgress(String beginning) throws InterruptedException {
        return err.await(beginning);
    }

    /** Kills it, if it still lives some time later. */
    public boolean killAfter(long milliseconds) throws InterruptedException {
        boolean hasEnded = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        // The handle leaves what the process said to be read; Process would close it.
        process.toHandle().destroyForcibly();
        ended();
        return !hasEnded;
    }

    /** Asks it to stop, as schedulers do: SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lines of standard error so far, with when they came. */
    public List<Line> progress() {
        return err.lines();
    }

    /** Waits for its end. */
    public Ended ended() throws InterruptedException {
        boolean hasEnded = process.waitFor(PATIENCE_MIN, TimeUnit.MINUTES);
        if (!hasEnded) {
            process.toHandle().destroyForcibly();
        }
        assertThat(hasEnded).as("the process ends; it said: " + err.text()).isTrue();
        out.join();
        err.join();
        return new Ended(process.exitValue(), out.text(), err.text());
    }

    /**
     * One line of output.
     *
     * @param nanoTime when it was read
     */
    public record Line(String text, long nanoTime) {}

    /** What a process says on one of its outputs, read as it comes. */
    private static final class Told extends Thread {

        private final InputStream stream;
        private final List<Line> lines = new ArrayList<>();
        private boolean isEnded;

        Told(InputStream stream) {
            this.stream = stream;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(new Line(line, System.nanoTime()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                end();
            }
        }

        private synchronized void add(Line line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            isEnded = true;
            notifyAll();
        }

        synchronized boolean await(String beginning) throws InterruptedException {
            while (!isEnded && !isSaid(beginning)) {
                wait();
            }
            return isSaid(beginning);
        }

        private boolean isSaid(String beginning) {
            return lines.stream().anyMatch(line -> line.text().startsWith(beginning));
        }

        synchronized List<Line> lines() {
            return List.copyOf(lines);
        }

        String text() {
            var text = new StringBuilder();
            lines().forEach(line -> text.append(line.text()).append('\n'));
            return text.toString();
        }
    }
}
