package io.headroom.mart.cost_per_token_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.price.Price;
import org.junit.jupiter.api.Test;

class CostPerTokenDailyTest {

    @Test
    void aCostPerTokenComesFromTheBillElseFromTheRateCardAndShowsWhatIsUnallocated() {
        TestInputs inputs = TestInputs.NONE
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | billed  | USD              | 30             | 1
                        2026-03-01 | P        |         | USD              | 7              | 1
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | provider | region | cluster | accelerator | installed_gpu_hours
                        2026-03-01 | P        | r      | billed  | GB200       | 10
                        2026-03-01 | P        | r      | own     | GB200       | 10
                        """))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | provider | region | cluster | request_count | uncached_input_tokens | cache_read_tokens | output_tokens | total_tokens
                        2026-03-01 | P        | r      | billed  | 1             | 1000000               | 500000            | 1500000       | 3000000
                        2026-03-01 | P        | r      | own     | 1             | 1000000               |                   | 1000000       | 2000000
                        2026-03-01 | P        | r      | free    | 1             | 10                    |                   | 10            | 20
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | cluster | accelerator | pricing_category | unit     | unit_price | currency | valid_from          | valid_to
                        P        |         | GB200       | rate_card        | gpu_hour | 9          | USD      | 2026-01-01 00:00:00 |
                        P        | own     | GB200       | rate_card        | gpu_hour | 3          | USD      | 2026-02-01 00:00:00 |
                        P        | own     | GB200       | rate_card        | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        | own     | GB200       | benchmark        | gpu_hour | 1          | USD      | 2026-02-15 00:00:00 |
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.IS_UNALLOCATED,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.TOTAL_TOKENS,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactlyInAnyOrder(
                        "billed | effective | false | 30.000000000000000000 | 3000000 | 10.0",
                        "own | rate_card | false | 30.000000000000000000 | 2000000 | 15.0",
                        "free | none | false | null | 20 | null",
                        "null | effective | true | 7.000000000000000000 | null | null");
    }

    @Test
    void aRateCardPricesWhatIsInstalledAndNeverGuesses() {
        TestInputs inputs = TestInputs.NONE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | provider | region | cluster   | accelerator | installed_gpu_hours
                        2026-03-01 | P        | r      | half-seen | H100        | 24
                        2026-03-01 | P        | r      | mixed     | H100        | 10
                        2026-03-01 | P        | r      | mixed     | B200        | 10
                        2026-03-01 | P        | r      | unpriced  | H100        | 10
                        2026-03-01 | P        | r      | unpriced  | MI300X      | 10
                        2026-03-01 | P        | r      | two-price | GB200       | 10
                        2026-03-01 | P        | r      | two-money | GB300       | 10
                        2026-03-01 | P        | r      | regions   | H100        | 10
                        2026-03-01 | P        | s      | regions   | H100        | 10
                        2026-03-01 | Q        | r      | elsewhere | H100        | 10
                        """))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | provider | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | P        | unseen  | 1             | 1                     | 1             | 2
                        """))
                .with(InstalledCapacityDaily.TABLE, Rows.of(InstalledCapacityDaily.TABLE, """
                        day        | provider | region | cluster   | accelerator | energised_gpus
                        2026-03-01 | P        | r      | half-seen | H100        | 2
                        2026-03-01 | P        | r      | unseen    | H100        | 1
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | region | accelerator | pricing_category | unit     | unit_price | currency | valid_from          | known_at
                        P        |        | H100        | standard         | gpu_hour | 1          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | H100        | standard         | gpu_hour | 2          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        |        | H100        | standard         | gpu_hour | 2          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        |        | B200        | standard         | gpu_hour | 4          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB200       | standard         | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB200       | committed        | gpu_hour | 3          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB300       | standard         | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB300       | standard         | gpu_hour | 5          | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        | s      | H100        | standard         | gpu_hour | 3          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.COST))
                .containsExactly(
                        "half-seen | rate_card | USD | 96.000000000000000000",
                        "mixed | rate_card | USD | 60.000000000000000000",
                        "regions | rate_card | USD | 50.000000000000000000",
                        "two-money | unpriced | null | null",
                        "two-price | unpriced | null | null",
                        "unpriced | unpriced | null | null",
                        "unseen | rate_card | USD | 48.000000000000000000");
    }

    @Test
    void tokensAreToldOnceWhereAClusterCostsTwoCurrenciesOrNoneIsNamed() {
        TestInputs inputs = TestInputs.NONE
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | region | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | r      | c       | EUR              | 5000           | 1
                        2026-03-01 | P        | r      | c       | USD              | 30             | 7
                        """))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | provider | region | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | P        | r      | c       | 1             | 900000                | 100000        | 1000000
                        2026-03-01 | P        | r      |         | 1             | 10                    | 1             | 11
                        2026-03-01 | P        | s      |         | 1             | 20                    | 1             | 21
                        2026-03-01 | Q        | r      |         | 1             | 30                    | 1             | 31
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.PROVIDER,
                        CostPerTokenDaily.REGION,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.TOTAL_TOKENS,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactly(
                        "null | P | r | null | 11 | null",
                        "null | P | s | null | 21 | null",
                        "null | Q | r | null | 31 | null",
                        "c | P | null | EUR | null | 5000.0",
                        "c | P | r | USD | 1000000 | 30.0");
    }

    @Test
    void trainingsPartOfAMixedClusterIsNotForItsTokens() {
        TestInputs inputs = TestInputs.NONE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | workload  | installed_gpu_hours | allocated_gpu_hours | power_reporting_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | training  | 6                   | 6                   | 144                       | 900
                        2026-03-01 | c       | inference | 1                   | 1                   | 24                        | 50
                        2026-03-01 | c       | agentic   | 1                   | 1                   | 24                        | 50
                        2026-03-01 | c       |           | 2                   | 0                   | 48                        | 0
                        """))
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | c       | USD              | 40             | 1
                        """))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | provider | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | P        | c       | 1             | 900000                | 100000        | 1000000
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.SERVING_SHARE,
                        CostPerTokenDaily.SERVING_COST,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactly("40.000000000000000000 | 0.25 | 10.000000000000000000 | 10.0");
        assertThat(inputs.derived(
                        TokenEfficiencyDaily.JOB,
                        TokenEfficiencyDaily.GPU_ENERGY_J,
                        TokenEfficiencyDaily.SERVING_SHARE,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU))
                .containsExactly("1000.0 | 0.25 | 4000.0");
    }
}
