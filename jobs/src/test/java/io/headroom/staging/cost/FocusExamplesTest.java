package io.headroom.staging.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.LakeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The specification's own examples of 1.2, each in a lake of its own, give what its text says of them. */
class FocusExamplesTest {

    private static final Path FILES = Path.of("..", "..", "shared", "real-data", "focus", "spec_1.2_examples")
            .toAbsolutePath();
    private static final String UTILISATION =
            "SELECT CAST(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Used') AS DOUBLE),"
                    + " CAST(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Unused') AS DOUBLE),"
                    + " CAST(coalesce(sum(effective_cost) FILTER (WHERE commitment_discount_status = 'Used'), 0)"
                    + " / sum(effective_cost) FILTER (WHERE commitment_discount_status IS NOT NULL) AS DOUBLE) FROM cost";
    private static final String TOTALS = "SELECT charge_category, CAST(sum(billed_cost) AS DOUBLE),"
            + " CAST(sum(effective_cost) AS DOUBLE), count(*) FROM cost GROUP BY ALL";

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void skipWithoutFiles() {
        lake = new LakeFixture(folder.resolve("none"));
        assumeTrue(Files.isDirectory(FILES), "skipped, there are no real files at " + FILES);
    }

    @Test
    void aCommitmentThatIsFullyUsed() throws IOException {
        ingest(
                "commitment_discount_flexibility/one_hundred_percent_utilization_without_commitment_discount_flexibility");
        assertThat(lake.sql(UTILISATION)).containsExactly("1.5 | null | 1.0");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 1.5 | 0.0 | 1", "Usage | 0.0 | 1.5 | 1");
        ingest(
                "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource");
        assertThat(lake.sql(UTILISATION)).containsExactly("0.5 | null | 1.0");
        assertThat(lake.sql("SELECT CAST(billed_cost AS DOUBLE), CAST(effective_cost AS DOUBLE) FROM cost"
                        + " WHERE pricing_category = 'Standard' AND charge_category = 'Usage'"))
                .as("on demand")
                .containsExactly("2.25 | 2.25");
    }

    @Test
    void twoEqualLinesStayTwoLines() throws IOException {
        ingest(
                "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources");

        assertThat(lake.sql(UTILISATION)).containsExactly("2.0 | null | 1.0");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 2.0 | 0.0 | 1", "Usage | 0.0 | 2.0 | 2");
        assertThat(lake.sql("SELECT duplicate_rows FROM delivery")).containsExactly("0");
    }

    @Test
    void aCommitmentThatNothingUses() throws IOException {
        ingest("commitment_discount_flexibility/zero_percent_utilization_without_commitment_discount_flexibility");

        assertThat(lake.sql(UTILISATION)).containsExactly("null | 1.5 | 0.0");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 1.5 | 0.0 | 1", "Usage | 2.0 | 3.5 | 2");
        assertThat(quirks())
                .contains(
                        "ConsumedQuantity is not null on what is not used | 1",
                        "ResourceId is not CommitmentDiscountId on what is Unused | 1",
                        "column SkuPriceid read as SkuPriceId | 3",
                        "literal null | 2");
    }

    @Test
    void purchasesAheadAreWholeWhenBilledAndTheTypoIsRefused() throws IOException {
        ingest("commitment_discount_scenarios/commitment_discount_purchase_scenario_1");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 8760.0 | 0.0 | 1");
        ingest("commitment_discount_scenarios/commitment_discount_purchase_scenario_3");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 4381.0 | 0.0 | 3");
        assertThat(lake.sql("SELECT line, reasons FROM rejected"))
                .containsExactly("5 | [charge_period_end is not an instant: 2023-02-01T30:00:00Z]");
    }

    @Test
    void useByHours() throws IOException {
        ingest("commitment_discount_scenarios/commitment_discount_usage_scenario_1");
        assertThat(lake.sql(UTILISATION)).containsExactly("1.0 | null | 1.0");
        ingest("commitment_discount_scenarios/commitment_discount_usage_scenario_2");
        assertThat(lake.sql(UTILISATION)).containsExactly("null | 1.0 | 0.0");
        ingest("commitment_discount_scenarios/commitment_discount_usage_scenario_3");
        assertThat(lake.sql(UTILISATION)).containsExactly("0.75 | 0.25 | 0.75");
        ingest("commitment_discount_scenarios/commitment_discount_usage_scenario_4");
        assertThat(lake.sql(UTILISATION)).containsExactly("1.0 | null | 1.0");
        assertThat(lake.sql(TOTALS)).containsExactly("Usage | 0.5 | 1.5 | 2");
    }

    /** The agreement is over 1,200: what was used of it counts by its months, the rest when it ends or month by month. */
    @Test
    void agreementsAboutSpend() throws IOException {
        ingest("saas_examples/spend_agreements/saas_spend_agreements_a1");
        assertThat(lake.sql(TOTALS)).containsExactly("Usage | 1200.0 | 1200.0 | 4");
        ingest("saas_examples/spend_agreements/saas_spend_agreements_a2");
        assertThat(lake.sql(TOTALS)).containsExactly("Usage | 1200.0 | 1200.0 | 13");
        ingest("saas_examples/spend_agreements/saas_spend_agreements_b1");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 1200.0 | 0.0 | 1", "Usage | 0.0 | 1200.0 | 4");
        ingest("saas_examples/spend_agreements/saas_spend_agreements_b2");
        assertThat(lake.sql(TOTALS)).containsExactly("Purchase | 1200.0 | 0.0 | 1", "Usage | 0.0 | 1200.0 | 13");
        assertThat(lake.sql("SELECT CAST(sum(effective_cost) AS DOUBLE) FROM cost WHERE sku_price_id = 'C-004-0'"
                        + " AND charge_category = 'Usage'"))
                .as("unused")
                .containsExactly("972.0");
        assertThat(quirks()).contains("ServiceCategory Database | 13", "date written M/d/yy, read as UTC | 14");
    }

    @Test
    void licencesInDressedAmounts() throws IOException {
        ingest("saas_examples/simple_agreements/simple_saas_agreements_a2");
        assertThat(lake.sql("SELECT billed_cost, contracted_unit_price, CAST(charge_period_end AS STRING) FROM cost"))
                .containsExactly("50000.000000000000000000 | 100.000000000000000000 | 2026-04-01 00:00:00");
        assertThat(quirks()).contains("amount with currency sign or thousands separators | 1");
    }

    @Test
    void virtualCurrencyIsNoTokenOfAModel() throws IOException {
        ingest("saas_examples/virtual_currency_pricing_model_a1");
        assertThat(lake.sql("SELECT pricing_unit, token_count, focus_version FROM cost"))
                .containsExactly("Token | null | 1.2");
        ingest("saas_examples/virtual_currency_pricing_model_a2");
        assertThat(lake.sql("SELECT pricing_currency, token_count, CAST(effective_cost AS DOUBLE),"
                        + " CAST(pricing_currency_effective_cost AS DOUBLE) FROM cost"))
                .containsExactly(
                        "Token | null | 20.0 | 10.0", "Token | null | 490.0 | 245.0", "Token | null | 720.0 | 360.0");
    }

    private void ingest(String example) throws IOException {
        lake = new LakeFixture(folder.resolve(example));
        lake.deliver("bill.csv", Files.readAllBytes(FILES.resolve(example + ".csv")));
        lake.ingest("""
                name: example
                extends: cost/focus_csv
                files: '*.csv'
                columns: {dates: M/d/yy}
                set: {provider: TinyCloud, billing_account_id: '1', billing_currency: USD}
                """);
    }

    private List<String> quirks() {
        return lake.sql("SELECT name, records FROM delivery LATERAL VIEW explode(quirks) AS name, records");
    }
}
