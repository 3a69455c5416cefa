package io.headroom.simulator;

import io.headroom.LakeFixture;
import io.headroom.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shipped sources of what the simulator delivers. */
final class SimulatedSources {

    private static final Path FOLDER = Path.of(System.getProperty("headroom.home"), "conf/sources/simulated");

    private SimulatedSources() {}

    static List<Source> all() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                sources.add(LakeFixture.source(Files.readString(file)));
            }
        }
        return sources;
    }
}
