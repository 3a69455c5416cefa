package io.headroom.setting;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a token of each bucket costs to serve, relative to one another: by these a model's cost is split where no time of
 * prefill and decode is told. Only their ratios count.
 */
public record TokenWeights(
        @JsonProperty("uncached_input") double uncachedInput,
        @JsonProperty("cache_read") double cacheRead,
        @JsonProperty("cache_write") double cacheWrite,
        double output,
        double reasoning) {

    /** As list prices of the larger providers relate them: output four times, a cached input a tenth of an input. */
    public static final TokenWeights DEFAULT = new TokenWeights(1, 0.1, 1.25, 4, 4);

    public TokenWeights {
        for (double weight : new double[] {uncachedInput, cacheRead, cacheWrite, output, reasoning}) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("token_weights must be numbers of at least 0, not " + weight);
            }
        }
        if (uncachedInput + output <= 0) {
            throw new IllegalArgumentException("token_weights must give input or output a weight");
        }
    }
}
