package io.headroom.staging.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.LakeFixture;
import io.headroom.ingest.Ingest;
import io.headroom.source.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPricesTest {

    private static final Path REAL = Path.of(System.getProperty("headroom.home"))
            .resolve("../shared/real-data/tokencost")
            .normalize();
    private static final String SOURCE = """
            name: prices
            extends: price/litellm_json
            files: prices/*
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aPriceOfATokenBecomesOneOfAMillion() {
        lake.deliver("prices/a.json", """
                {
                  "sample_spec": {"litellm_provider": "one of them", "input_cost_per_token": 0.0},
                  "m": {"litellm_provider": "p", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.500002e-05,
                    "cache_read_input_token_cost": 3e-07, "cache_creation_input_token_cost": 3.75e-06,
                    "output_cost_per_reasoning_token": 2e-05, "input_cost_per_query": 1},
                  "free": {"litellm_provider": "p", "input_cost_per_token": 0},
                  "image": {"litellm_provider": "p", "output_cost_per_pixel": 1e-08},
                  "broken": {"litellm_provider": "p", "input_cost_per_token": "on request"}
                }
                """);

        lake.ingest(SOURCE + "parameters: {valid_from: '2026-02-01', currency: EUR}\ntolerated_rejects: 1\n");

        assertThat(lake.sql(
                        "SELECT provider, model, token_type, unit, pricing_category, CAST(unit_price AS DOUBLE), currency,"
                                + " valid_from, valid_to FROM price"))
                .containsExactly(
                        "p | free | uncached_input | million_tokens | list | 0.0 | EUR | 2026-02-01 00:00:00.0 | null",
                        "p | m | cache_read | million_tokens | list | 0.3 | EUR | 2026-02-01 00:00:00.0 | null",
                        "p | m | cache_write | million_tokens | list | 3.75 | EUR | 2026-02-01 00:00:00.0 | null",
                        "p | m | output | million_tokens | list | 15.00002 | EUR | 2026-02-01 00:00:00.0 | null",
                        "p | m | reasoning | million_tokens | list | 20.0 | EUR | 2026-02-01 00:00:00.0 | null",
                        "p | m | uncached_input | million_tokens | list | 3.0 | EUR | 2026-02-01 00:00:00.0 | null");
        assertThat(lake.sql("SELECT line, raw, reasons[0] FROM rejected"))
                .containsExactly(
                        "8 | \"broken\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": \"on request\"}"
                                + " | unit_price is not an amount of at most 20 digits and 18 decimals: on request per token");
        assertThat(lake.sql("SELECT explode(skipped) FROM delivery"))
                .containsExactly("no price of a token | 1", "specification of the file | 1");
        assertThat(lake.sql("SELECT quirks['undeclared column input_cost_per_query'] FROM delivery"))
                .as("of each of the five rows")
                .containsExactly("5");
    }

    @Test
    void withoutAParameterAPriceHoldsFromTheTimeOfItsFile() {
        lake.deliver("prices/a.json", "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": 1e-06}}");

        lake.ingest(SOURCE);

        assertThat(lake.sql("SELECT valid_from, known_at FROM price"))
                .containsExactly("2026-03-01 00:01:00.0 | 2026-03-01 00:01:00.0");
    }

    /** Counts and prices as a JSON reader of another kind finds them in the file. */
    @Test
    void theRealFileIsReadWhole() {
        assumeTrue(Files.isDirectory(REAL), "skipped, there are no real files at " + REAL);
        var setting = new Ingest.Setting(
                Map.of(Root.LANDING, REAL.toString()), Instant.parse("2027-01-01T00:00:00Z"), "run", "test");
        var source = LakeFixture.source("""
                name: prices
                extends: price/litellm_json
                files: model_prices.json
                parameters: {valid_from: '2025-09-05'}
                """);

        new Ingest(lake.lake(), setting, message -> {}).run(List.of(source));

        assertThat(lake.sql("SELECT read_records, skipped_records, accepted_rows, rejected_rows FROM delivery"))
                .containsExactly("1701 | 233 | 3291 | 0");
        assertThat(lake.sql("SELECT token_type, count(*) FROM price GROUP BY token_type"))
                .containsExactly(
                        "cache_read | 282",
                        "cache_write | 67",
                        "output | 1467",
                        "reasoning | 14",
                        "uncached_input | 1461");
        assertThat(lake.sql(
                        "SELECT model, token_type, unit_price FROM price WHERE provider = 'openai' AND model = 'gpt-4o'"
                                + " OR model = 'gemini-1.5-flash-exp-0827' AND token_type = 'output'"))
                .containsExactly(
                        "gemini-1.5-flash-exp-0827 | output | 0.004687500000000000",
                        "gpt-4o | cache_read | 1.250000000000000000",
                        "gpt-4o | output | 10.000000000000000000",
                        "gpt-4o | uncached_input | 2.500000000000000000");
    }
}
