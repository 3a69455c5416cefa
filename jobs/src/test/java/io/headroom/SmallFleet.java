package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.cli.Headroom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Some weeks of the simulated fleet with a lake of their own, and the commands that a person gives on them. */
final class SmallFleet {

    static final Path HOME = Path.of(System.getProperty("headroom.home"));

    private final Path folder;
    private final StringWriter errors = new StringWriter();

    /** @param start the first of its days, of which the last is that of conf/fleet.yml */
    SmallFleet(Path folder, String start) throws IOException {
        this.folder = folder;
        String fleet = Files.readString(HOME.resolve("conf/fleet.yml"))
                .replaceFirst("(?m)^start: .*", "start: " + start)
                .replaceFirst("(?m)^detail: .*", "detail: {days: 1, interval_s: 900}");
        Files.writeString(folder.resolve("fleet.yml"), fleet);
        Files.writeString(folder.resolve("headroom.yml"), """
                lake: lake
                landing: landing
                data: %1$s/data
                fleet: fleet.yml
                sources: ['%1$s/conf/sources/facts/*.yml', '%1$s/conf/sources/simulated/*.yml']
                """.formatted(HOME));
    }

    Path lake() {
        return folder.resolve("lake");
    }

    Path page() {
        return lake().resolve("report/index.html");
    }

    String conf() {
        return folder.resolve("headroom.yml").toString();
    }

    /** What a command prints, which ends with an expected exit code. */
    String headroom(int expected, String... arguments) {
        var out = new StringWriter();
        errors.getBuffer().setLength(0);
        int code = Headroom.execute(
                Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(errors, true), arguments.clone());
        assertThat(code).as(errors.toString()).isEqualTo(expected);
        return out.toString();
    }

    /** What the last command said beside what it printed. */
    String errors() {
        return errors.toString();
    }
}
