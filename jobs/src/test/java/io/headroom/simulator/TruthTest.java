package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.mart.Marts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final String DEMAND = """
            SELECT cluster, day, wanted, allocated
            FROM (SELECT cluster, day, sum(wanted_gpu_hours) AS wanted FROM truth_demand_daily GROUP BY ALL)
            JOIN (
              SELECT cluster, day, sum(allocated_gpu_hours) AS allocated, sum(healthy_gpu_hours) AS healthy,
                sum(installed_gpu_hours) AS installed
              FROM utilisation_hourly GROUP BY ALL) USING (cluster, day)
            WHERE %s""";

    /**
     * What is to be found: rows of truth and found, by some keys. Of clean files it is found to a thousandth by the finest of
     * these keys. Of dirty ones it is found by the coarse keys, as nearly as the shares of what is not delivered or broken
     * allow: of GPU samples 0.22 %, 0.32 % where SM activity is needed, of readings and token counts 0.02 %, all with their
     * spread over few rows; of goodput nothing but the rounding of small kinds to a millionth of an hour.
     */
    enum Found {
        GPU_HOURS("day, cluster, workload, state", "cluster, state", 0.007, """
                SELECT day, cluster, workload, state, truth, found
                FROM (
                  SELECT day, cluster, coalesce(workload, 'none') AS workload, state, truth
                  FROM truth_gpu_hours_daily UNPIVOT (truth FOR state IN (energised_gpu_hours AS installed, healthy_gpu_hours AS healthy,
                    allocated_gpu_hours AS allocated, sm_active_gpu_hours AS sm_active, tensor_active_gpu_hours AS tensor_active)))
                FULL JOIN (
                  SELECT day, cluster, coalesce(workload, 'none') AS workload, state, sum(hours) AS found
                  FROM utilisation_hourly UNPIVOT (hours FOR state IN (installed_gpu_hours AS installed, healthy_gpu_hours AS healthy,
                    allocated_gpu_hours AS allocated, sm_active_gpu_hours AS sm_active, tensor_active_gpu_hours AS tensor_active))
                  GROUP BY ALL)
                USING (day, cluster, workload, state)"""),
        UTILISATION("day, cluster, workload", "cluster, workload", 0.002, """
                SELECT day, cluster, workload, sm_active_gpu_hours AS truth, share * allocated_gpu_hours AS found
                FROM (SELECT * FROM truth_gpu_hours_daily WHERE workload IS NOT NULL)
                FULL JOIN (
                  SELECT day, cluster, workload, sum(sm_active_gpu_hours) / sum(sm_reporting_gpu_hours) AS share
                  FROM utilisation_hourly WHERE workload IS NOT NULL GROUP BY ALL)
                USING (day, cluster, workload)"""),
        RACK_ENERGY("day, cluster, rack", "cluster, rack", 0.003, """
                SELECT day, cluster, rack, it_energy_j AS truth, found
                FROM truth_rack_energy_daily
                FULL JOIN (SELECT day, cluster, rack, sum(energy_j) AS found FROM power_density_hourly
                  WHERE level = 'rack' AND power_basis = 'metered' GROUP BY ALL)
                USING (day, cluster, rack)"""),
        GPU_ENERGY("day, cluster, rack", "cluster, rack", 0.005, """
                SELECT day, cluster, rack, gpu_energy_j AS truth, found
                FROM truth_rack_energy_daily
                FULL JOIN (SELECT day, cluster, rack, sum(gpu_energy_j) AS found FROM rack_instant GROUP BY ALL)
                USING (day, cluster, rack)"""),
        PUE("day, cluster", "cluster", 0.001, """
                SELECT day, cluster, facility_energy_j AS truth, pue * it_energy_j AS found
                FROM truth_site_energy_daily
                FULL JOIN (SELECT day, cluster, pue FROM pue_daily)
                USING (day, cluster)"""),
        SITE_ENERGY("day, cluster, level", "cluster, level", 0.003, """
                SELECT day, cluster, level, truth, found
                FROM (SELECT * FROM truth_site_energy_daily UNPIVOT (truth FOR level IN (it_energy_j AS it, facility_energy_j AS facility)))
                FULL JOIN (SELECT day, cluster, level, sum(energy_j) AS found FROM power_density_hourly
                  WHERE level IN ('it', 'facility') AND power_basis = 'metered' GROUP BY ALL)
                USING (day, cluster, level)"""),
        TOKENS("day, cluster, model, workload, bucket", "cluster, model, bucket", 0.003, """
                SELECT day, cluster, model, workload, bucket, truth, found
                FROM (SELECT * FROM truth_tokens_daily UNPIVOT (truth FOR bucket IN (request_count, uncached_input_tokens,
                  cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)))
                FULL JOIN (
                  SELECT day, cluster, model, workload, bucket, sum(tokens) AS found
                  FROM token_hourly UNPIVOT (tokens FOR bucket IN (request_count, uncached_input_tokens, cache_read_tokens,
                    cache_write_tokens, output_tokens, reasoning_tokens))
                  GROUP BY ALL)
                USING (day, cluster, model, workload, bucket)"""),
        COST("month, provider, cluster", "month, provider, cluster", 0, """
                SELECT month, provider, cluster, truth, found
                FROM (SELECT month, provider, coalesce(cluster, 'none') AS cluster, effective_cost AS truth FROM truth_cost_monthly)
                FULL JOIN (SELECT trunc(day, 'month') AS month, provider, coalesce(cluster, 'none') AS cluster, sum(cost) AS found
                  FROM cost_per_token_daily GROUP BY ALL)
                USING (month, provider, cluster)"""),
        WATERFALL("day, cluster, stage", "cluster, stage", 0.007, """
                SELECT day, cluster, stage, truth, found
                FROM (
                  SELECT day, cluster, stage, sum(truth) AS truth
                  FROM truth_gpu_hours_daily UNPIVOT (truth FOR stage IN (energised_gpu_hours, healthy_gpu_hours,
                    allocated_gpu_hours, sm_active_gpu_hours, tensor_active_gpu_hours))
                  GROUP BY ALL)
                FULL JOIN (
                  SELECT day, cluster, stage, CAST(found AS DOUBLE) AS found
                  FROM (SELECT day, cluster, energised_gpu_hours, healthy_gpu_hours, allocated_gpu_hours,
                    sm_active_gpu_hours, tensor_active_gpu_hours FROM gpu_hour_waterfall_daily)
                  UNPIVOT (found FOR stage IN (energised_gpu_hours, healthy_gpu_hours, allocated_gpu_hours,
                    sm_active_gpu_hours, tensor_active_gpu_hours)))
                USING (day, cluster, stage)"""),
        GOODPUT("day, cluster, kind", "day, cluster, kind", 0.0001, """
                SELECT day, cluster, kind, truth, found
                FROM (SELECT day, cluster, kind, sum(gpu_hours) AS truth FROM truth_goodput_daily
                  WHERE has_ended AND gpu_hours > 0 GROUP BY ALL)
                FULL JOIN (
                  SELECT day, cluster, kind, CAST(sum(hours) AS DOUBLE) AS found
                  FROM (SELECT day, cluster, inline(map_entries(map_concat(
                    map('productive', productive_gpu_hours), badput_gpu_hours))) AS (kind, hours) FROM goodput_daily)
                  WHERE hours > 0 GROUP BY ALL)
                USING (day, cluster, kind)"""),
        BILLS("month, provider, cluster", "month, provider, cluster", 0, """
                SELECT month, provider, cluster, truth, found
                FROM (SELECT month, provider, coalesce(cluster, 'none') AS cluster, effective_cost AS truth FROM truth_cost_monthly
                  WHERE cluster IS NULL OR cluster IN (SELECT cluster FROM cost))
                FULL JOIN (SELECT trunc(day, 'month') AS month, provider, coalesce(cluster, 'none') AS cluster,
                  sum(effective_cost) AS found FROM cost_daily GROUP BY ALL)
                USING (month, provider, cluster)""");

        private final String fine;
        private final String coarse;
        private final double errorUnderDirt;
        private final String sql;

        Found(String fine, String coarse, double errorUnderDirt, String sql) {
            this.fine = fine;
            this.coarse = coarse;
            this.errorUnderDirt = errorUnderDirt;
            this.sql = sql;
        }

        /** What prices that go through floating point may leave, where none is stated. */
        private double error() {
            return Math.max(errorUnderDirt, 1e-12);
        }
    }

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
        void everyTruthIsFoundToAThousandth(Found what) {
            assertThat(missed(lake, what, what.fine, Math.min(0.001, what.error())))
                    .isEmpty();
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
        void everyTruthIsFoundWithinItsStatedError(Found what) {
            assertThat(missed(lake, what, what.coarse, what.error())).isEmpty();
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
        lake.derive(Marts.JOBS);
        for (String truth : List.of(
                "gpu_hours_daily",
                "rack_energy_daily",
                "site_energy_daily",
                "tokens_daily",
                "cost_monthly",
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

    /** Keys whose truth was not found within a part of it. */
    private static List<String> missed(LakeFixture lake, Found what, String keys, double part) {
        assertThat(lake.sql("SELECT count(*) > 5 FROM (%s)".formatted(what.sql)))
                .containsExactly("true");
        return lake.sql("""
                WITH both AS (%s)
                SELECT %s, sum(truth), sum(found) FROM both
                GROUP BY ALL
                HAVING coalesce(abs(sum(found) - sum(truth)) > %s * sum(truth) OR sum(truth) IS NULL OR sum(found) IS NULL, true)
                """.formatted(what.sql, keys, BigDecimal.valueOf(part).toPlainString()));
    }
}
