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

    @TempDir
    static Path folder;

    private static final TwoDays DAYS = TwoDays.shared();
    private static Unbroken first;
    private static Unbroken second;

    @BeforeAll
    static void runUnbroken() {
        first = Unbroken.first();
        second = Unbroken.second();
    }

    /** The days in turn, so that every phase of both is met. */
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

    @ParameterizedTest
    @MethodSource("moments")
    void aKilledRunThatIsStartedAgainLeavesWhatAnUnbrokenOneLeaves(int number) throws Exception {
        var random = new Random(SEED + number);
        Unbroken unbroken = number % 2 == 0 ? first : second;
        Phase phase = Course.PHASES.get(number % Course.PHASES.size());
        Path lake = folder.resolve("lake" + number);
        Moment moment = unbroken.course().moment(phase, random);
        boolean isTold = killed(unbroken, moment, lake);
        if (number % 3 == 0) {
            isTold |= killedAgain(unbroken, random, lake);
        }

        Said ended = number % 7 == 0 ? runAgain(unbroken, lake) : DAYS.runHere(unbroken.day(), lake);

        String as = "moment %d: day %d, %s".formatted(number, unbroken.day(), moment);
        assertThat(ended.code())
                .as(as + ended.err())
                .isIn(isTold ? List.of(0, TwoDays.EXIT_CODE) : List.of(TwoDays.EXIT_CODE));
        unbroken.assertSame(as, lake);
        assertThatNothingIsNew(as, unbroken, lake);
        delete(lake);
    }

    /** Starts a run and kills it; where it was quicker than the moment, once more and earlier. */
    private static boolean killed(Unbroken unbroken, Moment moment, Path lake) throws Exception {
        for (long delay = moment.delayMs(); ; delay /= 2) {
            if (moment.phase() == Phase.PREPARE && unbroken.day() == 1) {
                Files.createDirectories(lake);
            } else {
                TwoDays.copy(unbroken.before(), lake);
            }
            HeadroomProcess process = HeadroomProcess.start(folder, DAYS.run(unbroken.day(), lake));
            assertThat(process.awaitProgress(moment.line())).as(moment.line()).isTrue();
            if (process.killAfter(delay)) {
                boolean isLate = moment.phase() == Phase.REPORT;
                assertThat(isLate || Files.exists(lake.resolve("_lock")))
                        .as("a killed run leaves its lock")
                        .isTrue();
                return isTold(process);
            }
            delete(lake);
        }
    }

    /** Starts a run again and kills it at some moment, if it lives that long. */
    private static boolean killedAgain(Unbroken unbroken, Random random, Path lake) throws InterruptedException {
        HeadroomProcess again = HeadroomProcess.start(folder, DAYS.run(unbroken.day(), lake));
        again.awaitProgress("… lake ");
        again.killAfter((long) (random.nextDouble() * unbroken.course().endMs()));
        return isTold(again);
    }

    /** In a process of its own; most are run to their end in this one, which is four times as fast. */
    private static Said runAgain(Unbroken unbroken, Path lake) throws InterruptedException {
        HeadroomProcess.Ended ended =
                HeadroomProcess.start(folder, DAYS.run(unbroken.day(), lake)).ended();
        return new Said(ended.code(), ended.out(), ended.err());
    }

    /** Whether a process got as far as telling that files were refused, which the next need not tell again. */
    private static boolean isTold(HeadroomProcess process) throws InterruptedException {
        return process.ended().err().contains("was refused; everything else was done");
    }

    private static void assertThatNothingIsNew(String as, Unbroken unbroken, Path lake) throws IOException {
        Map<String, Integer> before = LakeContent.versions(lake);
        Said said = DAYS.runHere(unbroken.day(), lake);
        assertThat(said.code()).as(as + said.err()).isZero();
        assertThat(said.out()).as(as).contains("Nothing new: no table was changed.");
        assertThat(LakeContent.versions(lake)).as(as).isEqualTo(before);
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
