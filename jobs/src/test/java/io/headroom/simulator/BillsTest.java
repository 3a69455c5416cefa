package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a small fleet costs, worked out by hand: 12 rented GPUs at 3.3333 EUR an hour from 28 December to 5 February, 959.9904
 * EUR a day, of which December and January are paid at once; an own cluster; and tokens of an API.
 */
class BillsTest {

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void simulate() throws IOException {
        lake = new LakeFixture(folder);
        new Simulator(TestSpark.session(), TinyFleet.costly())
                .write(lake.landing().toString());
        lake.ingest(SimulatedSources.all());
        for (String truth : List.of(
                "cost_monthly",
                "cost_cluster_monthly",
                "cost_model_monthly",
                "api_tokens",
                "own_cost_daily",
                "invoices",
                "site_energy_daily")) {
            TestSpark.session()
                    .read()
                    .parquet(lake.landing()
                            .resolve("simulated/truth/%s.parquet".formatted(truth))
                            .toString())
                    .createOrReplaceTempView("bills_" + truth);
        }
    }

    @Test
    void everyLineIsAcceptedAndNothingIsRemarkedButItsVersion() {
        assertThat(lake.brokenEquations()).isEmpty();
        assertThat(lake.sql("SELECT source, path FROM delivery WHERE accepted_rows <> received_rows"
                        + " OR problem IS NOT NULL"))
                .isEmpty();
        assertThat(lake.sql("SELECT source, explode(map_keys(quirks)) FROM delivery"))
                .containsOnly("simulated_cost | FOCUS 1.2, by its columns");
        assertThat(lake.sql("SELECT DISTINCT focus_version FROM cost")).containsExactly("1.2");
    }

    @Test
    void monthsThatArePaidAtOnceAreBilledInTheFirst() {
        assertThat(lake.sql("SELECT to_date(billing_period_start), charge_category, charge_class, sum(billed_cost)"
                        + " FROM cost WHERE provider = 'rented-sim' AND billed_cost <> 0 GROUP BY ALL"))
                .containsExactly(
                        "2025-12-01 | Credit | null | -38.399616000000000000",
                        "2025-12-01 | Purchase | null | 33714.862848000000000000",
                        "2026-01-01 | Credit | null | -297.597024000000000000",
                        "2026-01-01 | Purchase | null | 892.791072000000000000",
                        "2026-01-01 | Usage | Correction | -39.999600000000000000",
                        "2026-02-01 | Credit | null | -47.999520000000000000",
                        "2026-02-01 | Purchase | null | 4943.950560000000000000",
                        "2026-02-01 | Usage | Correction | -39.999600000000000000");
    }

    @Test
    void effectiveCostIsOfTheDaysThatAreUsedUp() {
        assertThat(
                        lake.sql(
                                "SELECT trunc(charge_period_start, 'month'), commitment_discount_status IS NOT NULL,"
                                        + " sum(effective_cost) FROM cost WHERE cluster = 'rented' AND effective_cost <> 0 GROUP BY ALL"))
                .containsExactly(
                        "2025-12-01 | false | -39.999600000000000000",
                        "2025-12-01 | true | 3839.961600000000000000",
                        "2026-01-01 | false | -39.999600000000000000",
                        "2026-01-01 | true | 29759.702400000000000000",
                        "2026-02-01 | true | 4799.952000000000000000");
    }

    @Test
    void whatItReallyCostIsToldByKind() {
        assertThat(lake.sql("SELECT month, cluster, billing_currency, kind, effective_cost, billed_cost"
                        + " FROM bills_cost_monthly WHERE provider = 'rented-sim' AND month < '2026-02-01'"))
                .containsExactly(
                        "2025-12-01 | null | EUR | credit | -38.399616000000000000 | -38.399616000000000000",
                        "2025-12-01 | null | EUR | support | 115.198848000000000000 | 115.198848000000000000",
                        "2025-12-01 | rented | EUR | capacity | 3839.961600000000000000 | 33599.664000000000000000",
                        "2025-12-01 | rented | EUR | correction | -39.999600000000000000 | 0E-18",
                        "2026-01-01 | null | EUR | credit | -297.597024000000000000 | -297.597024000000000000",
                        "2026-01-01 | null | EUR | support | 892.791072000000000000 | 892.791072000000000000",
                        "2026-01-01 | rented | EUR | capacity | 29759.702400000000000000 | 0E-18",
                        "2026-01-01 | rented | EUR | correction | -39.999600000000000000 | -39.999600000000000000");
    }

    @Test
    void anInvoiceIsWhatItsLinesAddUpToOnceTheMonthIsOver() {
        assertThat(lake.sql("SELECT invoice_id, billed_cost, billing_currency, to_date(billing_period_start), issued_at"
                        + " FROM invoice WHERE provider = 'rented-sim'"))
                .containsExactly(
                        "rented-sim-billing-eur-202512 | 33676.463232000000000000 | EUR | 2025-12-01 | 2026-01-01 00:00:00.0",
                        "rented-sim-billing-eur-202601 | 555.194448000000000000 | EUR | 2026-01-01 | 2026-02-01 00:00:00.0");
        assertThat(lake.sql("SELECT DISTINCT invoice_id FROM cost WHERE billing_period_start = TIMESTAMP'2026-02-01'"))
                .containsExactly("null");
        assertThat(
                        lake.sql(
                                "SELECT * FROM (SELECT invoice_id, sum(billed_cost) AS billed FROM cost GROUP BY ALL)"
                                        + " FULL JOIN invoice USING (invoice_id) WHERE invoice_id IS NOT NULL AND NOT billed <=> billed_cost"))
                .isEmpty();
        assertThat(lake.sql("SELECT count(*), count(invoice_id) FROM bills_invoices"))
                .containsExactly("6 | 4");
    }

    @Test
    void tokensAreBoughtAtTheirListPrice() {
        assertThat(lake.sql("SELECT count(*), count(DISTINCT day) FROM bills_api_tokens"))
                .containsExactly("120 | 40");
        assertThat(lake.sql("SELECT count(*), every(cost = tokens * unit_price / 1000000 AND tokens > 50000)"
                        + " FROM bills_api_tokens JOIN price USING (provider, model, token_type)"
                        + " WHERE unit = 'million_tokens' AND pricing_category = 'list'"))
                .containsExactly("120 | true");
        assertThat(lake.sql("SELECT * FROM (SELECT to_date(charge_period_start) AS day, model, token_type,"
                        + " token_count AS told, effective_cost FROM cost WHERE provider = 'api-sim')"
                        + " FULL JOIN bills_api_tokens USING (day, model, token_type)"
                        + " WHERE NOT (told <=> tokens AND effective_cost <=> cost)"))
                .isEmpty();
        assertThat(lake.sql("SELECT service_category, consumed_unit, pricing_unit, count(*) FROM cost"
                        + " WHERE provider = 'api-sim' GROUP BY ALL"))
                .containsExactly("AI and Machine Learning | Tokens | 1000000 Tokens | 120");
    }

    @Test
    void everyDayHasARate() {
        assertThat(lake.sql("SELECT base_currency, quote_currency, publisher, count(*), min(valid_from), max(valid_to),"
                        + " every(valid_to = valid_from + INTERVAL 1 DAY), min(rate) > 1.05, max(rate) < 1.15,"
                        + " count(DISTINCT rate) > 20 FROM fx_rate GROUP BY ALL"))
                .containsExactly("EUR | USD | simulated | 40 | 2025-12-28 00:00:00.0 | 2026-02-06 00:00:00.0"
                        + " | true | true | true | true");
    }

    /** Racks lose 36,500 in 365 days; the hall loses 73,000 in 730 days from January on; a month of operations is 3,100. */
    @Test
    void anOwnClusterCostsWhatItLosesAndTakes() {
        assertThat(lake.sql("SELECT day, cost_kind, cost FROM bills_own_cost_daily WHERE day IN ('2025-12-31',"
                        + " '2026-01-01', '2026-02-05') AND cost_kind IN ('depreciation', 'operations')"))
                .containsExactly(
                        "2025-12-31 | depreciation | 100.000000000000000000",
                        "2025-12-31 | operations | 100.000000000000000000",
                        "2026-01-01 | depreciation | 200.000000000000000000",
                        "2026-01-01 | operations | 100.000000000000000000",
                        "2026-02-05 | depreciation | 200.000000000000000000",
                        "2026-02-05 | operations | 110.714285714285714286");
        assertThat(lake.sql("SELECT cost_kind, count(*) FROM bills_own_cost_daily GROUP BY ALL"))
                .containsExactly("demand | 40", "depreciation | 40", "energy | 40", "operations | 40");
        assertThat(lake.sql("SELECT * FROM bills_own_cost_daily JOIN bills_site_energy_daily USING (day, cluster)"
                        + " WHERE cost_kind = 'energy' AND abs(cost - facility_energy_j / 3.6e6 * 0.05) > 1e-9"))
                .isEmpty();
        assertThat(lake.sql("WITH peak AS (SELECT trunc(sampled_at, 'month') AS month, max(power_w) / 1000 AS kw"
                        + " FROM power_sample WHERE cluster = 'own' AND scope = 'facility' GROUP BY ALL)"
                        + " SELECT month, count(*), max(abs(cost - kw * 31 / day(last_day(month)))) < 1e-9"
                        + " FROM bills_own_cost_daily JOIN peak ON trunc(day, 'month') = month"
                        + " WHERE cost_kind = 'demand' GROUP BY ALL"))
                .containsExactly("2025-12-01 | 4 | true", "2026-01-01 | 31 | true", "2026-02-01 | 5 | true");
        assertThat(lake.sql("SELECT asset_id, cluster, kind, cost, salvage_value, to_date(in_service_from),"
                        + " to_date(life_ends_at) FROM asset"))
                .containsExactly(
                        "own-hall | null | building | 73000.000000000000000000 | 0E-18 | 2026-01-01 | 2028-01-01",
                        "own-racks | own | it | 40000.000000000000000000 | 3500.000000000000000000 | 2025-12-01 | 2026-12-01");
        assertThat(lake.sql("SELECT unit, unit_price FROM price WHERE cluster = 'own'"))
                .containsExactly(
                        "cluster_month | 3100.000000000000000000",
                        "kw_month | 31.000000000000000000",
                        "kwh | 0.050000000000000000");
    }

    /** Of one account's clusters the only one has all its support. */
    @Test
    void supportIsOfTheClustersOfItsAccount() {
        assertThat(lake.sql("SELECT month, cluster, cost, round(support_cost, 6) FROM bills_cost_cluster_monthly"
                        + " WHERE cluster = 'rented'"))
                .containsExactly(
                        "2025-12-01 | rented | 3799.962000000000000000 | 115.198848",
                        "2026-01-01 | rented | 29719.702800000000000000 | 892.791072",
                        "2026-02-01 | rented | 4799.952000000000000000 | 143.998560");
    }

    /** From samples of 6 hours: a day's cost, 28.799712 of it support, times GPU-hours that served over those held. */
    @Test
    void aModelCostsItsPartOfEachDay() {
        String days = "SELECT day, sum(if(workload = 'training', 0, 6)) AS served,"
                + " sum(if(workload = 'training', 0, 6 * sm_active)) AS active, count(*) * 6 AS held"
                + " FROM gpu_sample WHERE cluster = 'rented' AND is_allocated GROUP BY day";

        assertThat(lake.sql("WITH days AS (" + days + "), months AS (SELECT trunc(day, 'month') AS month,"
                        + " sum(served) AS gpu_hours, sum(cost * served / held) AS serving, sum(cost * active / held) AS usage"
                        + " FROM (SELECT *, 988.790112D - if(last_day(day) = day, 39.9996D, 0) AS cost FROM days) GROUP BY ALL)"
                        + " SELECT month, model, serving_gpu_s = gpu_hours * 3600, abs(serving - serving_cost) < 1e-6,"
                        + " abs(usage - usage_cost) < 0.001 * usage, serving_support_cost > 0 FROM months"
                        + " FULL JOIN bills_cost_model_monthly USING (month)"))
                .containsExactly(
                        "2025-12-01 | gpt-oss-120b | true | true | true | true",
                        "2026-01-01 | gpt-oss-120b | true | true | true | true",
                        "2026-02-01 | gpt-oss-120b | true | true | true | true");
    }

    @Test
    void everyGpuSecondOfServingIsOfAPhase() {
        assertThat(lake.sql("WITH served AS (SELECT workload, sum(prefill_s) AS prefill, sum(decode_s) AS decode"
                        + " FROM token_usage GROUP BY ALL), held AS (SELECT workload, count(*) * 21600 AS gpu_s"
                        + " FROM gpu_sample WHERE cluster = 'rented' AND is_allocated GROUP BY ALL)"
                        + " SELECT workload, prefill + decode = gpu_s, prefill / gpu_s BETWEEN 0.18 AND 0.52"
                        + " FROM served JOIN held USING (workload)"))
                .containsExactly("agentic | true | true", "inference | true | true");
    }
}
