package io.headroom.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.job.Job;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.staging.price.Price;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MartsTest {

    private static final TestInputs NONE = new TestInputs(Map.of(), Path.of(""));

    @Test
    void rackInstantAddsUpTheGpusOfARackAndLeavesMissingTelemetryOut() {
        TestInputs inputs = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | is_allocated | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 60         | true         | 0.5       | 600
                2026-03-01 | 2026-03-01 10:00:20 | c       | r    | g2       | 60         | false        |           | 200
                """));

        assertThat(derived(
                        RackInstant.JOB,
                        inputs,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SECONDS,
                        RackInstant.ALLOCATED_GPU_SECONDS,
                        RackInstant.HEALTHY_GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.SM_REPORTING_GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .containsExactly("2026-03-01 10:00:00.0 | 120.0 | 60.0 | null | 30.0 | 60.0 | 48000.0");
    }

    @Test
    void utilisationIsInGpuHoursAndH100Equivalents() {
        TestInputs inputs = NONE.with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                        day        | instant             | cluster | rack | accelerator | interval_s | gpu_samples | gpu_seconds | allocated_gpu_seconds | sm_active_gpu_seconds | sm_reporting_gpu_seconds
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r1   | GB200       | 1800       | 2           | 3600        | 1800                  | 900                   | 3600
                        2026-03-01 | 2026-03-01 10:30:00 | c       | r2   | GB200       | 1800       | 2           | 3600        | 3600                  | 900                   | 3600
                        """))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | h100_equivalents
                        GB200       | 2.5
                        """));

        assertThat(derived(
                        UtilisationHourly.JOB,
                        inputs,
                        UtilisationHourly.HOUR,
                        UtilisationHourly.INSTALLED_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_GPU_HOURS,
                        UtilisationHourly.SM_ACTIVE_GPU_HOURS,
                        UtilisationHourly.TENSOR_ACTIVE_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_H100E_HOURS))
                .containsExactly("2026-03-01 10:00:00.0 | 2.0 | 1.5 | 0.5 | null | 3.75");
    }

    @Test
    void powerDensityPrefersTheMeterAndWeighsReadingsByTheirTime() {
        TestInputs inputs = NONE.with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                        day        | sampled_at          | meter_id | scope | cluster | rack | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m        | rack  | c       | r1   | 1000
                        2026-03-01 | 2026-03-01 10:10:00 | m        | rack  | c       | r1   | 4000
                        2026-03-01 | 2026-03-01 10:30:00 | m        | rack  | c       | r1   | 1000
                        """))
                .with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                        day        | instant             | cluster | rack | interval_s | gpu_samples | gpu_seconds | gpu_energy_j
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r1   | 3600       | 1           | 3600        | 3600000
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r2   | 3600       | 1           | 3600        | 7200000
                        """));

        // r1: 10 min at 1 kW, 20 min at 4 kW, then as long as before, 20 min, at 1 kW.
        assertThat(derived(
                        PowerDensityHourly.JOB,
                        inputs,
                        PowerDensityHourly.RACK,
                        PowerDensityHourly.POWER_BASIS,
                        PowerDensityHourly.MEAN_POWER_W,
                        PowerDensityHourly.MAX_POWER_W,
                        PowerDensityHourly.COVERED_S,
                        PowerDensityHourly.ENERGY_J))
                .containsExactly(
                        "r1 | metered | 2200.0 | 4000.0 | 3000.0 | 6600000.0",
                        "r2 | gpu_sum | 2000.0 | 2000.0 | 3600.0 | 7200000.0");
    }

    @Test
    void theDaysOfAChargeAddUpToItToTheLastDecimal() {
        TestInputs inputs = NONE.with(Cost.TABLE, Rows.of(Cost.TABLE, """
                provider | charge_period_start | charge_period_end   | billing_currency | effective_cost
                P        | 2026-03-01 00:00:00 | 2026-03-04 00:00:00 | USD              | 100
                P        | 2026-03-01 18:00:00 | 2026-03-02 06:00:00 | USD              | 0.000000000000000001
                Q        | 2026-03-02 00:00:00 | 2026-03-03 00:00:00 | USD              | 12345678901234567890.123456789012345678
                """));

        assertThat(derived(CostDaily.JOB, inputs, CostDaily.PROVIDER, CostDaily.DAY, CostDaily.EFFECTIVE_COST))
                .hasSize(4)
                .contains("Q | 2026-03-02 | 12345678901234567890.123456789012345678");
        assertThat(NONE.with(Cost.TABLE, inputs.rows(Cost.TABLE))
                        .derive(CostDaily.JOB)
                        .filter("provider = 'P'")
                        .selectExpr("CAST(sum(effective_cost) AS STRING)")
                        .head()
                        .getString(0))
                .isEqualTo("100.000000000000000001");
    }

    @Test
    void aCostPerTokenComesFromTheBillElseFromTheRateCardAndShowsWhatIsUnallocated() {
        TestInputs inputs = NONE.with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | billed  | USD              | 30             | 1
                        2026-03-01 | P        |         | USD              | 7              | 1
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | provider | region | cluster | accelerator | installed_gpu_hours
                        2026-03-01 | P        | r      | billed  | GB200       | 10
                        2026-03-01 | P        | r      | own     | GB200       | 10
                        """))
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | provider | region | cluster | request_count | uncached_input_tokens | cache_read_tokens | output_tokens
                        2026-03-01 | P        | r      | billed  | 1             | 1000000               | 500000            | 1500000
                        2026-03-01 | P        | r      | own     | 1             | 1000000               |                   | 1000000
                        2026-03-01 | P        | r      | free    | 1             | 10                    |                   | 10
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | cluster | accelerator | pricing_category | unit     | unit_price | currency | valid_from          | valid_to
                        P        |         | GB200       | rate_card        | gpu_hour | 9          | USD      | 2026-01-01 00:00:00 |
                        P        | own     | GB200       | rate_card        | gpu_hour | 3          | USD      | 2026-02-01 00:00:00 |
                        P        | own     | GB200       | rate_card        | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        | own     | GB200       | benchmark        | gpu_hour | 1          | USD      | 2026-02-15 00:00:00 |
                        """));

        assertThat(derived(
                        CostPerTokenDaily.JOB,
                        inputs,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.IS_UNALLOCATED,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.TOTAL_TOKENS,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactlyInAnyOrder(
                        "billed | effective | false | 30.000000000000000000 | 3000000 | 10.0",
                        "own | rate_card | false | 30.000000000000000000 | 2000000 | 15.0",
                        "free | none | false | null | 20 | null",
                        "null | effective | true | 7.000000000000000000 | null | null");
    }

    @Test
    void tokenEfficiencyIsTokensOverEnergyAtEachBoundary() {
        TestInputs inputs = NONE.with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens | reasoning_tokens
                        2026-03-01 | c       | 1             | 700                   | 200           | 100
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | installed_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | 1                   | 100
                        """))
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | cluster | power_basis | energy_j
                        2026-03-01 | c       | metered     | 200
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | pue
                        c       | 1.25
                        """));

        assertThat(derived(
                        TokenEfficiencyDaily.JOB,
                        inputs,
                        TokenEfficiencyDaily.TOTAL_TOKENS,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_IT,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_FACILITY,
                        TokenEfficiencyDaily.TOKENS_PER_S_PER_MW_FACILITY))
                .containsExactly("1000 | 10.0 | 5.0 | 4.0 | 4000000.0");
    }

    @Test
    void aJobsPowerIsThatOfItsOwnHostsWithinItsOwnTime() {
        TestInputs inputs = NONE.with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
                        day        | cluster | job_id | nodes | started_at          | ended_at            | state     | allocated_gpus | gpu_seconds | tokens_per_s
                        2026-03-01 | c       | j      | a,b   | 2026-03-01 10:00:00 | 2026-03-01 10:00:10 | COMPLETED | 8              | 80          | 500
                        2026-03-01 | c       | k      | a,x   | 2026-03-01 10:00:00 | 2026-03-01 10:00:10 | COMPLETED | 8              | 80          | 500
                        """))
                .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                        day        | sampled_at          | meter_id | scope | cluster | node | power_w
                        2026-03-01 | 2026-03-01 09:59:59 | ma       | node  | c       | a    | 9999
                        2026-03-01 | 2026-03-01 10:00:00 | ma       | node  | c       | a    | 100
                        2026-03-01 | 2026-03-01 10:00:10 | ma       | node  | c       | a    | 300
                        2026-03-01 | 2026-03-01 10:00:05 | mb       | node  | c       | b    | 800
                        2026-03-01 | 2026-03-01 10:00:05 | mo       | node  | other   | b    | 5000
                        """));

        assertThat(derived(
                        JobEfficiency.JOB,
                        inputs,
                        JobEfficiency.JOB_ID,
                        JobEfficiency.METERED_HOSTS,
                        JobEfficiency.HOSTS,
                        JobEfficiency.MEAN_POWER_W,
                        JobEfficiency.ENERGY_J,
                        JobEfficiency.JOULES_PER_TOKEN,
                        JobEfficiency.TOKENS_PER_S_PER_MW))
                .containsExactly(
                        "j | 2 | 2 | 1000.0 | 10000.0 | 2.0 | 500000.0", "k | 1 | 2 | null | null | null | null");
    }

    private static List<String> derived(Job job, TestInputs inputs, Field... columns) {
        Column[] selected = Arrays.stream(columns).map(Field::col).toArray(Column[]::new);
        return inputs.derive(job).select(selected).orderBy(selected).collectAsList().stream()
                .map(MartsTest::drawn)
                .toList();
    }

    private static String drawn(Row row) {
        return scala.jdk.javaapi.CollectionConverters.asJava(row.toSeq()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" | "));
    }
}
