package io.headroom.setting;

import java.util.List;
import java.util.Locale;

/**
 * What a user sets.
 *
 * @param reportCurrency ISO 4217 code of the currency that totals are also told in
 * @param tokenWeights see there
 * @param allocation rules in order, the first that matches decides
 */
public record Settings(String reportCurrency, TokenWeights tokenWeights, List<AllocationRule> allocation) {

    /** The view under which a SELECT finds its one row. */
    public static final String VIEW = "setting";

    public static final Settings DEFAULT = new Settings("USD", TokenWeights.DEFAULT, List.of());

    public Settings {
        if (!reportCurrency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "report_currency must be an ISO 4217 code such as USD, not '" + reportCurrency + "'");
        }
        allocation = List.copyOf(allocation);
    }

    /** The query whose one row a SELECT finds as {@link #VIEW}. */
    public String select() {
        return String.format(
                Locale.ROOT,
                "SELECT '%s' AS report_currency, %sD AS uncached_input_weight, %sD AS cache_read_weight,"
                        + " %sD AS cache_write_weight, %sD AS output_weight, %sD AS reasoning_weight",
                reportCurrency,
                tokenWeights.uncachedInput(),
                tokenWeights.cacheRead(),
                tokenWeights.cacheWrite(),
                tokenWeights.output(),
                tokenWeights.reasoning());
    }
}
