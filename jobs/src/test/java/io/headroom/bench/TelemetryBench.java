package io.headroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One day of GPU samples in each format that collectors deliver, into staging and all marts. */
final class TelemetryBench {

    private final Workplace place;
    private final int rounds;

    TelemetryBench(Workplace place, int rounds) {
        this.place = place;
        this.rounds = rounds;
    }

    void run(long samples) throws IOException, InterruptedException {
        System.out.printf(
                "One day of %,d GPU samples in several formats, landing files to staging and all marts; whole processes,"
                        + " JVM start included; medians of %d.%n%n",
                samples, rounds);
        System.out.println(Figures.header("accepted", "format") + "   samples/s   landed MB");
        for (Delivery delivery : Delivery.values()) {
            measure(samples, delivery);
        }
        System.out.println();
    }

    private void measure(long samples, Delivery delivery) throws IOException, InterruptedException {
        Path landing = place.path("landing-" + delivery.word());
        place.deliver(landing, 0, samples, delivery);
        place.expect(delivery);
        List<Measured> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(place.runAllMarts(landing, place.copied(place.emptyLake(), "lake")));
        }
        long accepted = Counts.told(measured.get(0).out()).accepted();
        Figures figures = Figures.of(measured);
        System.out.printf(
                "%s%12.0f%12.0f%n",
                figures.line(accepted, delivery.word()), accepted / figures.seconds(), Workplace.bytes(landing) / 1e6);
        Workplace.remove(landing);
    }
}
