package io.headroom.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.HeadroomProcess;
import io.headroom.kill.Course.Moment;
import io.headroom.kill.Course.Phase;
import io.headroom.kill.TwoDays.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes killed at seeded random moments of every phase, and started again. */
@Tag("kill")
class KillTest {

    private static final int MOMENTS = Integer.getInteger("headroom.kills", 60);
    private static final long SEED = Long.getLong("headroom.kills.seed", 20261101);

    private static final int WHOLE_RUN_EVERY = 6;
    private static final int TWICE_EVERY = 3;
    private static final int IN_OWN_PROCESS_EVERY = 7;

    @TempDir
    static Path folder;

    private static int killedAtWork;
    private static Unbroken first;
    private static Unbroken second;

    @BeforeAll
    static void runUnbroken() {
        first = Unbroken.first();
        second = Unbroken.second();
    }

    static Stream<Integer> moments() {
        return IntStream.range(0, MOMENTS).boxed();
    }

    @Test
    void theDaysAreWorthKilling() throws IOException {
        assertThat(first.content().differences(second.content())).isNotEmpty();
        assertThat(first.content().tables())
                .allSatisfy(
                        (table, rows) -> assertThat(rows.isEmpty()).as(table).isEqualTo(NEVER_FILLED.contains(table)));
        assertThat(brokenEquations(second)).isEmpty();
    }

    /** Facts that the sources of this test do not bring, and what needs months of history. */
    private static final List<String> NEVER_FILLED =
            List.of("staging.accelerator", "staging.model", "staging.pue", "staging.system_shape");

    /** Phases in turn, and the days in turn where all phases have been met; most kill one stage, some a whole run. */
    @ParameterizedTest
    @MethodSource("moments")
    void whatIsKilledAndStartedAgainLeavesWhatNothingDisturbed(int number) throws Exception {
        var random = new Random(SEED + number);
        int phases = Course.PHASES.size();
        Unbroken unbroken = number / phases % 2 == 0 ? first : second;
        Phase phase = Course.PHASES.get(number % phases);
        Attempt attempt = number % WHOLE_RUN_EVERY == WHOLE_RUN_EVERY - 1
                ? Attempt.ofRun(unbroken, phase)
                : Attempt.ofStage(unbroken, phase);
        Path lake = folder.resolve("lake" + number);
        Moment moment = attempt.moment(random);
        String as = "moment %d: day %d, %s of %s".formatted(number, unbroken.day(), moment, attempt.words());
        boolean isTold = killed(attempt, moment, lake);
        if (number % TWICE_EVERY == 0) {
            isTold |= killedAgain(attempt, random, lake);
        }

        Said ended = number % IN_OWN_PROCESS_EVERY == 0 ? inOwnProcess(attempt, lake) : attempt.here(lake);

        assertThat(ended.code())
                .as(as + ended.err())
                .isIn(isTold ? List.of(0, attempt.code()) : List.of(attempt.code()));
        attempt.left().assertSame(as, lake);
        assertThatNothingIsNew(as, attempt, lake);
        delete(lake);
    }

    /** A process whose lock is gone had done its work. */
    @AfterAll
    static void mostWereKilledAtWork() {
        assertThat(killedAtWork).isGreaterThanOrEqualTo(2 * MOMENTS / 3);
    }

    /** Starts a process and kills it; where it was quicker than the moment, once more and earlier. */
    private static boolean killed(Attempt attempt, Moment moment, Path lake) throws Exception {
        for (long delay = moment.delayMs(); ; delay /= 2) {
            if (moment.phase() == Phase.PREPARE && attempt.unbroken().day() == 1) {
                Files.createDirectories(lake);
            } else {
                TwoDays.copy(attempt.before(), lake);
            }
            HeadroomProcess process = HeadroomProcess.start(folder, attempt.command(lake));
            assertThat(process.awaitProgress(moment.line())).as(moment.line()).isTrue();
            if (process.killAfter(delay)) {
                killedAtWork += Files.exists(lake.resolve("_lock")) ? 1 : 0;
                return isTold(process);
            }
            delete(lake);
        }
    }

    /** Starts it again and kills it at some moment, if it lives that long. */
    private static boolean killedAgain(Attempt attempt, Random random, Path lake) throws InterruptedException {
        HeadroomProcess again = HeadroomProcess.start(folder, attempt.command(lake));
        again.awaitProgress("… lake ");
        again.killAfter((long) (random.nextDouble()
                * attempt.unbroken().stage(attempt.stage()).course().endMs()));
        return isTold(again);
    }

    /** Most are run to their end in this process instead, which is four times as fast. */
    private static Said inOwnProcess(Attempt attempt, Path lake) throws InterruptedException {
        HeadroomProcess.Ended ended =
                HeadroomProcess.start(folder, attempt.command(lake)).ended();
        return new Said(ended.code(), ended.out(), ended.err());
    }

    /** Whether a process got as far as telling that files were refused, which the next need not tell again. */
    private static boolean isTold(HeadroomProcess process) throws InterruptedException {
        return process.ended().err().contains("was refused; everything else was done");
    }

    private static void assertThatNothingIsNew(String as, Attempt attempt, Path lake) throws IOException {
        Map<String, Integer> before = LakeContent.versions(lake);
        Said said = attempt.here(lake);
        assertThat(said.code()).as(as + said.err()).isZero();
        assertThat(LakeContent.versions(lake)).as(as).isEqualTo(before);
        if (attempt.stage() != Course.Stage.REPORT) {
            assertThat(said.out()).as(as).contains("Nothing new: no table was changed.");
        }
    }

    private static List<String> brokenEquations(Unbroken unbroken) {
        return unbroken.content().tables().getOrDefault("staging.delivery", Map.of()).keySet().stream()
                .filter(row -> count(row, "read_records")
                                != count(row, "used_records")
                                        + count(row, "skipped_records")
                                        + count(row, "unparsable_records")
                        || count(row, "received_rows")
                                != count(row, "accepted_rows")
                                        + count(row, "duplicate_rows")
                                        + count(row, "rejected_rows"))
                .toList();
    }

    private static long count(String row, String column) {
        return Long.parseLong(row.replaceFirst(".* %s=(\\d+).*".formatted(column), "$1"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(KillTest::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
