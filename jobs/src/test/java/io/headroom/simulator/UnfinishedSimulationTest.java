package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedSimulationTest {

    @TempDir
    Path landing;

    @Test
    void aSimulationThatWasKilledIsUnfinishedUntilAnotherPublishes() throws IOException {
        assertThat(isUnfinished()).isFalse();
        Files.createDirectories(landing.resolve("_simulating/gpu_sample"));
        assertThat(isUnfinished()).isTrue();
        Files.createDirectories(landing.resolve("simulated"));
        assertThat(isUnfinished())
                .as("what an earlier simulation published stands")
                .isFalse();
    }

    private boolean isUnfinished() throws IOException {
        return Simulator.isUnfinished(landing.toString(), new Configuration(false));
    }
}
