package io.headroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One more day of GPU samples, with few and with many days in the lake, by turns. */
final class HistoryBench {

    private final Workplace place;
    private final int rounds;
    private final long samples;

    HistoryBench(Workplace place, int rounds, long samples) {
        this.place = place;
        this.rounds = rounds;
        this.samples = samples;
    }

    /** @param behind how many days are in the lake, fewest first */
    void run(List<Integer> behind) throws IOException, InterruptedException {
        System.out.printf(
                "One more day of %,d GPU samples with other days in the lake; whole processes, JVM start included;"
                        + " medians of %d.%n%n",
                samples, rounds);
        build(behind);
        Map<Integer, List<Measured>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int days : behind) {
                Path lake = place.copied(place.path("lake-" + days), "lake");
                measured.computeIfAbsent(days, unseen -> new ArrayList<>())
                        .add(place.run(place.path("landing-" + days), lake));
            }
        }
        print(measured);
    }

    /** A lake with each number of days in it, made day by day, and beside it landing files that tell one day more. */
    private void build(List<Integer> behind) throws IOException {
        Path landing = Files.createDirectories(place.path("landing"));
        Path lake = place.copied(place.emptyLake(), "built");
        for (int day = 0; day <= behind.get(behind.size() - 1); day++) {
            place.deliver(landing, day, samples);
            if (behind.contains(day)) {
                place.copied(lake, "lake-" + day);
                place.copied(landing, "landing-" + day);
            }
            place.runHere(landing, lake);
        }
    }

    private static void print(Map<Integer, List<Measured>> measured) {
        System.out.println(Figures.header("days behind", "") + "   x seconds      x CPU s");
        Figures fewest = Figures.of(measured.values().iterator().next());
        measured.forEach((days, runs) -> {
            Figures figures = Figures.of(runs);
            System.out.printf(
                    "%s%12.2f %12.2f%n",
                    figures.line(days, ""),
                    figures.seconds() / fewest.seconds(),
                    figures.cpuSeconds() / fewest.cpuSeconds());
        });
        System.out.println();
    }
}
