package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.staging.capacity_milestone.CapacityMilestone;
import org.junit.jupiter.api.Test;

/** What the figures rest on. */
class EvidenceSectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void theLedgerShowsWhatIsKnownLatestOfAMilestone() {
        tables.draw(CapacityMilestone.TABLE, """
                milestone_id | provider | state     | planned_on | mw  | source_url        | known_at            | source | path
                m1           | p        | announced | 2026-06-30 | 200 | https://x.example | 2026-01-01 00:00:00 | ledger | a.csv
                m1           | p        | paused    | 2026-12-31 | 200 | javascript:x()    | 2026-05-01 00:00:00 | ledger | b.csv
                m2           | p        | announced | 2026-06-30 | 200 | https://x.example | 2026-05-01 00:00:00 | a      | a.csv
                m2           | p        | energised | 2026-12-31 | 200 | https://x.example | 2026-05-01 00:00:00 | b      | b.csv
                """);

        assertThat(tables.cells("ledger", "state")).containsExactly("paused", "energised");
        assertThat(tables.cells("ledger", "planned_on"))
                .as("of two that became known together the later plan, as in forecast.supply")
                .containsExactly("2026-12-31", "2026-12-31");
        assertThat(tables.cells("ledger", "known_at")).containsOnly("2026-05-01 00:00:00");
    }
}
