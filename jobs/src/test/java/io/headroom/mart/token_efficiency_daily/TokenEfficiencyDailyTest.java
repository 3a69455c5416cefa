package io.headroom.mart.token_efficiency_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import org.junit.jupiter.api.Test;

class TokenEfficiencyDailyTest {

    @Test
    void tokenEfficiencyIsTokensOverEnergyAtEachBoundary() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | reasoning_tokens | total_tokens
                        2026-03-01 | c       | 1             | 700                   | 200           | 100              | 1000
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | installed_gpu_hours | power_reporting_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | 1                   | 24                        | 100
                        """))
                .with(SiteEnergyDaily.TABLE, Rows.of(SiteEnergyDaily.TABLE, """
                        day        | cluster | it_day_energy_j | facility_day_energy_j
                        2026-03-01 | c       | 200             | 250
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
        for (int hour = 0; hour < 24; hour++) {
            String at = "2026-03-01 | 2026-03-01 %02d:00:00 | ".formatted(hour);
            utilisation.append(at + "whole | 10 | %s | 96%n".formatted(9.6));
            utilisation.append(at + "half | 10 | %s%n".formatted(hour < 12 ? "10 | 100" : " | "));
        }
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | whole   | 1             | 4000                  | 800           | 4800
                        2026-03-01 | half    | 1             | 4000                  | 800           | 4800
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, utilisation.toString()));

        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.CLUSTER,
                        TokenEfficiencyDaily.GPU_COVERED_S,
                        TokenEfficiencyDaily.GPU_EXPECTED_S,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_IT))
                .containsExactly(
                        "half | 432000.0 | 864000.0 | null | null", "whole | 829440.0 | 864000.0 | 2.0 | null");
    }

    /** Ten GPUs provisioned at 2 kW each; half of them serve; 8.64 million tokens a day are 100 a second. */
    @Test
    void servingIsComparedWithWhatIsProvisionedForItAndBearsItsShareOfCostAndCarbon() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | c       | 1             | 8000000               | 640000        | 8640000
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | hour                | cluster | accelerator | workload  | installed_gpu_hours | allocated_gpu_hours
                        2026-03-01 | 2026-03-01 10:00:00 | c       | H100        | training  | 5                   | 5
                        2026-03-01 | 2026-03-01 10:00:00 | c       | H100        | inference | 5                   | 5
                        """))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | facility_kw_per_gpu
                        H100        | 2
                        """))
                .with(SiteEnergyDaily.TABLE, Rows.of(SiteEnergyDaily.TABLE, """
                        day        | cluster | facility_day_energy_j | energy_cost | energy_currency | demand_charge | demand_currency | is_demand_charge_provisional | emissions_kg | cue
                        2026-03-01 | c       | 864000000             | 17.28       | EUR             | 8.64          | USD             | true                         | 86.4         | 0.5
                        """));

        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.SERVING_SHARE,
                        TokenEfficiencyDaily.PROVISIONED_MW,
                        TokenEfficiencyDaily.TOKENS_PER_S_PER_MW_FACILITY,
                        TokenEfficiencyDaily.TOKENS_PER_S_PER_MW_PROVISIONED,
                        TokenEfficiencyDaily.GAP_TOKENS_PER_S_PER_MW,
                        TokenEfficiencyDaily.ENERGY_COST_PER_MILLION_TOKENS,
                        TokenEfficiencyDaily.ENERGY_CURRENCY,
                        TokenEfficiencyDaily.DEMAND_CHARGE_PER_MILLION_TOKENS,
                        TokenEfficiencyDaily.DEMAND_CURRENCY,
                        TokenEfficiencyDaily.IS_DEMAND_CHARGE_PROVISIONAL,
                        TokenEfficiencyDaily.CUE,
                        TokenEfficiencyDaily.KG_CO2E_PER_MILLION_TOKENS))
                .as(
                        "100 tokens/s over half of 10 kW measured, and over half of 20 kW provisioned; half of 2, 1 and 10 a million")
                .containsExactly("0.5 | 0.02 | 20000.0 | 10000.0 | 10000.0 | 1.0 | EUR | 0.5 | USD | true | 0.5 | 5.0");
    }

    @Test
    void withoutABenchmarkForEveryAcceleratorNothingIsProvisioned() {
        TestInputs inputs = TestInputs.NONE
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | c       | 1             | 8000000               | 640000        | 8640000
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | hour                | cluster | accelerator | installed_gpu_hours
                        2026-03-01 | 2026-03-01 10:00:00 | c       | H100        | 5
                        2026-03-01 | 2026-03-01 10:00:00 | c       | X           | 5
                        """))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | facility_kw_per_gpu
                        H100        | 2
                        """));

        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.PROVISIONED_MW,
                        TokenEfficiencyDaily.TOKENS_PER_S_PER_MW_PROVISIONED))
                .containsExactly("null | null");
    }
}
