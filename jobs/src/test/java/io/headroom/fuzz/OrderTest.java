package io.headroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken files that arrive in another order make the same tables. */
@Tag("fuzz")
class OrderTest {

    private static final int FILES = 60;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"power_sample/plain_csv", "cost/focus_1_0_csv", "job_usage/mlperf_run", "price/plain_json"})
    void laterFilesFirst(String preset) throws IOException {
        Batch batch = Batch.of(preset, SEED, FILES);
        var atOnce = new LakeFixture(folder.resolve("at-once"));
        batch.deliver(atOnce);
        atOnce.ingest(List.of(batch.source()));

        var inTwo = new LakeFixture(folder.resolve("in-two"));
        batch.deliver(inTwo);
        List<String> paths = new ArrayList<>(batch.files().keySet());
        List<String> earlier = paths.subList(0, paths.size() / 2);
        Path away = folder.resolve("away");
        for (String path : earlier) {
            move(inTwo.landing(), away, path);
        }
        inTwo.ingest(List.of(batch.source()));
        for (String path : earlier) {
            move(away, inTwo.landing(), path);
        }
        inTwo.ingest(List.of(batch.source()));

        assertThat(tables(inTwo, batch.source())).isEqualTo(tables(atOnce, batch.source()));
    }

    /** A file keeps the time of its last change. */
    private static void move(Path from, Path to, String path) throws IOException {
        Path moved = to.resolve(path);
        Files.createDirectories(moved.getParent());
        Files.move(from.resolve(path), moved);
    }

    private static List<String> tables(LakeFixture lake, Source source) {
        List<String> rows = new ArrayList<>(lake.sql("SELECT * FROM " + source.target()));
        rows.addAll(lake.sql("SELECT source, target, path, line, raw, reasons FROM rejected"));
        rows.addAll(lake.sql("SELECT path, problem, read_records, used_records, skipped_records, unparsable_records,"
                + " received_rows, accepted_rows, duplicate_rows, rejected_rows, superseded_rows FROM delivery"));
        return rows;
    }
}
