package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import org.junit.jupiter.api.Test;

/** How dense racks are. */
class PowerSectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void powerIsTheMeanOverTheTimeCovered() {
        tables.draw(PowerDensityHourly.TABLE, """
                day        | hour                | cluster | rack | node | power_basis | p95_power_w | max_power_w | covered_s | energy_j  | nameplate_w | level
                2026-08-01 | 2026-08-01 00:00:00 | c1      | r1   |      | metered     | 1           | 1           | 3600      | 1         | 132000      | rack
                2026-10-01 | 2026-10-01 00:00:00 | c1      | r1   |      | metered     | 101000      | 120000      | 3600      | 360000000 | 132000      | rack
                2026-10-01 | 2026-10-01 01:00:00 | c1      | r1   |      | gpu_sum     | 99000       | 110000      | 1200      | 60000000  | 132000      | rack
                2026-10-01 | 2026-10-01 01:00:00 | c1      |      | h1   | metered     | 9000        | 9000        |           |           |             | node
                2026-10-01 | 2026-10-01 01:00:00 | c1      |      |      | metered     | 999000      | 999000      | 3600      | 360000000 |             | it
                2026-10-01 | 2026-10-01 01:00:00 | c1      | r1   | h2   | metered     | 999000      | 999000      | 3600      | 360000000 |             | node
                """);

        assertThat(tables.cells("power_density", "rack")).containsExactly("h1", "r1");
        assertThat(tables.cells("power_density", "mean_power_kw")).containsExactly(null, 87.5);
        assertThat(tables.cells("power_density", "max_power_kw")).containsExactly(9.0, 120.0);
        assertThat(tables.cells("power_density", "power_basis")).containsExactly("metered", "gpu_sum, metered");
    }
}
