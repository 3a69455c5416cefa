package io.headroom.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.HeadroomProcess;
import io.headroom.kill.Course.Phase;
import io.headroom.kill.TwoDays.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that are told to stop, or that find no room or no leave to write; and what the next run makes of it. */
@Tag("kill")
class StopTest {

    private static final TwoDays DAYS = TwoDays.shared();
    private static final Attempt INGEST = Attempt.ofStage(Unbroken.first(), Phase.INGEST);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"INGEST", "MARTS"})
    void aProcessThatIsToldToStopGivesTheLakeBackAndIsToBeTriedAgain(Phase phase) throws Exception {
        var attempt = Attempt.ofStage(Unbroken.first(), phase);
        Path lake = TwoDays.copy(attempt.before(), folder.resolve("lake"));
        HeadroomProcess process = HeadroomProcess.start(folder, attempt.command(lake));
        assertThat(process.awaitProgress(phase.beginning())).isTrue();

        process.terminate();

        HeadroomProcess.Ended ended = process.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("Stopped before its end").doesNotContain("does not know");
        assertThat(lake.resolve("_lock")).doesNotExist();
        assertThatTheNextCompletes(attempt, lake);
    }

    /** Spark's compression is a native library, which is unpacked first and is larger than this limit. */
    @Test
    void whereTemporaryFilesFindNoRoomThatIsSaidAndTheNextRunCompletes() throws Exception {
        Path lake = TwoDays.copy(DAYS.emptyLake(), folder.resolve("lake"));

        HeadroomProcess.Ended ended = HeadroomProcess.startIn(
                        List.of("bash", "-c", "ulimit -f 256; exec \"$@\"", "bash"), folder, INGEST.command(lake))
                .ended();

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("the folder for temporary files", "Make room there");
        assertThatTheNextCompletes(INGEST, lake);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4000})
    void whereTheDiskIsFullThatIsSaidAndTheNextRunCompletes(int kilobytesLeft) throws Exception {
        assumeMounts();
        Path small = Files.createDirectories(folder.resolve("small"));
        Path lake = Files.createDirectories(folder.resolve("lake"));
        String script = """
                mount -t tmpfs -o size=100m none %1$s && cp -r %2$s/. %1$s \
                && used=$(du -sk %1$s | cut -f1) && mount -o remount,size=$((used + %3$d))k %1$s && "$@"
                code=$?
                cp -r %1$s/. %4$s
                exit $code""".formatted(small, DAYS.emptyLake(), kilobytesLeft, lake);

        HeadroomProcess.Ended ended = HeadroomProcess.startIn(inOwnMounts(script), folder, INGEST.command(small))
                .ended();

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("room", "No space left on device", "run the same command again");
        assertThat(lake.resolve("_lock")).doesNotExist();
        assertThatTheNextCompletes(INGEST, lake);
    }

    @Test
    void aLakeThatMayNotBeWrittenCanStillBeRead() throws Exception {
        assumeMounts();
        Path lake = TwoDays.copy(Unbroken.first().lake(), folder.resolve("lake"));
        List<String> around =
                inOwnMounts("mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s && exec \"$@\"".formatted(lake));

        HeadroomProcess.Ended run =
                HeadroomProcess.startIn(around, folder, DAYS.run(2, lake)).ended();
        HeadroomProcess.Ended query = HeadroomProcess.startIn(
                        around,
                        folder,
                        "sql",
                        "--lake",
                        lake.toString(),
                        "SELECT path, accepted_rows FROM staging.delivery WHERE path LIKE 'meters/b%'")
                .ended();

        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("cannot be taken", "Read-only file system", "See that the lake may be written");
        assertThat(query.out()).as(query.err()).isEqualTo("path,accepted_rows\nmeters/bad.csv,1\n");
        assertThat(query.code()).isZero();
        assertThat(LakeContent.of(lake).differences(Unbroken.first().content())).isEmpty();
    }

    private static void assertThatTheNextCompletes(Attempt attempt, Path lake) throws Exception {
        Said next = attempt.here(lake);
        assertThat(next.code()).as(next.err()).isEqualTo(attempt.code());
        attempt.left().assertSame("after the next", lake);
    }

    /** A shell whose mounts nobody else sees, for root and, where the system lets them, for others. */
    private static List<String> inOwnMounts(String script) {
        return List.of("unshare", "-rm", "bash", "-c", script, "bash");
    }

    private static void assumeMounts() throws Exception {
        Process probe = new ProcessBuilder(inOwnMounts("mount -t tmpfs none /mnt")).start();
        assumeTrue(probe.waitFor() == 0, "this system lets nobody mount a folder of their own, so no disk can be full");
    }
}
