package io.headroom.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.HeadroomProcess;
import io.headroom.kill.TwoDays.Said;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes at one lake at the same time. */
@Tag("kill")
class TwoRunsTest {

    private static final TwoDays DAYS = TwoDays.shared();
    /** Written in one commit each by a first run. */
    private static final List<String> READ =
            List.of("staging.gpu_sample", "mart.utilisation_hourly", "mart.cost_daily", "forecast.demand");

    @TempDir
    Path folder;

    @Test
    void ofTwoRunsOneIsRefusedAndReadersSeeWholeTables() throws Exception {
        Path lake = TwoDays.copy(DAYS.emptyLake(), folder.resolve("lake"));
        List<HeadroomProcess> runs = List.of(
                HeadroomProcess.start(folder, DAYS.run(1, lake)), HeadroomProcess.start(folder, DAYS.run(1, lake)));

        Set<String> seen = new TreeSet<>();
        while (runs.stream().anyMatch(HeadroomProcess::isAlive)) {
            seen.addAll(counted(lake));
        }

        List<HeadroomProcess.Ended> ended =
                List.of(runs.get(0).ended(), runs.get(1).ended());
        assertThat(ended).extracting(HeadroomProcess.Ended::code).containsExactlyInAnyOrder(1, TwoDays.EXIT_CODE);
        assertThat(ended)
                .filteredOn(run -> run.code() == 1)
                .allSatisfy(run -> assertThat(run.err())
                        .contains("The lake is being written by")
                        .contains("Wait until it ends and try again."));
        assertThat(seen).as("an empty table or a whole one").isSubsetOf(emptyAndWhole());
        Unbroken.first().assertSame("after two runs at once", lake);
    }

    @Test
    void aBackfillBesideADailyRunIsRefusedAndBetweenRunsChangesNothing() throws Exception {
        Path lake = TwoDays.copy(Unbroken.first().lake(), folder.resolve("lake"));
        HeadroomProcess daily = HeadroomProcess.start(folder, DAYS.run(2, lake));
        assertThat(daily.awaitProgress("… staging.")).isTrue();

        Said beside = backfill(lake);

        assertThat(beside.code()).as(beside.err()).isEqualTo(1);
        assertThat(beside.err()).contains("The lake is being written by run ");
        assertThat(daily.ended().code()).isEqualTo(TwoDays.EXIT_CODE);
        Unbroken.second().assertSame("after a refused backfill", lake);
        assertThat(backfill(lake).code()).isZero();
        Unbroken.second().assertSame("after a backfill", lake);
    }

    @Test
    void aDailyRunBesideABackfillIsRefusedAndLosesNothingByIt() throws Exception {
        Path lake = TwoDays.copy(Unbroken.first().lake(), folder.resolve("lake"));
        HeadroomProcess backfill = HeadroomProcess.start(folder, backfillCommand(lake));
        assertThat(backfill.awaitProgress("… mart.rack_instant")).isTrue();

        Said beside = DAYS.runHere(2, lake);

        assertThat(beside.code()).as(beside.err()).isEqualTo(1);
        assertThat(beside.err()).contains("The lake is being written by run ");
        HeadroomProcess.Ended ended = backfill.ended();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(DAYS.runHere(2, lake).code()).isEqualTo(TwoDays.EXIT_CODE);
        Unbroken.second().assertSame("after a backfill and a run", lake);
    }

    private static Said backfill(Path lake) {
        return TwoDays.here(backfillCommand(lake));
    }

    /** The second day's new rows are of one of these days. */
    private static String[] backfillCommand(Path lake) {
        return new String[] {
            "job",
            "mart",
            "--from",
            "2026-02-20",
            "--to",
            "2026-02-28",
            "--lake",
            lake.toString(),
            "--as-of",
            TwoDays.AS_OF
        };
    }

    private static List<String> counted(Path lake) {
        return READ.stream()
                .map(table -> {
                    Said said = TwoDays.here("sql", "--lake", lake.toString(), "SELECT count(*) AS n FROM " + table);
                    return table + " " + said.code() + " " + said.out().replaceAll("\\D", "");
                })
                .toList();
    }

    private static Set<String> emptyAndWhole() {
        Set<String> counts = new TreeSet<>();
        for (String table : READ) {
            Map<String, Integer> rows = Unbroken.first().content().tables().getOrDefault(table, Map.of());
            long whole = rows.values().stream().mapToLong(Integer::longValue).sum();
            counts.add(table + " 0 0");
            counts.add(table + " 0 " + whole);
        }
        return counts;
    }
}
