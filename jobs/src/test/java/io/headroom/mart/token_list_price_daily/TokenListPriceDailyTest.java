package io.headroom.mart.token_list_price_daily;

import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.BILLING_CURRENCY;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.CLUSTER;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.COST;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.COST_BASIS;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.DAY;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.LIST_COST;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.LIST_UNIT_PRICE;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.MODEL;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.PRICE_TOKEN_TYPE;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.PRICING_CURRENCY;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.SELLER;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.TOKENS;
import static io.headroom.mart.token_list_price_daily.TokenListPriceDaily.TOKEN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenListPriceDailyTest {

    private static final String TOKENS_TOLD = "day | supply | provider | region | cluster | model | token_type"
            + " | billing_currency | cost_basis | tokens | cost\n";
    private static final String PRICES =
            "provider | region | cluster | accelerator | model | token_type | pricing_category"
                    + " | unit | unit_price | currency | valid_from | valid_to | known_at\n";

    @Test
    void tokensStandBesideTheListPriceOfEachSellerAndTheirOwnCost() {
        List<String> told = told(
                """
                2026-03-01 | own_gpu | P | r | c | m | output         | USD | effective | 3000000 | 4.5
                2026-03-01 | own_gpu | P | r | c | m | uncached_input | USD | effective | 500000  | 1
                """,
                """
                A | | | | m | output         | list     | million_tokens | 10 | USD | 2026-01-01 | | 2026-01-01
                A | | | | m | uncached_input | list     | million_tokens | 2  | USD | 2026-01-01 | | 2026-01-01
                B | | | | m | output         | standard | million_tokens | 9  | EUR | 2026-01-01 | | 2026-01-01
                """,
                TOKEN_TYPE,
                SELLER,
                TOKENS,
                LIST_UNIT_PRICE,
                PRICING_CURRENCY,
                LIST_COST,
                COST_BASIS,
                BILLING_CURRENCY,
                COST);

        assertThat(told)
                .as("B lists the model, but not its input")
                .containsExactly(
                        "output | A | 3000000 | 10.000000000000000000 | USD | 30.000000000000000000"
                                + " | effective | USD | 4.500000000000000000",
                        "output | B | 3000000 | 9.000000000000000000 | EUR | 27.000000000000000000"
                                + " | effective | USD | 4.500000000000000000",
                        "uncached_input | A | 500000 | 2.000000000000000000 | USD | 1.000000000000000000"
                                + " | effective | USD | 1.000000000000000000",
                        "uncached_input | B | 500000 | null | null | null | effective | USD | 1.000000000000000000");
    }

    /** 0.152415677640604566651426, 97546105803349.488310310012690522786136, and half of the last place, rounded up. */
    @Test
    void listCostIsExactToTheLastPlace() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | long  | output | USD | effective | 1234567         | 1
                2026-03-01 | own_gpu | P | r | c | large | output | USD | effective | 987654321012    | 1
                2026-03-01 | own_gpu | P | r | c | small | output | USD | effective | 1               | 1
                2026-03-01 | own_gpu | P | r | c | wild  | output | USD | effective | 9000000000000   | 1
                2026-03-01 | own_gpu | P | r | c | none  | output | USD | effective | 0               | 1
                """, """
                A | | | | long  | output | list | million_tokens | 0.123456789012345678         | USD | 2026-01-01 | | 2026-01-01
                A | | | | large | output | list | million_tokens | 98765432.123456789012345678  | USD | 2026-01-01 | | 2026-01-01
                A | | | | small | output | list | million_tokens | 0.000000000000500000         | USD | 2026-01-01 | | 2026-01-01
                A | | | | wild  | output | list | million_tokens | 1000000000                   | USD | 2026-01-01 | | 2026-01-01
                A | | | | none  | output | list | million_tokens | 7                            | USD | 2026-01-01 | | 2026-01-01
                """, MODEL, LIST_COST);

        assertThat(told)
                .as("what has no room stops no run")
                .containsExactly(
                        "large | 97546105803349.488310310012690523",
                        "long | 0.152415677640604567",
                        "none | 0E-18",
                        "small | 1E-18",
                        "wild | null");
    }

    @Test
    void aPriceIsThatOfTheMostSpecificScopeKnownLastAndBegunLast() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | d | m | output | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | s | e | m | output | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P |   | f | n | output | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | g |   | output | USD | effective | 1000000 | 1
                """, """
                A |   |   | | m | output | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                A |   |   | | m | output | list | million_tokens | 2 | USD | 2026-01-01 | | 2026-02-02
                A |   |   | | m | output | list | million_tokens | 3 | USD | 2026-01-02 | | 2026-02-02
                A | r |   | | m | output | list | million_tokens | 4 | USD | 2026-01-01 | | 2026-01-01
                A |   | c | | m | output | list | million_tokens | 5 | USD | 2026-01-01 | | 2026-01-01
                A | r | c | |   | output | list | million_tokens | 6 | USD | 2026-01-01 | | 2026-03-01
                A |   |   | |   | output | list | million_tokens | 7 | USD | 2026-01-01 | | 2026-01-01
                """, CLUSTER, MODEL, LIST_UNIT_PRICE);

        assertThat(told)
                .as("of the model before all models, of the cluster, of the region, known last, begun last")
                .containsExactly(
                        "c | m | 5.000000000000000000",
                        "d | m | 4.000000000000000000",
                        "e | m | 3.000000000000000000",
                        "f | n | 7.000000000000000000",
                        "g | null | 7.000000000000000000");
    }

    @Test
    void pricesOfTheSameStandingThatDifferAreNone() {
        List<String> told =
                told("""
                2026-03-01 | own_gpu | P | r | c | m | output    | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | c | m | reasoning | USD | effective | 1000000 | 1
                """, """
                amount   | | | | m | output    | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                amount   | | | | m | output    | list | million_tokens | 2 | USD | 2026-01-01 | | 2026-01-01
                currency | | | | m | output    | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                currency | | | | m | output    | list | million_tokens | 1 | EUR | 2026-01-01 | | 2026-01-01
                apart    | | | | m | output    | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                apart    | | | | m | reasoning | list | million_tokens | 3 | USD | 2026-01-01 | | 2026-01-01
                apart    | | | | m | reasoning | list | million_tokens | 4 | USD | 2026-01-01 | | 2026-01-01
                equal    | | | | m | output    | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                equal    | | | | m | output    | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                """, SELLER, TOKEN_TYPE, PRICE_TOKEN_TYPE, LIST_UNIT_PRICE, PRICING_CURRENCY, LIST_COST);

        assertThat(told)
                .containsExactly(
                        "amount | output | output | null | null | null",
                        "amount | reasoning | output | null | null | null",
                        "apart | output | output | 1.000000000000000000 | USD | 1.000000000000000000",
                        "apart | reasoning | reasoning | null | null | null",
                        "currency | output | output | null | null | null",
                        "currency | reasoning | output | null | null | null",
                        "equal | output | output | 1.000000000000000000 | USD | 1.000000000000000000",
                        "equal | reasoning | output | 1.000000000000000000 | USD | 1.000000000000000000");
    }

    @Test
    void aBucketThatIsNotPricedApartIsPricedAsTheOneItIsPartOf() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | m | uncached_input | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | c | m | cache_read     | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | c | m | cache_write    | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | c | m | output         | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | c | m | reasoning      | USD | effective | 1000000 | 1
                """, """
                A | | | | m | uncached_input | list | million_tokens | 2 | USD | 2026-01-01 | | 2026-01-01
                A | | | | m | output         | list | million_tokens | 8 | USD | 2026-01-01 | | 2026-01-01
                B | | | | m | cache_read     | list | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                B | | | | m | uncached_input | list | million_tokens | 3 | USD | 2026-01-01 | | 2026-02-01
                B | | | | m | reasoning      | list | million_tokens | 9 | USD | 2026-01-01 | | 2026-01-01
                """, SELLER, TOKEN_TYPE, PRICE_TOKEN_TYPE, LIST_UNIT_PRICE);

        assertThat(told)
                .as("its own price goes before one that is known later")
                .containsExactly(
                        "A | cache_read | uncached_input | 2.000000000000000000",
                        "A | cache_write | uncached_input | 2.000000000000000000",
                        "A | output | output | 8.000000000000000000",
                        "A | reasoning | output | 8.000000000000000000",
                        "A | uncached_input | uncached_input | 2.000000000000000000",
                        "B | cache_read | cache_read | 1.000000000000000000",
                        "B | cache_write | uncached_input | 3.000000000000000000",
                        "B | output | null | null",
                        "B | reasoning | reasoning | 9.000000000000000000",
                        "B | uncached_input | uncached_input | 3.000000000000000000");
    }

    @Test
    void aPriceHoldsOnTheDaysThatItsTimeTouches() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                2026-03-02 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                2026-03-03 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                2026-03-04 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                """, """
                A | | | | m | output | list | million_tokens | 1 | USD | 2026-03-02 18:00:00 | 2026-03-04 00:00:00 | 2026-01-01
                A | | | | m | output | list | million_tokens | 2 | USD | 2026-03-03 06:00:00 | 2026-03-04 00:00:00 | 2026-01-01
                """, DAY, SELLER, LIST_UNIT_PRICE);

        assertThat(told)
                .as("on the third the one that began last; its end is not in it")
                .containsExactly(
                        "2026-03-01 | null | null",
                        "2026-03-02 | A | 1.000000000000000000",
                        "2026-03-03 | A | 2.000000000000000000",
                        "2026-03-04 | null | null");
    }

    @Test
    void onlyListPricesOfTokensCountAndOnlyTokensOfOwnGpus() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | m | output | USD | effective | 1000000 | 1
                2026-03-01 | own_gpu | P | r | d | m | output |     | unpriced  | 1000000 |
                2026-03-01 | own_gpu | P | r | d |   |        | USD | effective | 1000000 | 1
                2026-03-01 | api     | Q |   |   | m | output | USD | effective | 1000000 | 1
                """, """
                bench     |   |   |      | m | output | benchmark | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                committed |   |   |      | m | output | committed | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                card      |   |   |      | m | output | rate_card | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                hours     |   |   |      | m |        | list      | gpu_hour       | 1 | USD | 2026-01-01 | | 2026-01-01
                elsewhere | s |   |      | m | output | list      | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                other     |   | e |      | m | output | list      | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                another   |   |   |      | n | output | list      | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                chip      |   |   | H100 | m | output | list      | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                mine      |   | d |      | m | output | list      | million_tokens | 1 | USD | 2026-01-01 | | 2026-01-01
                """, CLUSTER, SELLER, TOKENS, LIST_COST, COST_BASIS, COST);

        assertThat(told)
                .containsExactly(
                        "c | null | 1000000 | null | effective | 1.000000000000000000",
                        "d | mine | 1000000 | 1.000000000000000000 | unpriced | null");
    }

    @Test
    void tokensThatCostSeveralCurrenciesAreToldOnce() {
        List<String> told = told("""
                2026-03-01 | own_gpu | P | r | c | m | output | EUR | effective |         | 3
                2026-03-01 | own_gpu | P | r | c | m | output | USD | effective | 2000000 | 1
                """, """
                A | | | | m | output | list | million_tokens | 5 | USD | 2026-01-01 | | 2026-01-01
                """, BILLING_CURRENCY, COST, TOKENS, LIST_UNIT_PRICE, LIST_COST);

        assertThat(told)
                .containsExactly(
                        "EUR | 3.000000000000000000 | null | 5.000000000000000000 | null",
                        "USD | 1.000000000000000000 | 2000000 | 5.000000000000000000 | 10.000000000000000000");
    }

    private static List<String> told(String tokens, String prices, Field... columns) {
        return TestInputs.NONE
                .with(TokenCostDaily.TABLE, Rows.of(TokenCostDaily.TABLE, TOKENS_TOLD + tokens))
                .with(Price.TABLE, Rows.of(Price.TABLE, PRICES + prices))
                .derived(TokenListPriceDaily.JOB, columns);
    }
}
