package io.headroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a process cost from its start to its end, looked at every 20 ms.
 *
 * @param cpuSeconds of user and system together, on all cores
 * @param peakBytes most memory that it held at once; 0 where the machine does not tell
 * @param out what it printed
 */
record Measured(double seconds, double cpuSeconds, long peakBytes, String out) {

    private static final long PAUSE_MS = 20;

    /**
     * Runs a command to its end.
     *
     * @throws IllegalStateException where it does not end with 0
     */
    static Measured run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("headroom-bench", ".out");
        Path err = Files.createTempFile("headroom-bench", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            long start = System.nanoTime();
            Process process = builder.start();
            Duration cpu = Duration.ZERO;
            long peak = 0;
            while (!process.waitFor(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                peak = Math.max(peak, peak(process.pid()).orElse(0L));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0) {
                throw new IllegalStateException("%s ended with %d: %s%s"
                        .formatted(command, process.exitValue(), Files.readString(err), Files.readString(out)));
            }
            return new Measured(seconds, cpu.toNanos() / 1e9, peak, Files.readString(out));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The high-water mark of resident memory, as Linux tells it. */
    private static Optional<Long> peak(long pid) {
        try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
