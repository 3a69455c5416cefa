package io.headroom.ingest;

import static java.util.stream.Collectors.toSet;

import io.headroom.lake.Commit;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.staging.delivery.Delivery;
import java.util.Set;

/** Up to where refusals have been told to whoever started a run. One that dies after recording them leaves that to the next. */
public final class Told {

    /** Version of the record of deliveries. */
    private static final String FILE = "_told";

    private Told() {}

    /** The runs whose refusals nobody has been told of. */
    static Set<String> untoldRuns(Lake lake) {
        return deliveries(lake).commitsSince(version(lake)).stream()
                .filter(commit -> commit.kind() == Commit.Kind.DELIVERY)
                .map(Commit::run)
                .collect(toSet());
    }

    /** Where nothing has been told of a lake yet, what it holds so far counts as told: another version of Headroom did it. */
    static void begin(Lake lake) {
        if (lake.readFile(FILE).isEmpty()) {
            everything(lake);
        }
    }

    /** All that is recorded is about to be told. */
    public static void everything(Lake lake) {
        long now = deliveries(lake).version();
        if (version(lake) != now || lake.readFile(FILE).isEmpty()) {
            lake.writeFile(FILE, now + "\n");
        }
    }

    private static long version(Lake lake) {
        return lake.readFile(FILE)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static LakeTable deliveries(Lake lake) {
        return lake.table(Delivery.TABLE);
    }
}
