package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.cost_daily.CostDaily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random deliveries, late files, copies, restatements and supersessions end in the tables of their final state. */
@Tag("late")
class RandomDeliveriesTest {

    private static final int RUNS = 5;

    @TempDir
    Path folder;

    /** What each path holds now, for copies. */
    private final Map<String, String[]> held = new TreeMap<>();

    /** What each path held at the last run: a file that was touched but says the same is no delivery. */
    private final Map<String, String[]> recorded = new TreeMap<>();

    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void endInTheTablesOfTheirFinalState(long seed) throws IOException {
        var fleet = new MetersAndBills(folder.resolve("grown"), List.of(CostDaily.JOB));
        var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            for (int file = 0; file <= random.nextInt(3); file++) {
                deliver(fleet, random);
            }
            fleet.run();
            recorded.putAll(held);
            told.add("run");
        }

        assertThat(fleet.lake().brokenEquations()).as(told.toString()).isEmpty();
        assertThat(fleet.state()).as(told.toString()).isEqualTo(fleet.stateOfFreshLake(folder.resolve("fresh")));
    }

    private void deliver(MetersAndBills fleet, Random random) {
        boolean isBill = random.nextBoolean();
        String path = (isBill ? "bill-%d.csv" : "meters-%d.csv").formatted(random.nextInt(4));
        List<String> alike = held.keySet().stream()
                .filter(other -> other.startsWith("bill") == isBill)
                .toList();
        String[] rows = !alike.isEmpty() && random.nextInt(4) == 0
                ? held.getOrDefault(alike.get(random.nextInt(alike.size())), new String[0])
                : rows(random, isBill);
        if (Arrays.equals(rows, held.get(path)) || Arrays.equals(rows, recorded.get(path))) {
            return;
        }
        held.put(path, rows);
        told.add(path + " " + List.of(rows));
        if (isBill) {
            fleet.bill(path, rows);
        } else {
            fleet.meters(path, rows);
        }
    }

    private static String[] rows(Random random, boolean isBill) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(row -> isBill ? charge(random) : reading(random))
                .toArray(String[]::new);
    }

    /** One of few keys, so that files repeat one another's; now and then its watts are wrong. */
    private static String reading(Random random) {
        return "m%d,2026-03-0%dT10:%d0:00Z,%d"
                .formatted(
                        random.nextInt(2),
                        1 + random.nextInt(2),
                        random.nextInt(4),
                        random.nextInt(8) == 0 ? -1 : random.nextInt(3));
    }

    /** In one of few slices; now and then its cost cannot be read, so that its delivery is not complete. */
    private static String charge(Random random) {
        int month = 1 + random.nextInt(2);
        int day = 1 + random.nextInt(3);
        return "2026-0%d,2026-0%d-0%d,2026-0%d-0%d,%s"
                .formatted(
                        month,
                        month,
                        day,
                        month,
                        day + 1 + random.nextInt(3),
                        random.nextInt(10) == 0 ? "x" : random.nextInt(100));
    }
}
