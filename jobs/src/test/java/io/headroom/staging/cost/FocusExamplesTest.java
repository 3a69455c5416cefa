package io.headroom.staging.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The specification's own examples of 1.2, each a bill of its own, give what its text says of them. */
class FocusExamplesTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final Path FILES = Path.of("..", "..", "shared", "real-data", "focus", "spec_1.2_examples")
            .toAbsolutePath();
    private static final String UTILISATION =
            "SELECT CAST(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Used') AS DOUBLE),"
                    + " CAST(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Unused') AS DOUBLE),"
                    + " CAST(coalesce(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Used'), 0)"
                    + " / sum(effective_cost) FILTER (WHERE commitment_discount_status IS NOT NULL) AS DOUBLE) FROM cost";
    private static final String TOTALS = "SELECT charge_category, CAST(sum(billed_cost) AS DOUBLE),"
            + " CAST(sum(effective_cost) AS DOUBLE), count(*) FROM cost GROUP BY ALL";

    private static final String SOURCE = """
            name: example
            extends: cost/focus_csv
            files: '*.csv'
            identity: {slice: [path]}
            columns: {dates: M/d/yy}
            set: {provider: TinyCloud, billing_account_id: '1', billing_currency: USD}
            """;

    @BeforeAll
    static void skipWithoutFiles() {
        assumeTrue(Files.isDirectory(FILES), "skipped, there are no real files at " + FILES);
    }

    private static final Case FULLY_USED = example(
            "commitment_discount_flexibility/one_hundred_percent_utilization_without_commitment_discount_flexibility");
    private static final Case FULLY_USED_FLEXIBLE = example(
            "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource");

    @Test
    void aCommitmentThatIsFullyUsed() {
        assertThat(FULLY_USED.sql(UTILISATION)).containsExactly("1.5 | null | 1.0");
        assertThat(FULLY_USED.sql(TOTALS)).containsExactly("Purchase | 1.5 | 0.0 | 1", "Usage | 0.0 | 1.5 | 1");
        assertThat(FULLY_USED_FLEXIBLE.sql(UTILISATION)).containsExactly("0.5 | null | 1.0");
        assertThat(FULLY_USED_FLEXIBLE.sql(
                        "SELECT CAST(billed_cost AS DOUBLE), CAST(effective_cost AS DOUBLE) FROM cost"
                                + " WHERE pricing_category = 'Standard' AND charge_category = 'Usage'"))
                .as("on demand")
                .containsExactly("2.25 | 2.25");
    }

    private static final Case TWO_RESOURCES = example(
            "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources");

    @Test
    void twoEqualLinesStayTwoLines() {
        assertThat(TWO_RESOURCES.sql(UTILISATION)).containsExactly("2.0 | null | 1.0");
        assertThat(TWO_RESOURCES.sql(TOTALS)).containsExactly("Purchase | 2.0 | 0.0 | 1", "Usage | 0.0 | 2.0 | 2");
        assertThat(TWO_RESOURCES.sql("SELECT duplicate_rows FROM delivery")).containsExactly("0");
    }

    private static final Case UNUSED =
            example("commitment_discount_flexibility/zero_percent_utilization_without_commitment_discount_flexibility");

    @Test
    void aCommitmentThatNothingUses() {
        assertThat(UNUSED.sql(UTILISATION)).containsExactly("null | 1.5 | 0.0");
        assertThat(UNUSED.sql(TOTALS)).containsExactly("Purchase | 1.5 | 0.0 | 1", "Usage | 2.0 | 3.5 | 2");
        assertThat(quirks(UNUSED))
                .contains(
                        "ConsumedQuantity is not null on what is not used | 1",
                        "ResourceId is not CommitmentDiscountId on what is Unused | 1",
                        "column SkuPriceid read as SkuPriceId | 3",
                        "literal null | 2");
    }

    private static final Case PURCHASE_1 =
            example("commitment_discount_scenarios/commitment_discount_purchase_scenario_1");
    private static final Case PURCHASE_3 =
            example("commitment_discount_scenarios/commitment_discount_purchase_scenario_3");

    @Test
    void purchasesAheadAreWholeWhenBilledAndTheTypoIsRefused() {
        assertThat(PURCHASE_1.sql(TOTALS)).containsExactly("Purchase | 8760.0 | 0.0 | 1");
        assertThat(PURCHASE_3.sql(TOTALS)).containsExactly("Purchase | 4381.0 | 0.0 | 3");
        assertThat(PURCHASE_3.sql("SELECT line, reasons FROM rejected"))
                .containsExactly("5 | [charge_period_end is not an instant: 2023-02-01T30:00:00Z]");
    }

    private static final Case USAGE_1 = example("commitment_discount_scenarios/commitment_discount_usage_scenario_1");
    private static final Case USAGE_2 = example("commitment_discount_scenarios/commitment_discount_usage_scenario_2");
    private static final Case USAGE_3 = example("commitment_discount_scenarios/commitment_discount_usage_scenario_3");
    private static final Case USAGE_4 = example("commitment_discount_scenarios/commitment_discount_usage_scenario_4");

    @Test
    void useByHours() {
        assertThat(USAGE_1.sql(UTILISATION)).containsExactly("1.0 | null | 1.0");
        assertThat(USAGE_2.sql(UTILISATION)).containsExactly("null | 1.0 | 0.0");
        assertThat(USAGE_3.sql(UTILISATION)).containsExactly("0.75 | 0.25 | 0.75");
        assertThat(USAGE_4.sql(UTILISATION)).containsExactly("1.0 | null | 1.0");
        assertThat(USAGE_4.sql(TOTALS)).containsExactly("Usage | 0.5 | 1.5 | 2");
    }

    /** The agreement is over 1,200: what was used of it counts by its months, the rest when it ends or month by month. */
    private static final Case SPEND_A1 = example("saas_examples/spend_agreements/saas_spend_agreements_a1");

    private static final Case SPEND_A2 = example("saas_examples/spend_agreements/saas_spend_agreements_a2");
    private static final Case SPEND_B1 = example("saas_examples/spend_agreements/saas_spend_agreements_b1");
    private static final Case SPEND_B2 = example("saas_examples/spend_agreements/saas_spend_agreements_b2");

    @Test
    void agreementsAboutSpend() {
        assertThat(SPEND_A1.sql(TOTALS)).containsExactly("Usage | 1200.0 | 1200.0 | 4");
        assertThat(SPEND_A2.sql(TOTALS)).containsExactly("Usage | 1200.0 | 1200.0 | 13");
        assertThat(SPEND_B1.sql(TOTALS)).containsExactly("Purchase | 1200.0 | 0.0 | 1", "Usage | 0.0 | 1200.0 | 4");
        assertThat(SPEND_B2.sql(TOTALS)).containsExactly("Purchase | 1200.0 | 0.0 | 1", "Usage | 0.0 | 1200.0 | 13");
        assertThat(SPEND_B2.sql("SELECT CAST(sum(effective_cost) AS DOUBLE) FROM cost WHERE sku_price_id = 'C-004-0'"
                        + " AND charge_category = 'Usage'"))
                .as("unused")
                .containsExactly("972.0");
        assertThat(quirks(SPEND_B2)).contains("ServiceCategory Database | 13", "date written M/d/yy, read as UTC | 14");
    }

    private static final Case LICENCES = example("saas_examples/simple_agreements/simple_saas_agreements_a2");

    @Test
    void licencesInDressedAmounts() {
        assertThat(LICENCES.sql(
                        "SELECT billed_cost, contracted_unit_price, CAST(charge_period_end AS STRING) FROM cost"))
                .containsExactly("50000.000000000000000000 | 100.000000000000000000 | 2026-04-01 00:00:00");
        assertThat(quirks(LICENCES)).contains("amount with currency sign or thousands separators | 1");
    }

    private static final Case VIRTUAL_CURRENCY_A1 = example("saas_examples/virtual_currency_pricing_model_a1");
    private static final Case VIRTUAL_CURRENCY_A2 = example("saas_examples/virtual_currency_pricing_model_a2");

    @Test
    void virtualCurrencyIsNoTokenOfAModel() {
        assertThat(VIRTUAL_CURRENCY_A1.sql("SELECT pricing_unit, token_count, focus_version FROM cost"))
                .containsExactly("Token | null | 1.2");
        assertThat(VIRTUAL_CURRENCY_A2.sql("SELECT pricing_currency, token_count, CAST(effective_cost AS DOUBLE),"
                        + " CAST(pricing_currency_effective_cost AS DOUBLE) FROM cost"))
                .containsExactly(
                        "Token | null | 20.0 | 10.0", "Token | null | 490.0 | 245.0", "Token | null | 720.0 | 360.0");
    }

    private static Case example(String name) {
        return CASES.of(SOURCE).deliverIfThere("bill.csv", FILES.resolve(name + ".csv"));
    }

    private static List<String> quirks(Case example) {
        return example.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }
}
