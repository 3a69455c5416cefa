package io.headroom.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of the delivered rows. Programs that did the same work tell the same. */
record Counts(long read, long accepted, long duplicate, long rejected) {

    private static final Pattern NUMBERS = Pattern.compile("(?m)^ {2}gpu_samples +(\\d+) +(\\d+) +(\\d+) +(\\d+)");
    private static final Pattern OWN =
            Pattern.compile("Counts\\[read=(\\d+), accepted=(\\d+), duplicate=(\\d+), rejected=(\\d+)]");

    /** From what a program printed: the line of the source in the pipeline's summary, or the text of a record of counts. */
    static Counts told(String out) {
        return List.of(NUMBERS, OWN).stream()
                .map(pattern -> pattern.matcher(out))
                .filter(Matcher::find)
                .map(found -> new Counts(number(found, 1), number(found, 2), number(found, 3), number(found, 4)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("It did not say what it counted: " + out));
    }

    private static long number(Matcher found, int group) {
        return Long.parseLong(found.group(group));
    }
}
