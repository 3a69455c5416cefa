package io.headroom.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Medians over some rounds of one process; the peak of memory is the highest of any. */
record Figures(double seconds, double cpuSeconds, double peakMegabytes) {

    static Figures of(List<Measured> rounds) {
        return new Figures(
                median(rounds, Measured::seconds),
                median(rounds, Measured::cpuSeconds),
                rounds.stream().mapToLong(Measured::peakBytes).max().orElse(0) / 1e6);
    }

    static String header(String first, String second) {
        return String.format(Locale.ROOT, "%12s  %-10s%10s%10s%10s", first, second, "seconds", "CPU s", "peak MB");
    }

    String line(long first, String second) {
        return String.format(
                Locale.ROOT, "%12d  %-10s%10.1f%10.1f%10.0f", first, second, seconds, cpuSeconds, peakMegabytes);
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
