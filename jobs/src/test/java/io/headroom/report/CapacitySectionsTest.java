package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.forecast.capacity_gap.CapacityGap;
import io.headroom.forecast.demand.Demand;
import io.headroom.forecast.history.History;
import io.headroom.forecast.supply.Supply;
import org.junit.jupiter.api.Test;

/** What there is, what is needed, and when it runs out. */
class CapacitySectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void supplyHoldsUntilItsNextStepAndTheHeadlineTellsTheCrossing() {
        tables.draw(History.TABLE, """
                day        | measure | provider | region | value
                2026-10-30 | mw      | all      | all    | 9
                2026-10-31 | mw      | all      | all    | 10
                """);
        tables.draw(Demand.TABLE, """
                measure | provider | region | origin     | day        | p10 | p50 | p90 | model_id
                mw      | all      | all    | 2026-10-31 | 2026-11-01 | 9   | 11  | 13  | m
                mw      | all      | all    | 2026-10-31 | 2026-11-02 | 9   | 12  | 15  | m
                mw      | all      | all    | 2026-09-30 | 2026-11-02 | 1   | 2   | 3   | older
                """);
        tables.draw(Supply.TABLE, """
                measure | provider | region | day        | supply | planned_share | milestones
                mw      | all      | all    | 2026-01-01 | 11.5   | 0             | 1
                mw      | all      | all    | 2026-11-02 | 14     | 0.25          | 2
                mw      | all      | all    | 2028-01-01 | 99     | 0.9           | 3
                """);
        tables.draw(CapacityGap.TABLE, """
                scenario | measure | provider | region | origin     | compared_from | until      | first_day_p50_exceeds | first_day_p90_exceeds | supply_at_end
                base     | mw      | all      | all    | 2026-10-31 | 2026-11-01    | 2027-12-31 |                       | 2026-11-01            | 14
                """);

        assertThat(tables.cells("supply_demand", "day"))
                .containsExactly("2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02");
        assertThat(tables.cells("supply_demand", "supply")).containsExactly(11.5, 11.5, 11.5, 14.0);
        assertThat(tables.cells("supply_demand", "p50")).containsExactly(null, null, 11.0, 12.0);
        assertThat(tables.cells("headline", "card")).containsExactly("Supply now", "Demand passes supply: MW");
        assertThat(tables.cells("headline", "value")).containsExactly(11.5, null);
        assertThat(tables.cells("headline", "words")).containsExactly(null, "Not in sight");
        assertThat(tables.cells("headline", "note"))
                .contains("P50 of the daily mean, compared from 2026-11-01 to 2027-12-31; P90 passes on 2026-11-01");
        assertThat(tables.cells("capacity_gap", "compared_from")).containsExactly("2026-11-01");
    }
}
