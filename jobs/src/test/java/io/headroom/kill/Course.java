package io.headroom.kill;

import io.headroom.HeadroomProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The course of a run that nothing disturbs, by which moments of other runs are told.
 *
 * @param steps lines of progress, with the milliseconds since the first of them
 * @param endMs when the process ended
 */
record Course(List<Step> steps, long endMs) {

    /** What a run does one after the other, known by the line of progress that begins it. */
    enum Phase {
        PREPARE("… lake "),
        INGEST("… staging."),
        MARTS("… mart."),
        FORECAST("… forecast."),
        REPORT("… report");

        private final String beginning;

        Phase(String beginning) {
            this.beginning = beginning;
        }
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

    /** When a phase begins; the phases must all be there. */
    long startMs(Phase phase) {
        return steps.stream()
                .filter(step -> step.line().startsWith(phase.beginning))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The run had no %s: %s".formatted(phase, steps)))
                .ms();
    }

    /** When the next phase begins, or the run ends. */
    long endMs(Phase phase) {
        return phase == Phase.REPORT ? endMs : startMs(PHASES.get(PHASES.indexOf(phase) + 1));
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
