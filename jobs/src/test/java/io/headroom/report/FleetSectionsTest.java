package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import org.junit.jupiter.api.Test;

/** Where the GPU-hours of the fleet go. */
class FleetSectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void utilisationIsARatioOfSumsAndMissingTelemetryStaysUnknown() {
        tables.draw(UtilisationHourly.TABLE, """
                day        | cluster | accelerator | workload | installed_gpu_hours | allocated_gpu_hours | allocated_reporting_gpu_hours | sm_active_gpu_hours | sm_reporting_gpu_hours | allocated_h100e_hours | allocated_reporting_h100e_hours
                2026-10-01 | c1      | H100        | train    | 10                  | 10                  | 10                            | 9                   | 10                     | 10                    | 10
                2026-10-01 | c1      | H100        | serve    | 50                  | 10                  | 30                            | 3                   | 20                     | 10                    | 30
                2026-10-01 | c1      | H100        |          | 60                  |                     |                               |                     |                        |                       |
                2026-10-01 | c2      | H100        |          | 60                  |                     |                               |                     |                        |                       |
                """);

        assertThat(tables.cells("utilisation", "sm_utilisation")).containsExactly(0.4, null);
        assertThat(tables.cells("utilisation", "allocated_share")).containsExactly(0.5, null);
        assertThat(tables.cells("headline", "value")).containsExactly(0.5);
    }
}
