package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.job.Plan;
import io.headroom.mart.Marts;
import io.headroom.runner.Runner;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shipped fleet over a month in which a rack comes and the last day is sampled more finely: what the simulator says
 * that it did is what the marts find, of clean files and of those of the shipped dirt.
 */
@Tag("truth")
class TruthTest {

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final String DIRT = "(?m)^dirt:.*";
    /** What conf/allocation.yml says of support. */
    private static final Settings SETTINGS = new Settings(
            "USD",
            TokenWeights.DEFAULT,
            List.of(new AllocationRule(
                    "support",
                    null,
                    null,
                    Map.of("service_name", List.of("Support")),
                    null,
                    new AllocationRule.Spread(
                            AllocationRule.By.DIRECT_COST, AllocationRule.Among.PROVIDER, Map.of()))));

    private static final String DEMAND = """
            SELECT cluster, day, wanted, allocated
            FROM (SELECT cluster, day, sum(wanted_gpu_hours) AS wanted FROM truth_demand_daily GROUP BY ALL)
            JOIN (
              SELECT cluster, day, sum(allocated_gpu_hours) AS allocated, sum(healthy_gpu_hours) AS healthy,
                sum(installed_gpu_hours) AS installed
              FROM utilisation_hourly GROUP BY ALL) USING (cluster, day)
            WHERE %s""";

    @Nested
    class OfCleanFiles {

        @TempDir
        static Path folder;

        private static LakeFixture lake;

        @BeforeAll
        static void run() throws IOException {
            lake = lakeOf(folder, shipped().replaceFirst(DIRT, ""));
        }

        @ParameterizedTest
        @EnumSource
        void everyTruthIsFoundToAThousandth(FoundTelemetry what) {
            assertThat(missed(lake, what, what.fine(), what.ofClean())).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void everyCostIsFoundToTheCent(FoundCost what) {
            assertThat(missed(lake, what, what.fine(), what.ofClean())).isEmpty();
        }

        @Test
        void basesDifferByExactlyTheirBridges() {
            assertBridges(lake);
        }

        @Test
        void allocatedPartsAddUpToTheBill() {
            assertAddsUp(lake);
        }

        @Test
        void everyInvoiceIsReconciled() {
            assertReconciled(lake);
        }

        @Test
        void costsOfTwoCurrenciesAreToldInOneByTheRateOfTheirDay() {
            assertConverted(lake);
        }

        @Test
        void nothingIsRefusedOrDoubled() {
            assertThat(lake.brokenEquations()).isEmpty();
            assertThat(lake.sql(
                            "SELECT path FROM delivery WHERE accepted_rows <> received_rows OR unparsable_records > 0"))
                    .isEmpty();
        }

        /**
         * Where a day wants less than half of what has power, what is wanted is there, unless its hosts are down; save for hours
         * in which a job that ended early still holds the hosts of a small cluster.
         */
        @Test
        void demandThatIsMetIsWhatWasAllocatedOrDown() {
            List<String> met = lake.sql(DEMAND.formatted("wanted < 0.5 * installed"));
            List<String> missed =
                    lake.sql(DEMAND.formatted("wanted < 0.5 * installed AND wanted NOT BETWEEN 0.999 * allocated AND"
                            + " 1.001 * (allocated + installed - healthy)"));

            assertThat(met).hasSizeGreaterThan(20);
            assertThat(missed).hasSizeLessThan(met.size() / 20);
        }

        @Test
        void demandThatIsNotMetIsMoreThanWasAllocated() {
            assertThat(lake.sql(DEMAND.formatted("wanted > 1.001 * (allocated + installed - healthy)")))
                    .isNotEmpty();
            assertThat(lake.sql(DEMAND.formatted("wanted < 0.999 * allocated"))).isEmpty();
        }
    }

    @Nested
    class OfDirtyFiles {

        @TempDir
        static Path folder;

        private static LakeFixture lake;

        @BeforeAll
        static void run() throws IOException {
            lake = lakeOf(folder, shipped());
        }

        @ParameterizedTest
        @EnumSource
        void everyTruthIsFoundWithinItsStatedError(FoundTelemetry what) {
            assertThat(missed(lake, what, what.coarse(), what.ofDirty())).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void everyCostIsFoundWithinItsStatedError(FoundCost what) {
            assertThat(missed(lake, what, what.coarse(), what.ofDirty())).isEmpty();
        }

        @Test
        void costsAddUpAllTheSame() {
            assertBridges(lake);
            assertAddsUp(lake);
            assertReconciled(lake);
            assertConverted(lake);
        }

        @Test
        void everyRecordIsAccountedFor() {
            assertThat(lake.brokenEquations()).isEmpty();
            assertThat(lake.sql("SELECT count(*) FROM rejected"))
                    .isEqualTo(lake.sql("SELECT sum(rejected_rows + unparsable_records) FROM delivery"));
            long written = TestSpark.session()
                    .read()
                    .parquet(lake.landing()
                            .resolve("simulated/gpu_sample/*.parquet")
                            .toString())
                    .count();
            assertThat(lake.sql("SELECT sum(read_records) FROM delivery WHERE source = 'simulated_gpu_sample'"))
                    .containsExactly(String.valueOf(written));
        }
    }

    private static String shipped() throws IOException {
        return Files.readString(HOME.resolve("conf/fleet.yml"))
                .replaceFirst("(?m)^start: .*", "start: 2026-05-26")
                .replaceFirst("(?m)^end: .*", "end: 2026-06-26")
                .replaceFirst("(?m)^detail: .*", "detail: {days: 1, interval_s: 600}");
    }

    private static LakeFixture lakeOf(Path folder, String fleet) throws IOException {
        var lake = new LakeFixture(folder, Marts.JOBS);
        new Simulator(TestSpark.session(), Fleet.parse(fleet, "fleet.yml"))
                .write(lake.landing().toString());
        lake.ingest(SimulatedSources.all());
        var runner = new Runner(lake.lake(), Instant.parse("2027-01-01T00:00:00Z"), "run-1", "test", SETTINGS);
        Plan.of(Marts.JOBS).jobs().forEach(runner::run);
        for (String truth : List.of(
                "gpu_hours_daily",
                "rack_energy_daily",
                "site_energy_daily",
                "tokens_daily",
                "cost_monthly",
                "cost_cluster_monthly",
                "cost_model_monthly",
                "api_tokens",
                "own_cost_daily",
                "invoices",
                "goodput_daily",
                "demand_daily")) {
            TestSpark.session()
                    .read()
                    .parquet(lake.landing()
                            .resolve("simulated/truth/%s.parquet".formatted(truth))
                            .toString())
                    .createOrReplaceTempView("truth_" + truth);
        }
        return lake;
    }

    /** Keys whose truth was not found. */
    private static List<String> missed(LakeFixture lake, Found what, String keys, Found.Tolerance tolerance) {
        assertThat(lake.sql("SELECT count(*) > 1 FROM (%s)".formatted(what.sql())))
                .containsExactly("true");
        return lake.sql("""
                WITH both AS (%s)
                SELECT %s, sum(truth), sum(found) FROM both
                GROUP BY ALL
                HAVING coalesce(abs(sum(found) - sum(truth)) > %s OR sum(truth) IS NULL OR sum(found) IS NULL, true)
                """.formatted(what.sql(), keys, tolerance.of("sum(truth)")));
    }

    /** Months that are paid ahead are billed in May, when a few days of them are used up, and not in June. */
    private static void assertBridges(LakeFixture lake) {
        assertThat(lake.sql("SELECT count(*) > 150, every(idle_bridge > 0),"
                        + " every(serving_cost - usage_cost = idle_bridge) FROM cost_per_token_daily"
                        + " WHERE usage_cost IS NOT NULL"))
                .containsExactly("true | true | true");
        assertThat(lake.sql(
                        "SELECT count(*) > 10, every(effective_cost - unbilled_cost - billed_cost <=> timing_bridge),"
                                + " every(effective_cost - usage_cost <=> idle_bridge) FROM cost_per_token_monthly"))
                .containsExactly("true | true | true");
        assertThat(lake.sql("SELECT month, min(timing_bridge) < 0, max(timing_bridge) > 0 FROM cost_per_token_monthly"
                        + " WHERE provider = 'aws-sim' AND cluster IS NOT NULL GROUP BY ALL"))
                .containsExactly("2026-05-01 | true | false", "2026-06-01 | false | true");
    }

    private static void assertAddsUp(LakeFixture lake) {
        List<String> bill =
                lake.sql("SELECT billing_currency, sum(effective_cost) FROM cost GROUP BY ALL HAVING count(*) > 30");

        assertThat(bill).hasSize(2);
        assertThat(lake.sql("SELECT billing_currency, sum(effective_cost) FROM cost_daily GROUP BY ALL"))
                .isEqualTo(bill);
        assertThat(lake.sql("SELECT billing_currency, sum(effective_cost) FROM cost_allocated_daily GROUP BY ALL"))
                .isEqualTo(bill);
    }

    /** The fleet ends in June, before its invoices; and bills of FOCUS 1.0 name none. */
    private static void assertReconciled(LakeFixture lake) {
        assertThat(lake.sql("SELECT invoice_issuer, to_date(billing_period_start), billing_currency, state, difference"
                        + " FROM invoice_reconciliation"))
                .containsExactly(
                        "aws-sim | 2026-05-01 | USD | reconciled | 0E-18",
                        "aws-sim | 2026-06-01 | USD | no_invoice | null",
                        "azure-sim | 2026-05-01 | EUR | no_invoice | null",
                        "azure-sim | 2026-05-01 | USD | no_invoice | null",
                        "azure-sim | 2026-06-01 | EUR | no_invoice | null",
                        "azure-sim | 2026-06-01 | USD | no_invoice | null",
                        "model-api-sim | 2026-05-01 | USD | reconciled | 0E-18",
                        "model-api-sim | 2026-06-01 | USD | no_invoice | null");
    }

    private static void assertConverted(LakeFixture lake) {
        assertThat(lake.sql("SELECT billing_currency, report_currency, fx_method, count(*) > 30,"
                        + " max(abs(CAST(report_cost AS DOUBLE) - CAST(effective_cost AS DOUBLE) * coalesce(rate, 1))) < 1e-6"
                        + " FROM cost_report_daily LEFT JOIN fx_rate ON base_currency = billing_currency"
                        + " AND valid_from = CAST(day AS TIMESTAMP) GROUP BY ALL"))
                .containsExactly("EUR | USD | direct | true | true", "USD | USD | same | true | true");
        assertThat(lake.sql("SELECT count(*), sum(effective_cost) FROM cost_report_daily"))
                .isEqualTo(lake.sql("SELECT count(*), sum(effective_cost) FROM cost_allocated_daily"));
    }
}
