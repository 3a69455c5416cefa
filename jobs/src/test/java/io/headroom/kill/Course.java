package io.headroom.kill;

import io.headroom.HeadroomProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The course of a process that nothing disturbs, by which moments of other processes are told.
 *
 * @param steps lines of progress, with the milliseconds since the first of them
 * @param endMs when the process ended
 */
record Course(List<Step> steps, long endMs) {

    /** What a run does one after the other, known by the line of progress that begins it. */
    enum Phase {
        PREPARE("… lake ", Stage.STAGING),
        INGEST("… staging.", Stage.STAGING),
        MARTS("… mart.", Stage.MART),
        FORECAST("… forecast.", Stage.FORECAST),
        REPORT("… report", Stage.REPORT);

        private final String beginning;
        private final Stage stage;

        Phase(String beginning, Stage stage) {
            this.beginning = beginning;
            this.stage = stage;
        }

        /** How the line of progress begins that begins it. */
        String beginning() {
            return beginning;
        }

        /** Of which it is a part. */
        Stage stage() {
            return stage;
        }
    }

    /** What a process can be told to do alone. */
    enum Stage {
        STAGING,
        MART,
        FORECAST,
        REPORT
    }

    static final List<Phase> PHASES = List.of(Phase.values());

    record Step(String line, long ms) {}

    /**
     * A moment of a run, which holds on a slower machine too.
     *
     * @param line the line of progress that it comes after
     * @param delayMs how long after
     */
    record Moment(Phase phase, String line, long delayMs) {}

    static Course of(HeadroomProcess process) throws InterruptedException {
        process.ended();
        long end = System.nanoTime();
        List<HeadroomProcess.Line> lines = process.progress().stream()
                .filter(line -> line.text().startsWith("… "))
                .toList();
        long start = lines.get(0).nanoTime();
        List<Step> steps = lines.stream()
                .map(line -> new Step(withoutLake(line.text()), (line.nanoTime() - start) / 1_000_000))
                .toList();
        return new Course(steps, (end - start) / 1_000_000);
    }

    /** The first line names the lake, which is another in every run. */
    private static String withoutLake(String line) {
        return line.startsWith(Phase.PREPARE.beginning) ? Phase.PREPARE.beginning : line;
    }

    /** When a phase begins, which must be there. */
    long startMs(Phase phase) {
        return start(phase)
                .orElseThrow(() -> new IllegalStateException("The process had no %s: %s".formatted(phase, steps)));
    }

    /** When the next phase begins, or the process ends. */
    long endMs(Phase phase) {
        return PHASES.stream()
                .filter(later -> later.compareTo(phase) > 0)
                .flatMap(later -> start(later).stream())
                .findFirst()
                .orElse(endMs);
    }

    private Optional<Long> start(Phase phase) {
        return steps.stream()
                .filter(step -> step.line().startsWith(phase.beginning))
                .map(Step::ms)
                .findFirst();
    }

    /** A random moment of a phase. */
    Moment moment(Phase phase, Random random) {
        long from = startMs(phase);
        long at = from + (long) (random.nextDouble() * Math.max(1, endMs(phase) - from));
        List<Step> before = new ArrayList<>(steps);
        before.removeIf(step -> step.ms() > at);
        Step last = before.get(before.size() - 1);
        return new Moment(phase, last.line(), at - last.ms());
    }
}
