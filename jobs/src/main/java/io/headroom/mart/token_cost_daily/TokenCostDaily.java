package io.headroom.mart.token_cost_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.token_charge_daily.TokenChargeDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the tokens of one bucket of one model, from own GPUs or bought, in one currency. */
public enum TokenCostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    SUPPLY(Spec.string("own_gpu: served by a cluster, whoever owns it; api: bought by the token.")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity, or sells the tokens.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster that served; null for what is bought.")),
    MODEL(Spec.string("Model that served; null where it is not told, or where a cost has no tokens to be split by.")),
    TOKEN_TYPE(Spec.string("uncached_input, cache_read, cache_write, output or reasoning; null where only a total is"
            + " told, or there are no tokens.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code; null where no cost is known.")),
    COST_BASIS(Spec.string("effective, own, rate_card, unpriced or none, as in mart.cost_per_token_daily.")
            .required()),
    TOKENS(Spec.count(
            "tokens",
            "Tokens of the bucket; null without tokens, and on the other rows of a cluster that costs"
                    + " several currencies.")),
    COST(Spec.money("Its part of the serving cost of the cluster, which the parts add up to; of what is"
            + " bought the effective cost of the charges, spread over their days. Null where it is not"
            + " known.")),
    COST_PER_MILLION_TOKENS(Spec.number("currency", "Cost over tokens, times a million; null without tokens.")),
    SPLIT_BY(Spec.string("time: of prefill and decode; weight: by the weights of tokens that are set; charge: as"
            + " the bill tells; null where there is nothing to split."));

    public static final Table TABLE = Table.mart("token_cost_daily")
            .grain("one day of the tokens of one bucket of one model, from own GPUs or bought, in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
                    TokenCostDaily.class,
                    TABLE,
                    Input.day(CostPerTokenDaily.TABLE),
                    Input.day(TokenHourly.TABLE),
                    Input.day(TokenChargeDaily.TABLE))
            .withSettings();

    private final Spec spec;

    TokenCostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
