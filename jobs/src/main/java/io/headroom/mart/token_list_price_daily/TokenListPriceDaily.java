package io.headroom.mart.token_list_price_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.staging.price.Price;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the tokens of one bucket of one model that one cluster served, beside the list price of one seller. */
public enum TokenListPriceDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster that served.").required()),
    MODEL(Spec.string("Model that served; null where it is not told.")),
    TOKEN_TYPE(Spec.string("uncached_input, cache_read, cache_write, output or reasoning.")
            .required()),
    TOKENS(Spec.count(
            "tokens",
            "Tokens of the bucket, told again for each seller; null on the other rows of a cluster that costs"
                    + " several currencies.")),
    SELLER(Spec.string("Who lists the model by the token on the day; null where nobody does.")),
    PRICE_TOKEN_TYPE(
            Spec.string("Bucket whose price it is: the same, else output for reasoning, and uncached_input for what a"
                    + " cache is read or written; null where the seller prices neither.")),
    PRICING_CURRENCY(Spec.string("ISO 4217 code of the list price; null without a clear one.")),
    LIST_UNIT_PRICE(Spec.money(
            "List price of a million tokens; null where none holds, or prices of the same standing contradict each"
                    + " other.")),
    LIST_COST(Spec.money(
            "Millions of tokens times the list price, exact to 18 places; null without a price, and from 10^14 on, for"
                    + " which there is no room.")),
    COST_BASIS(Spec.string("Basis of what they cost us, as in mart.token_cost_daily.")
            .required()),
    BILLING_CURRENCY(Spec.string("ISO 4217 code of what they cost us; null where that is not known.")),
    COST(Spec.money("What the same tokens cost us, as in mart.token_cost_daily, told again for each seller."));

    public static final Table TABLE = Table.mart("token_list_price_daily")
            .grain(
                    "one day of the tokens of one bucket of one model that one cluster served, beside the list price of one"
                            + " seller, in one currency of their cost")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TokenListPriceDaily.class,
            TABLE,
            Input.day(TokenCostDaily.TABLE),
            Input.interval(Price.TABLE, Price.VALID_FROM, Price.VALID_TO));

    private final Spec spec;

    TokenListPriceDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
