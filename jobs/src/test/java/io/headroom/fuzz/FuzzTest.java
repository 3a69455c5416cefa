package io.headroom.fuzz;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headroom.LakeFixture;
import io.headroom.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final Duration HANGS = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    /** The presets of each table: read together, as sources of one run. */
    static Collection<List<String>> presetsByTable() {
        return Seeds.presets().stream()
                .filter(preset -> preset.matches(System.getProperty("headroom.fuzz.presets", ".*")))
                .collect(groupingBy(preset -> preset.substring(0, preset.indexOf('/')), TreeMap::new, toList()))
                .values();
    }

    @ParameterizedTest
    @MethodSource("presetsByTable")
    void everyFileIsAccountedFor(List<String> presets) {
        var lake = new LakeFixture(folder);
        List<Batch> batches = presets.stream()
                .map(preset -> Batch.of(preset, SEED, share(preset)))
                .toList();
        batches.forEach(batch -> batch.deliver(lake));
        List<Source> sources = batches.stream().map(Batch::source).toList();

        assertTimeoutPreemptively(HANGS, () -> lake.ingest(sources));

        assertThat(batches.stream().flatMap(batch -> batch.faults(lake).stream()))
                .isEmpty();
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
