package io.headroom.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the rows that a SELECT made of one file. */
final class RowCounts {

    private final Map<String, Long> quirks = new TreeMap<>();
    private long received;
    private long rejected;

    void add(long rows, boolean isRejected, List<String> names) {
        received += rows;
        rejected += isRejected ? rows : 0;
        names.stream().distinct().forEach(name -> quirks.merge(name, rows, Long::sum));
    }

    long received() {
        return received;
    }

    long rejected() {
        return rejected;
    }

    Map<String, Long> quirks() {
        return quirks;
    }
}
