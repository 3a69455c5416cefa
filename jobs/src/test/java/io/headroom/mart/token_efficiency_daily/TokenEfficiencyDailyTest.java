package io.headroom.mart.token_efficiency_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import org.junit.jupiter.api.Test;

class TokenEfficiencyDailyTest {

    @Test
    void tokenEfficiencyIsTokensOverEnergyAtEachBoundary() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | reasoning_tokens
                        2026-03-01 | c       | 1             | 700                   | 200           | 100
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | installed_gpu_hours | power_reporting_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | 1                   | 24                        | 100
                        """))
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | cluster | power_basis | covered_s | energy_j
                        2026-03-01 | c       | metered     | 86400     | 200
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | pue
                        c       | 1.25
                        """));

        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.TOTAL_TOKENS,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_IT,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_FACILITY,
                        TokenEfficiencyDaily.TOKENS_PER_S_PER_MW_FACILITY))
                .containsExactly("1000 | 10.0 | 5.0 | 4.0 | 4000000.0");
    }

    @Test
    void tokensOfADayAreNotDividedByTheEnergyOfHalfOfIt() {
        var utilisation = new StringBuilder(
                "day | hour | cluster | installed_gpu_hours | power_reporting_gpu_hours | gpu_energy_j\n");
        var power = new StringBuilder("day | hour | cluster | rack | power_basis | covered_s | energy_j\n");
        for (int hour = 0; hour < 24; hour++) {
            String at = "2026-03-01 | 2026-03-01 %02d:00:00 | ".formatted(hour);
            utilisation.append(at + "whole | 10 | %s | 96%n".formatted(9.6));
            utilisation.append(at + "half | 10 | %s%n".formatted(hour < 12 ? "10 | 100" : " | "));
            power.append(at + "whole | r | metered | 3600 | 200%n".formatted());
            power.append(at + "half | r | %s | 3600 | 200%n".formatted(hour < 12 ? "metered" : "gpu_sum"));
        }
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens
                        2026-03-01 | whole   | 1             | 4000                  | 800
                        2026-03-01 | half    | 1             | 4000                  | 800
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, utilisation.toString()))
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, power.toString()));

        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.CLUSTER,
                        TokenEfficiencyDaily.GPU_COVERED_S,
                        TokenEfficiencyDaily.GPU_EXPECTED_S,
                        TokenEfficiencyDaily.IT_COVERED_S,
                        TokenEfficiencyDaily.IT_EXPECTED_S,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_IT))
                .containsExactly(
                        "half | 432000.0 | 864000.0 | 43200.0 | 86400.0 | null | null",
                        "whole | 829440.0 | 864000.0 | 86400.0 | 86400.0 | 2.0 | 1.0");
    }
}
