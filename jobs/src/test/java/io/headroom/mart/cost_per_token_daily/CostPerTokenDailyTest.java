package io.headroom.mart.cost_per_token_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.price.Price;
import org.junit.jupiter.api.Test;

class CostPerTokenDailyTest {

    @Test
    void aCostPerTokenComesFromTheBillElseFromTheRateCardAndShowsWhatIsUnallocated() {
        TestInputs inputs = TestInputs.NONE
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | model | cost_kind   | billing_currency | effective_cost
                        2026-03-01 | P        | billed  |       | direct      | USD              | 24
                        2026-03-01 | P        | billed  |       | idle        | USD              | 4
                        2026-03-01 | Q        | billed  |       | shared      | USD              | 2
                        2026-03-01 | P        |         |       | unallocated | USD              | 7
                        2026-03-01 | P        |         | m     | direct      | USD              | 3
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
                        """))
                .after(RateCardCostDaily.JOB);

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
                        "null | effective | false | 3.000000000000000000 | null | null",
                        "null | effective | true | 7.000000000000000000 | null | null");
        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.DIRECT_COST,
                        CostPerTokenDaily.IDLE_COST,
                        CostPerTokenDaily.SHARED_COST))
                .contains(
                        "billed | 24.000000000000000000 | 4.000000000000000000 | 2.000000000000000000",
                        "own | 30.000000000000000000 | 0E-18 | 0E-18");
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
                        """))
                .after(RateCardCostDaily.JOB);

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
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | region | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | r      | c       | direct    | EUR              | 5000
                        2026-03-01 | P        | r      | c       | direct    | USD              | 30
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
                        "c | P | null | USD | null | 30.0",
                        "c | P | r | EUR | 1000000 | 5000.0");
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
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | c       | direct    | USD              | 40
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

    @Test
    void anOwnDataCentreGoesBeforeTheBillAndTheBillBeforeTheRateCard() {
        TestInputs inputs = TestInputs.NONE
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | bill    | direct    | USD              | 50
                        2026-03-01 | P        | bill    | direct    | USD              | -70
                        2026-03-01 | P        | own     | direct    | USD              | 1
                        2026-03-01 | Q        | own     | shared    | USD              | 5
                        2026-03-01 | Q        | unknown | shared    | USD              | 6
                        2026-03-01 | Q        | shared  | shared    | USD              | 7
                        """))
                .with(OwnCostDaily.TABLE, Rows.of(OwnCostDaily.TABLE, """
                        day        | provider | cluster | cost_kind    | is_shared | currency | cost
                        2026-03-01 | P        | own     | depreciation | false     | USD      | 10
                        2026-03-01 | P        | own     | depreciation | true      | USD      | 2
                        2026-03-01 | P        | own     | energy       | false     | EUR      | 3
                        2026-03-01 | P        | unknown | operations   | false     | USD      | 10
                        2026-03-01 | P        | unknown | energy       | false     |          |
                        2026-03-01 | P        | powered | energy       | false     | USD      | 8
                        2026-03-01 | P        |         | depreciation | true      | USD      | 4
                        """))
                .with(RateCardCostDaily.TABLE, Rows.of(RateCardCostDaily.TABLE, """
                        day        | provider | cluster | gpu_hours | is_offered | currency | unit_price | cost
                        2026-03-01 | P        | bill    | 1         | true       | USD      | 90         | 90
                        2026-03-01 | P        | own     | 1         | true       | USD      | 90         | 90
                        2026-03-01 | P        | unknown | 1         | true       | USD      | 90         | 90
                        2026-03-01 | P        | powered | 1         | true       | USD      | 90         | 90
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.IS_UNALLOCATED,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.SHARED_COST,
                        CostPerTokenDaily.SERVING_COST))
                .as("energy alone is no cost of a cluster; credits may be more than charges")
                .containsExactly(
                        "null | USD | own | true | 4.000000000000000000 | null | null",
                        "bill | USD | effective | false | -20.000000000000000000 | 0E-18 | -20.000000000000000000",
                        "own | EUR | own | false | 3.000000000000000000 | 0E-18 | 3.000000000000000000",
                        "own | USD | own | false | 18.000000000000000000 | 7.000000000000000000 | 18.000000000000000000",
                        "powered | USD | rate_card | false | 90.000000000000000000 | 0E-18 | 90.000000000000000000",
                        "shared | USD | effective | false | 7.000000000000000000 | 7.000000000000000000 | 7.000000000000000000",
                        "unknown | null | unpriced | false | null | null | null",
                        "unknown | USD | unpriced | false | 6.000000000000000000 | 6.000000000000000000 | null");
    }

    /** Charges of a cluster that are 0 price nothing; a storage account of 5 dollars is all that the other's bill tells. */
    @Test
    void aRateCardGivesWayOnlyToChargesThatAreNotZero() {
        TestInputs inputs = TestInputs.NONE
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster   | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | zero      | direct    | EUR              | 0
                        2026-03-01 | P        | zero      | shared    | USD              | 7
                        2026-03-01 | P        | cancelled | direct    | USD              | 5
                        2026-03-01 | P        | cancelled | idle      | USD              | -5
                        2026-03-01 | P        | tagged    | direct    | USD              | 5
                        2026-03-01 | P        | unlisted  | direct    | USD              | 0
                        """))
                .with(RateCardCostDaily.TABLE, Rows.of(RateCardCostDaily.TABLE, """
                        day        | provider | cluster   | gpu_hours | is_offered | currency | unit_price | cost
                        2026-03-01 | P        | zero      | 1         | true       | USD      | 90         | 90
                        2026-03-01 | P        | cancelled | 1         | true       | USD      | 90         | 90
                        2026-03-01 | P        | tagged    | 1         | true       | USD      | 90         | 90
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.BILL_COST))
                .containsExactly(
                        "cancelled | USD | rate_card | 90.000000000000000000 | null",
                        "tagged | USD | effective | 5.000000000000000000 | 5.000000000000000000",
                        "unlisted | USD | effective | 0E-18 | 0E-18",
                        "zero | USD | rate_card | 97.000000000000000000 | 7.000000000000000000");
    }

    @Test
    void whatIsBilledForAnOwnDataCentreAddsToItsCost() {
        TestInputs inputs = TestInputs.NONE
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | Q        | own     | direct    | USD              | 5
                        2026-03-01 | Q        | own     | idle      | USD              | 1
                        2026-03-01 | Q        | own     | direct    | EUR              | 2
                        """))
                .with(OwnCostDaily.TABLE, Rows.of(OwnCostDaily.TABLE, """
                        day        | provider | cluster | cost_kind    | is_shared | currency | cost
                        2026-03-01 | P        | own     | depreciation | false     | USD      | 10
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.PROVIDER,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.BILL_COST,
                        CostPerTokenDaily.DIRECT_COST,
                        CostPerTokenDaily.IDLE_COST))
                .containsExactly(
                        "P | EUR | own | 2.000000000000000000 | 2.000000000000000000 | 2.000000000000000000 | 0E-18",
                        "P | USD | own | 16.000000000000000000 | 6.000000000000000000 | 15.000000000000000000"
                                + " | 1.000000000000000000");
    }

    @Test
    void theProviderOfAClusterIsOneOnAllItsRows() {
        TestInputs inputs = TestInputs.NONE
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | billed  | direct    | USD              | 10
                        2026-03-01 | Q        | billed  | shared    | EUR              | 2
                        2026-03-01 | Q        | known   | direct    | USD              | 3
                        2026-03-01 | Q        | sharing | shared    | USD              | 4
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider
                        known   | S
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.PROVIDER))
                .containsExactly("billed | EUR | P", "billed | USD | P", "known | USD | S", "sharing | USD | Q");
    }

    /** Of 10 serving GPU-hours in H100 equivalents, 8 tell SM activity, of which 2 were active; training is apart. */
    @Test
    void usageIsTheActiveShareOfWhatServesAndTheBridgeIsTheRest() {
        TestInputs inputs = TestInputs.NONE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | workload  | installed_gpu_hours | allocated_gpu_hours | h100_equivalents | sm_reporting_gpu_hours | sm_active_gpu_hours
                        2026-03-01 | c       | training  | 10                  | 10                  |                  | 10                     | 10
                        2026-03-01 | c       | inference | 4                   | 4                   | 1                | 2                      | 0.5
                        2026-03-01 | c       | agentic   | 3                   | 3                   | 2                | 3                      | 0.75
                        2026-03-01 | c       |           | 9                   | 0                   | 1                | 9                      | 9
                        2026-03-01 | silent  | inference | 4                   | 4                   | 1                | 0                      |
                        2026-03-01 | untold  |           | 4                   | 2                   | 1                | 4                      | 1
                        """))
                .with(CostAllocatedDaily.TABLE, Rows.of(CostAllocatedDaily.TABLE, """
                        day        | provider | cluster | cost_kind | billing_currency | effective_cost
                        2026-03-01 | P        | c       | direct    | USD              | 66
                        2026-03-01 | P        | silent  | direct    | USD              | 10
                        2026-03-01 | P        | untold  | direct    | USD              | 10
                        """))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | total_tokens
                        2026-03-01 | c       | 1             | 900000                | 100000        | 1000000
                        2026-03-01 | untold  | 1             | 0                     | 0             | 0
                        """));

        assertThat(inputs.derived(
                        CostPerTokenDaily.JOB,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.SERVING_SHARE,
                        CostPerTokenDaily.SERVING_COST,
                        CostPerTokenDaily.ACTIVE_SHARE,
                        CostPerTokenDaily.USAGE_COST,
                        CostPerTokenDaily.IDLE_BRIDGE,
                        CostPerTokenDaily.TOTAL_TOKENS,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS,
                        CostPerTokenDaily.USAGE_COST_PER_MILLION_TOKENS))
                .containsExactly(
                        "c | 0.5 | 33.000000000000000000 | 0.25 | 8.250000000000000000 | 24.750000000000000000 | 1000000"
                                + " | 33.0 | 8.25",
                        "silent | 1.0 | 10.000000000000000000 | null | null | null | null | null | null",
                        "untold | 1.0 | 10.000000000000000000 | 0.5 | 5.000000000000000000 | 5.000000000000000000 | 0 | null"
                                + " | null");
    }
}
