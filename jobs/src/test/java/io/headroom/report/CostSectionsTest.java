package io.headroom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.cost_per_token_monthly.CostPerTokenMonthly;
import io.headroom.mart.gpu_hour_cost_daily.GpuHourCostDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.mart.token_list_price_daily.TokenListPriceDaily;
import org.junit.jupiter.api.Test;

/** What a token and a GPU-hour cost. */
class CostSectionsTest {

    private final DrawnTables tables = new DrawnTables();

    @Test
    void currenciesStayApart() {
        tables.draw(CostPerTokenDaily.TABLE, """
                day        | provider | cluster | billing_currency | cost_basis | is_unallocated | cost               | serving_cost       | total_tokens | cost_per_million_tokens
                2026-09-30 | a        | c1      | USD              | effective  | false          | 12345678901.230000 | 12345678901.230000 | 1000000000   | 12345678.90123
                2026-09-30 | a        |         | USD              | effective  | true           | 30                 |                    |              |
                2026-09-30 | b        | c2      | EUR              | effective  | false          | 80                 | 50                 | 20000000     | 2.5
                2026-09-30 | b        | c3      | EUR              | effective  | false          | 99                 | 99                 |              |
                """);

        assertThat(tables.cells("headline", "unit")).containsExactly("EUR", "USD");
        assertThat((Double) tables.cells("headline", "value").get(0)).isCloseTo(2.5, within(1e-9));
        assertThat(tables.cells("cost_per_token", "cost_per_million_tokens")).containsExactly(12345678.9, 2.5, null);
    }

    @Test
    void chargesThatReachBeyondTheLastTokensMoveNoWindow() {
        tables.draw(CostPerTokenDaily.TABLE, """
                day        | provider | cluster | billing_currency | cost_basis | is_unallocated | cost | serving_cost | total_tokens | cost_per_million_tokens
                2025-01-01 | a        | c1      | USD              | effective  | false          | 90   | 90           | 1000000      | 90
                2025-12-31 | a        | c1      | USD              | effective  | false          | 80   | 80           | 1000000      | 80
                2026-09-30 | a        | c1      | USD              | effective  | false          | 70   | 70           | 2000000      | 35
                2026-10-30 | a        | c1      | USD              | effective  | false          | 60   | 60           | 1000000      | 60
                2026-10-31 | a        | c2      | USD              | effective  | false          | 50   | 50           |              |
                2028-10-31 | a        | c1      | USD              | effective  | false          | 50   | 50           |              |
                """);

        assertThat(tables.cells("headline", "value")).as("of September").containsExactly(35.0);
        assertThat(tables.cells("headline", "note"))
                .containsExactly("September 2026, effective cost; clusters that served tokens");
        assertThat(tables.cells("cost_per_token", "day")).containsExactly("2026-10-30", "2026-09-30", "2025-12-31");
    }

    @Test
    void theIdleBridgeIsWhatUsageLeavesOfTheEffectiveCost() {
        tables.draw(CostPerTokenDaily.TABLE, """
                day        | cluster | billing_currency | cost_basis | is_unallocated | total_tokens | cost_per_million_tokens | usage_cost_per_million_tokens
                2026-09-30 | c1      | USD              | effective  | false          | 1000000      | 2                       | 1.25
                2026-09-30 | c2      | USD              | effective  | false          | 1000000      | 3                       |
                """);

        assertThat(tables.cells("cost_per_token", "usage_cost_per_million_tokens"))
                .containsExactly(1.25, null);
        assertThat(tables.cells("cost_per_token", "idle_per_million_tokens")).containsExactly(0.75, null);
    }

    @Test
    void theStackedPartsOfAMonthAreItsBilledCost() {
        tables.draw(CostPerTokenMonthly.TABLE, """
                month      | provider | cluster | billing_currency | cost_basis | billed_cost | effective_cost | usage_cost | timing_bridge | idle_bridge | is_complete
                2026-10-01 | a        | c1      | USD              | effective  | 10          | 40             | 25         | 30            | 15          | false
                2026-09-01 | a        | c1      | USD              | effective  | 100         | 40             |            | -60           |             | true
                2026-09-01 | o        | c2      | USD              | own        |             | 7              | 5          |               | 2           | true
                """);

        assertThat(tables.cells("cost_bridges", "month")).containsExactly("2026-10", "2026-09", "2026-09");
        assertThat(tables.cells("cost_bridges", "state")).containsExactly("not over", "complete", "complete");
        assertThat(tables.cells("cost_bridges", "usage_cost")).containsExactly(25.0, null, 5.0);
        assertThat(tables.cells("cost_bridges", "idle_bridge")).containsExactly(15.0, null, 2.0);
        assertThat(tables.cells("cost_bridges", "use_untold_cost")).containsExactly(null, 40.0, null);
        assertThat(tables.cells("cost_bridges", "billed_less_effective")).containsExactly(-30.0, 60.0, null);
    }

    /** m1 on a cluster that costs two currencies, of which the tokens stand on one; the same model bought beside it. */
    @Test
    void aModelOnOwnGpusStandsBesideTheSameModelBought() {
        tables.draw(TokenCostDaily.TABLE, """
                day        | supply  | provider | region | cluster | model | token_type     | billing_currency | cost_basis | tokens  | cost | split_by
                2026-08-01 | own_gpu | a        | r      | c1      | m1    | output         | USD              | effective  | 1000000 | 99   | time
                2026-10-01 | own_gpu | a        | r      | c1      | m1    | output         | USD              | effective  | 1000000 | 2    | time
                2026-10-01 | own_gpu | a        | r      | c1      | m1    | output         | EUR              | effective  |         | 1    | time
                2026-10-02 | own_gpu | a        | r      | c1      | m1    | output         | USD              | effective  | 3000000 | 4    | weight
                2026-10-02 | own_gpu | a        | r      | c1      | m1    | uncached_input | USD              | effective  | 4000000 | 2    | weight
                2026-10-02 | api     | b        |        |         | m1    | output         | USD              | effective  | 2000000 | 6    | charge
                2026-10-02 | own_gpu | o        | r      | c2      | m2    |                | USD              | own        | 1000000 | 5    |
                2026-10-02 | own_gpu | o        | r      | c2      | m2    | output         |                  | unpriced   | 1000000 |      |
                """);

        assertThat(tables.cells("token_cost", "billing_currency"))
                .containsExactly("EUR", "EUR", "USD", "USD", "USD", "USD", "USD", "USD", "USD");
        assertThat(tables.cells("token_cost", "supplied_by"))
                .containsExactly(
                        "GPUs on the bill",
                        "GPUs on the bill",
                        "GPUs on the bill",
                        "GPUs on the bill",
                        "GPUs on the bill",
                        "bought by the token",
                        "bought by the token",
                        "own data centre",
                        "own data centre");
        assertThat(tables.cells("token_cost", "token_type"))
                .containsExactly(
                        "all tokens",
                        "output",
                        "all tokens",
                        "output",
                        "uncached input",
                        "all tokens",
                        "output",
                        "all tokens",
                        "not told apart");
        assertThat(tables.cells("token_cost", "cost_per_million_tokens"))
                .containsExactly(1.0, 1.0, 1.0, 1.5, 0.5, 3.0, 3.0, 5.0, 5.0);
        assertThat(tables.cells("token_cost", "split_by").get(3)).isEqualTo("time, weight");
    }

    /** The cluster costs two currencies; its reasoning has no list price, its input no cost that is known. */
    @Test
    void theSameTokensStandAtListPriceAndAtTheirCost() {
        tables.draw(TokenListPriceDaily.TABLE, """
                day        | cluster | model | token_type     | seller | tokens  | pricing_currency | list_cost | cost_basis | billing_currency | cost
                2026-09-01 | c1      | m1    | output         | s      | 9000000 | USD              | 99        | effective  | USD              | 99
                2026-10-01 | c1      | m1    | output         | s      | 1000000 | USD              | 6         | effective  | USD              | 2
                2026-10-01 | c1      | m1    | output         | s      |         | USD              |           | effective  | EUR              | 1
                2026-10-01 | c1      | m1    | output         | t      | 1000000 | GBP              | 5         | effective  | USD              | 2
                2026-10-02 | c2      | m1    | output         | s      | 3000000 | USD              | 18        | effective  | USD              | 10
                2026-10-02 | c2      | m1    | reasoning      | s      | 5000000 |                  |           | effective  | USD              | 7
                2026-10-03 | c3      | m1    | uncached_input | s      | 5000000 | USD              | 7         | unpriced   |                  |
                2026-10-04 | c3      | m2    | output         |        | 5000000 |                  |           | effective  | USD              | 7
                """);

        assertThat(tables.cells("token_list_price", "seller")).containsExactly("s", "s", "t");
        assertThat(tables.cells("token_list_price", "pricing_currency")).containsExactly("USD", "USD", "GBP");
        assertThat(tables.cells("token_list_price", "list_cost")).containsExactly(6.0, 24.0, 5.0);
        assertThat(tables.cells("token_list_price", "billing_currency")).containsExactly("EUR", "USD", "USD");
        assertThat(tables.cells("token_list_price", "cost")).containsExactly(1.0, 12.0, 2.0);
        assertThat(tables.cells("token_list_price", "tokens")).containsExactly(1e6, 4e6, 1e6);
        assertThat(tables.cells("token_list_price", "list_price_per_million_tokens"))
                .containsExactly(6.0, 6.0, 5.0);
        assertThat(tables.cells("token_list_price", "cost_per_million_tokens")).containsExactly(1.0, 3.0, 2.0);
    }

    @Test
    void aGpuHourIsShownOfDaysWithGpuHoursOnly() {
        tables.draw(GpuHourCostDaily.TABLE, """
                day        | cluster | accelerator | billing_currency | cost_basis | cost | installed_gpu_hours | cost_per_gpu_hour | cost_per_h100_equivalent_hour
                2025-09-30 | c1      | H100        | USD              | effective  | 480  | 240                 | 2                 | 2
                2026-10-30 | c1      | B200        | USD              | effective  | 960  | 240                 | 4                 | 1.6
                2026-10-30 | c2      | X1          | EUR              | own        | 240  | 240                 | 1                 |
                2027-10-31 | c1      |             | USD              | effective  | 960  |                     |                   |
                """);

        assertThat(tables.cells("gpu_hour_cost", "day")).containsExactly("2026-10-30", "2026-10-30", "2025-09-30");
        assertThat(tables.cells("gpu_hour_cost", "cost_per_h100_equivalent_hour"))
                .containsExactly(1.6, null, 2.0);
    }
}
