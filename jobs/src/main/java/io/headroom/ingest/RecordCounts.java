package io.headroom.ingest;

import io.headroom.source.Columns;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of the records of one file: read = used + skipped + unparsable. */
final class RecordCounts {

    /** Libraries may put a whole schema into their words. */
    private static final int MOST_SHOWN = 1_000;

    private final Map<String, Long> skipped = new TreeMap<>();
    private long used;
    private long unparsable;
    private Optional<String> problem = Optional.empty();

    /** The counts of a file of which nothing is used. */
    static RecordCounts refused(String why) {
        var counts = new RecordCounts();
        counts.refuse(why);
        return counts;
    }

    void foundUsed(long records) {
        used = records;
    }

    void foundSkipped(String rule, long records) {
        skipped.put(rule, records);
    }

    void foundUnparsable(long records) {
        unparsable = records;
    }

    void refuse(String why) {
        problem = Optional.of(Columns.shown(why, MOST_SHOWN));
    }

    /** Why nothing of the file is used. */
    Optional<String> problem() {
        return problem;
    }

    /** Of a refused file no record counts as read. */
    long read() {
        return problem.isPresent() ? 0 : used + skippedInAll() + unparsable;
    }

    long used() {
        return problem.isPresent() ? 0 : used;
    }

    long unparsable() {
        return problem.isPresent() ? 0 : unparsable;
    }

    long skippedInAll() {
        return skipped().values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> skipped() {
        return problem.isPresent() ? Map.of() : skipped;
    }
}
