package io.headroom.staging.cost;

import static io.headroom.staging.cost.FocusLines.csv;
import static io.headroom.staging.cost.FocusLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that a charge is for: how many and of which bucket, by unit, meter and details; never those of a licence. */
class FocusTokensTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final List<String> COLUMNS = List.of(
            "ConsumedQuantity",
            "ConsumedUnit",
            "PricingQuantity",
            "PricingUnit",
            "SkuMeter",
            "ServiceCategory",
            "SkuPriceDetails",
            "ChargeDescription");
    private static final String AI = "AI and Machine Learning";

    private static final String SOURCE =
            "name: bills\nextends: cost/focus_csv\nfiles: '*.csv'\nidentity: {slice: [path]}\n";

    private static final Case UNITS = drawn("""
                5      | Tokens         | | |               | AI
                5      | tokens         | | |               | AI
                5      | 1K Tokens      | | |               | AI
                5      | 1000 Tokens    | | |               | AI
                5      | 1,000 Tokens   | | |               | AI
                5      | 1M Tokens      | | |               | AI
                5      | 1000000 Tokens | | |               | AI
                0.25   | Million Tokens | | |               | AI
                5      | 100 Tokens     | | |               | AI
                5      | Token          | | |               | AI
                -5     | Tokens         | | |               | AI
                       |                | 2 | 1K Tokens | | AI
                7      | Requests       | 2 | 1K Tokens | | AI
                5      | Tokens         | 2 | 1K Tokens | | AI
                """);

    @Test
    void tokensByTheirUnit() {
        assertThat(tokens(UNITS))
                .containsExactly(
                        "5.0 | null",
                        "5.0 | null",
                        "5000.0 | null",
                        "5000.0 | null",
                        "5000.0 | null",
                        "5000000.0 | null",
                        "5000000.0 | null",
                        "250000.0 | null",
                        "500.0 | null",
                        "5.0 | null",
                        "-5.0 | null",
                        "2000.0 | null",
                        "2000.0 | null",
                        "5.0 | null");
    }

    private static final Case NO_TOKENS = drawn("""
                5 | Token       |   |       |             | Business Applications
                  |             | 5 | Token | Allocation  |
                5 | Token-Hours |   |       | Input cache | AI
                5 | Tokens per Minute | | | Input         | AI
                5 | Hours       |   |       | Input       | AI
                """);

    @Test
    void whatIsNoTokenOfAModelHasNone() {
        assertThat(tokens(NO_TOKENS))
                .containsExactly("null | null", "null | null", "null | null", "null | null", "null | null");
    }

    private static final Case NOT_UNDERSTOOD = drawn("""
                5 | Token-Hours | | | | AI
                5 | Tokens      | | | | AI
                5 | Hours       | | | | AI
                  |             | 5 | Tokens per Minute | | AI
                """);

    @Test
    void aUnitOfTokensThatIsNotUnderstoodIsNamed() {
        assertThat(NOT_UNDERSTOOD.sql("SELECT quirks['unit names tokens but is not understood'] FROM delivery"))
                .containsExactly("2");
    }

    private static final Case METERS = drawn("""
                5 | Tokens | | | Input Tokens              |
                5 | Tokens | | | gpt-x prompt              |
                5 | Tokens | | | gpt-x-0806-Inp-glbl       |
                5 | Tokens | | | Output Tokens             |
                5 | Tokens | | | Completion                |
                5 | Tokens | | | Cached Input              |
                5 | Tokens | | | Cache Read Input Tokens   |
                5 | Tokens | | | Cache Write Input Tokens  |
                5 | Tokens | | | CacheCreationInputTokens  |
                5 | Tokens | | | Uncached input            |
                5 | Tokens | | | Reasoning output          |
                5 | Tokens | | | Input and output          |
                5 | Tokens | | | grok-4-fast-reasoning input tokens         |
                5 | Tokens | | | grok-4-fast-reasoning cached prompt tokens |
                5 | Tokens | | | grok-4-fast-reasoning output tokens        |
                5 | Tokens | | | grok-4 non-reasoning output tokens         |
                5 | Tokens | | | grok-4 output tokens (reasoning)           |
                5 | Tokens | | | Thinking                  |
                5 | 1K Input Tokens | | |                  |
                """);

    @Test
    void theMeterTellsTheBucketAndThatTheTokensAreAModels() {
        assertThat(tokens(METERS).stream()
                        .map(line -> line.replace("5.0 | ", ""))
                        .toList())
                .containsExactly(
                        "uncached_input",
                        "uncached_input",
                        "uncached_input",
                        "output",
                        "output",
                        "cache_read",
                        "cache_read",
                        "cache_write",
                        "cache_write",
                        "uncached_input",
                        "reasoning",
                        "null",
                        "uncached_input",
                        "cache_read",
                        "output",
                        "output",
                        "reasoning",
                        "reasoning",
                        "5000.0 | uncached_input");
    }

    private static final Case DETAILS = drawn("""
                5 | Tokens | | | Meter  | | {"TokenDirection":"Input","TokenCacheAction":"Uncached"} |
                5 | Tokens | | | Output | | {"TokenDirection":"Input","TokenCacheAction":"Read"}  |
                5 | Tokens | | | Meter  | | {"TokenDirection":"Input","TokenCacheAction":"Write"} |
                5 | Tokens | | | Meter  | | {"TokenDirection":"Input"}  |
                5 | Tokens | | | Meter  | | {"TokenDirection":"Output"} |
                5 | Tokens | | | Reasoning  | | {"TokenDirection":"Output"} |
                5 | Tokens | | | Meter  | AI |  | $3 per million output tokens
                5 | Tokens | | | Meter  |    |  | $3 per million output tokens
                """);

    @Test
    void detailsTellBeforeTheMeterAndTheDescriptionAfterIt() {
        assertThat(tokens(DETAILS).stream()
                        .map(line -> line.replace("5.0 | ", ""))
                        .toList())
                .containsExactly(
                        "uncached_input",
                        "cache_read",
                        "cache_write",
                        "uncached_input",
                        "output",
                        "reasoning",
                        "output",
                        "null | null");
    }

    private static final Case PURCHASE = CASES.of(SOURCE)
            .deliver(
                    "a.csv",
                    csv(line(
                            "ChargeCategory",
                            "Purchase",
                            "PricingQuantity",
                            "5",
                            "PricingUnit",
                            "Tokens",
                            "ServiceCategory",
                            AI)));

    @Test
    void aPurchaseOfTokensIsNoUseOfThem() {
        assertThat(PURCHASE.sql("SELECT token_count, token_type FROM cost")).containsExactly("null | null");
    }

    /** A bill of the lines of a drawing; cells are those of {@link #COLUMNS}. */
    private static Case drawn(String drawing) {
        List<Map<String, String>> lines = new ArrayList<>();
        for (String row : drawing.strip().lines().toList()) {
            List<String> cells =
                    Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
            Map<String, String> line = line();
            for (int i = 0; i < COLUMNS.size(); i++) {
                String cell = i < cells.size() ? cells.get(i) : "";
                line.put(COLUMNS.get(i), cell.equals("AI") ? AI : cell);
            }
            line.put("ResourceName", "%03d".formatted(lines.size()));
            lines.add(line);
        }
        return CASES.of(SOURCE).deliver("a.csv", csv(lines));
    }

    /** Tokens in order of the drawing. */
    private static List<String> tokens(Case drawn) {
        return drawn.sql("SELECT resource_name, token_count, token_type FROM cost").stream()
                .map(line -> line.substring("000 | ".length()))
                .toList();
    }
}
