package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model whose tokens are bought of a provider, on a bill of FOCUS 1.2.
 *
 * @param currency ISO 4217 code
 * @param tokensPerDay tokens of all kinds on a day at the start
 * @param growthPerMonth by what that grows in a month, compounded
 * @param prices of a million tokens by their kind, of at most four decimals: uncached_input, cache_read and output
 */
public record TokenApi(
        String provider,
        String model,
        String currency,
        @JsonProperty("tokens_per_day") double tokensPerDay,
        @JsonProperty("growth_per_month") double growthPerMonth,
        Map<String, BigDecimal> prices) {

    static final String UNCACHED_INPUT = "uncached_input";
    static final String CACHE_READ = "cache_read";
    static final String OUTPUT = "output";

    public TokenApi {
        prices = prices == null ? Map.of() : new TreeMap<>(prices);
    }

    void check() {
        require(
                provider != null && provider.endsWith("-sim") && model != null,
                "An API must have a model and a provider that ends with -sim, not %s of %s."
                        .formatted(model, provider));
        Bill.checkCurrency(currency, "The currency of %s".formatted(provider));
        require(
                tokensPerDay > 0 && tokensPerDay < 1e15 && growthPerMonth > -1 && growthPerMonth < 1,
                "tokens_per_day and growth_per_month of %s must be above 0 and within (-1, 1).".formatted(provider));
        require(
                prices.keySet()
                        .equals(Map.of(UNCACHED_INPUT, 0, CACHE_READ, 0, OUTPUT, 0)
                                .keySet()),
                "The prices of %s are of %s, not of uncached_input, cache_read and output."
                        .formatted(provider, prices.keySet()));
        prices.values()
                .forEach(price -> require(
                        price != null && price.signum() >= 0 && price.scale() <= 4,
                        "A price of %s (%s) is not an amount of at most four decimals.".formatted(provider, price)));
    }

    Bill bill() {
        return new Bill(Bill.SECOND, currency, 1);
    }
}
