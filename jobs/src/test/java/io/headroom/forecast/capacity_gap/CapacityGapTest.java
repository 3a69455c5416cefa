package io.headroom.forecast.capacity_gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.forecast.demand.Demand;
import io.headroom.forecast.supply.Supply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityGapTest {

    private static final String DEMAND = """
        measure | provider | region | origin     | day        | p10 | p50 | p90
        mw      | own      | east   | 2027-12-28 | 2027-12-29 | 5   | 6   | 9
        mw      | own      | east   | 2027-12-28 | 2027-12-30 | 5   | 8   | 11
        mw      | own      | east   | 2027-12-28 | 2027-12-31 | 5   | 13  | 17
        """;

    @TempDir
    private Path folder;

    @Test
    void theGapOpensOnTheFirstDayThatDemandExceedsSupply() {
        assertThat(gap(DEMAND, """
            measure | provider | region | day        | supply
            mw      | own      | east   | 2026-01-01 | 10
            mw      | own      | east   | 2027-12-31 | 12
            mw      | AWS      | east   | 2026-01-01 | 1
            """))
                .as("P90 exceeds from the 30th, P50 on the 31st; short by 1 and by 5")
                .containsExactly(
                        "base mw own east 2027-12-28 2027-12-29 2027-12-31 2027-12-31 2027-12-30 12.0 13.0 17.0 1.0 5.0 1");
    }

    @Test
    void enoughSupplyHasNoGap() {
        assertThat(gap(DEMAND, """
            measure | provider | region | day        | supply
            mw      | own      | east   | 2026-01-01 | 17
            """))
                .containsExactly(
                        "base mw own east 2027-12-28 2027-12-29 2027-12-31 null null 17.0 13.0 17.0 0.0 0.0 0");
    }

    @Test
    void unknownSupplyIsNotZero() {
        assertThat(gap(DEMAND, "measure | provider"))
                .containsExactly("base mw own east 2027-12-28 null 2027-12-31 null null null 13.0 17.0 null null null");
    }

    @Test
    void daysBeforeTheFirstStepAreNotCompared() {
        assertThat(gap(DEMAND, """
            measure | provider | region | day        | supply
            mw      | own      | east   | 2027-12-31 | 14
            """))
                .containsExactly(
                        "base mw own east 2027-12-28 2027-12-31 2027-12-31 null 2027-12-31 14.0 13.0 17.0 0.0 3.0 0");
    }

    @Test
    void tokensHaveNoSupply() {
        assertThat(gap(DEMAND.replace("mw  ", "tokens"), "measure | provider")).isEmpty();
    }

    private List<String> gap(String demand, String supply) {
        return TestInputs.in(folder)
                .with(Demand.TABLE, Rows.of(Demand.TABLE, demand))
                .with(Supply.TABLE, Rows.of(Supply.TABLE, supply))
                .derive(CapacityGap.JOB)
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
