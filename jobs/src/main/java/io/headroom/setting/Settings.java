package io.headroom.setting;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.setting.AllocationRule.Spread;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPREADS =
            "ARRAY<STRUCT<rule: STRING, shared_by: STRING, shared_among: STRING, shares: MAP<STRING, DOUBLE>>>";

    public Settings {
        if (!reportCurrency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "report_currency must be an ISO 4217 code such as USD, not '" + reportCurrency + "'");
        }
        allocation = List.copyOf(allocation);
    }

    /**
     * The query whose one row a SELECT finds as {@link #VIEW}.
     *
     * @param asOf as of when a run computes
     */
    public String select(Instant asOf) {
        return String.format(
                Locale.ROOT,
                "SELECT TIMESTAMP '%s' AS as_of, '%s' AS report_currency, %sD AS uncached_input_weight, %sD AS cache_read_weight,"
                        + " %sD AS cache_write_weight, %sD AS output_weight, %sD AS reasoning_weight,"
                        + " from_json(decode(unbase64('%s'), 'UTF-8'), '%s') AS spreads",
                asOf,
                reportCurrency,
                tokenWeights.uncachedInput(),
                tokenWeights.cacheRead(),
                tokenWeights.cacheWrite(),
                tokenWeights.output(),
                tokenWeights.reasoning(),
                Base64.getEncoder().encodeToString(spreads().getBytes(StandardCharsets.UTF_8)),
                SPREADS);
    }

    /** The rules that share a cost, as JSON; names are a user's, so they do not enter the text of a query as they are. */
    private String spreads() {
        return allocation.stream()
                .flatMap(rule -> Stream.ofNullable(rule.spread()).map(spread -> json(rule.name(), spread)))
                .collect(joining(",", "[", "]"));
    }

    private static String json(String rule, Spread spread) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "rule",
                    rule,
                    "shared_by",
                    spread.by().word(),
                    "shared_among",
                    spread.among().word(),
                    "shares",
                    spread.shares()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON", e);
        }
    }
}
