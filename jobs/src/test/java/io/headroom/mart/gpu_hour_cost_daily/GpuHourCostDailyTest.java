package io.headroom.mart.gpu_hour_cost_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import org.junit.jupiter.api.Test;

class GpuHourCostDailyTest {

    private static final TestInputs FLEET = TestInputs.NONE
            .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                    accelerator | h100_equivalents
                    GB200       | 3
                    H100        | 1
                    """))
            .with(RateCardCostDaily.TABLE, Rows.of(RateCardCostDaily.TABLE, """
                    day        | region | cluster | accelerator | gpu_hours | is_offered
                    2026-03-01 | r      | mixed   | GB200       | 10        | false
                    2026-03-01 | r      | mixed   | H100        | 6         | false
                    2026-03-01 | s      | mixed   | H100        | 4         | false
                    2026-03-01 | r      | odd     |             | 5         | false
                    2026-03-01 | r      | third   | GB200       | 1         | false
                    2026-03-01 | r      | third   | H100        | 6         | false
                    """))
            .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                    day        | cluster | accelerator | installed_gpu_hours | allocated_gpu_hours | sm_active_gpu_hours
                    2026-03-01 | mixed   | GB200       | 6                   | 5                   | 2
                    2026-03-01 | mixed   | GB200       | 4                   | 0                   | 1
                    2026-03-01 | mixed   | H100        | 10                  | 0                   |
                    2026-03-01 | odd     |             | 5                   | 4                   | 3
                    """))
            .with(CostPerTokenDaily.TABLE, Rows.of(CostPerTokenDaily.TABLE, """
                    day        | provider | region | cluster | billing_currency | cost_basis | cost | serving_cost
                    2026-03-01 | P        | r      | mixed   | USD              | effective  | 40   | 4
                    2026-03-01 | P        | r      | mixed   | EUR              | effective  | -8   | -8
                    2026-03-01 | P        | r      | odd     | USD              | own        | 20   | 20
                    2026-03-01 | P        | r      | third   | USD              | rate_card  | 100  | 100
                    2026-03-01 | P        | r      | blind   | USD              | effective  | 7    | 7
                    2026-03-01 | P        | r      | none    |                  | none       |      |
                    2026-03-01 | P        | r      |         | USD              | effective  | 9    |
                    """));

    @Test
    void aClustersCostIsSharedByItsAcceleratorsInH100Equivalents() {
        assertThat(FLEET.derived(
                        GpuHourCostDaily.JOB,
                        GpuHourCostDaily.CLUSTER,
                        GpuHourCostDaily.ACCELERATOR,
                        GpuHourCostDaily.BILLING_CURRENCY,
                        GpuHourCostDaily.COST_BASIS,
                        GpuHourCostDaily.COST))
                .as("30 to 10 hours; a third of 100 leaves a rounding on the larger part, of two thirds")
                .containsExactly(
                        "blind | null | USD | effective | 7.000000000000000000",
                        "mixed | GB200 | EUR | effective | -6.000000000000000000",
                        "mixed | GB200 | USD | effective | 30.000000000000000000",
                        "mixed | H100 | EUR | effective | -2.000000000000000000",
                        "mixed | H100 | USD | effective | 10.000000000000000000",
                        "odd | null | USD | own | 20.000000000000000000",
                        "third | GB200 | USD | rate_card | 33.333333333333330000",
                        "third | H100 | USD | rate_card | 66.666666666666670000");
    }

    @Test
    void anHourCostsItsPartOfTheWholeCost() {
        assertThat(FLEET.derived(
                        GpuHourCostDaily.JOB,
                        GpuHourCostDaily.CLUSTER,
                        GpuHourCostDaily.ACCELERATOR,
                        GpuHourCostDaily.INSTALLED_GPU_HOURS,
                        GpuHourCostDaily.ALLOCATED_GPU_HOURS,
                        GpuHourCostDaily.SM_ACTIVE_GPU_HOURS,
                        GpuHourCostDaily.H100_EQUIVALENT_HOURS,
                        GpuHourCostDaily.COST_PER_GPU_HOUR,
                        GpuHourCostDaily.COST_PER_ALLOCATED_GPU_HOUR,
                        GpuHourCostDaily.COST_PER_H100_EQUIVALENT_HOUR))
                .contains(
                        "blind | null | null | null | null | null | null | null | null",
                        "mixed | GB200 | 10.0 | 5.0 | 3.0 | 30.0 | 3.0 | 6.0 | 1.0",
                        "mixed | H100 | 10.0 | 0.0 | null | 10.0 | 1.0 | null | 1.0",
                        "odd | null | 5.0 | 4.0 | 3.0 | null | 4.0 | 5.0 | null");
    }
}
