package io.headroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headroom.LakeFixture;
import io.headroom.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No broken file stops an ingest, costs its neighbours a row, or is miscounted. {@code headroom.fuzz.files} says how many
 * files, {@code headroom.fuzz.seed} which; a fault names the file and the seed that make it again.
 */
@Tag("fuzz")
class FuzzTest {

    private static final int FILES = Integer.getInteger("headroom.fuzz.files", 10_000);
    private static final long SEED = Long.getLong("headroom.fuzz.seed", 2026);
    private static final Duration HANGS = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    static List<String> presets() {
        return Seeds.presets().stream()
                .filter(preset -> preset.matches(System.getProperty("headroom.fuzz.presets", ".*")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyFileIsAccountedFor(String preset) {
        var lake = new LakeFixture(folder);
        Batch batch = Batch.of(preset, SEED, share(preset));
        batch.deliver(lake);
        List<Source> sources = List.of(batch.source());

        assertTimeoutPreemptively(HANGS, () -> lake.ingest(sources));

        assertThat(batch.faults(lake)).isEmpty();
        Map<String, Long> versions = lake.versions();
        assertTimeoutPreemptively(HANGS, () -> lake.ingest(sources));
        assertThat(lake.versions()).isEqualTo(versions);
    }

    /** Parquet is read file by file where schemas differ, which takes long: it has a 250th each, and text the rest. */
    private static int share(String preset) {
        long parquet = Seeds.presets().stream().filter(FuzzTest::isParquet).count();
        long texts = Seeds.presets().size() - parquet;
        int share = Math.max(1, FILES / 250);
        return isParquet(preset) ? share : (int) ((FILES - parquet * share) / texts) + 1;
    }

    private static boolean isParquet(String preset) {
        return preset.endsWith("parquet");
    }
}
