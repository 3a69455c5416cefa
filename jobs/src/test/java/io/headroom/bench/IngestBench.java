package io.headroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A first day of GPU samples into an empty lake, and DuckDB doing the same, by turns. */
final class IngestBench {

    private final Workplace place;
    private final int rounds;

    IngestBench(Workplace place, int rounds) {
        this.place = place;
        this.rounds = rounds;
    }

    void run(List<Long> sizes) throws IOException, InterruptedException {
        System.out.printf(
                "One day of GPU samples, landing files to staging and telemetry marts; whole processes, JVM start"
                        + " included; medians of %d.%n%n",
                rounds);
        System.out.println(Figures.header("rows", "program") + "      rows/s     x DuckDB");
        for (long size : sizes) {
            measure(size);
        }
        System.out.println();
    }

    private void measure(long size) throws IOException, InterruptedException {
        Path landing = place.path("landing-" + size);
        place.deliver(landing, 0, size);
        List<Measured> headroom = new ArrayList<>();
        List<Measured> duckDb = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path out = place.path("duckdb");
            Workplace.remove(out);
            duckDb.add(place.runDuckDb(landing, out));
            headroom.add(place.run(landing, place.copied(place.emptyLake(), "lake")));
        }
        Counts counts = Counts.told(headroom.get(0).out());
        requireSame(counts, Counts.told(duckDb.get(0).out()));
        Figures ours = Figures.of(headroom);
        Figures theirs = Figures.of(duckDb);
        print(counts.read(), "DuckDB", theirs, theirs);
        print(counts.read(), "Headroom", ours, theirs);
    }

    /** Work that is not the same cannot be compared. */
    static void requireSame(Counts ours, Counts theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("Headroom counted %s, DuckDB %s.".formatted(ours, theirs));
        }
    }

    private static void print(long rows, String program, Figures figures, Figures duckDb) {
        System.out.printf(
                "%s%12.0f %12.2f%n",
                figures.line(rows, program), rows / figures.seconds(), figures.seconds() / duckDb.seconds());
    }
}
