package io.headroom.lake;

import java.time.LocalDate;
import java.util.Set;

/**
 * What commits changed in a table.
 *
 * @param isAny whether they changed any row
 * @param days the partitions that they changed; empty for a table without partitions
 */
public record Changes(boolean isAny, Set<LocalDate> days) {

    public Changes {
        days = Set.copyOf(days);
    }
}
