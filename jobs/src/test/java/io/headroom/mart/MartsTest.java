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
    void aGpuOfSevenMigInstancesIsOneGpuAndItsPowerCountsOnce() {
        var drawing = new StringBuilder("""
                day        | sampled_at          | cluster | rack | gpu_uuid | mig_instance | interval_s | workload  | is_allocated | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | whole    |              | 60         | inference | true         | 1         | 500
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | divided  |              | 60         | inference | true         | 1         | 700
                """);
        for (int instance = 1; instance <= 7; instance++) {
            drawing.append("2026-03-01 | 2026-03-01 10:00:0%d | c | r | divided | %d | 60 | %s | %s | 0.7 | 690%n"
                    .formatted(instance, instance, instance <= 3 ? "inference" : "", instance <= 3));
        }

        // Of the divided GPU 3 parts in 7 infer and 4 are free.
        assertThat(derived(
                        RackInstant.JOB,
                        NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, drawing.toString())),
                        RackInstant.WORKLOAD,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.ALLOCATED_GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .containsExactly(
                        "null | 4 | %s | 0.0 | 24.0 | 24000.0".formatted(4.0 / 7 * 60),
                        "inference | 4 | %s | %s | 78.0 | 48000.0".formatted(10.0 / 7 * 60, 10.0 / 7 * 60));
    }

    @Test
    void untoldHealthAndAllocationAreNotCountedAsNo() {
        TestInputs inputs = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                        day        | sampled_at          | cluster | accelerator | gpu_uuid | interval_s | is_allocated | is_healthy
                        2026-03-01 | 2026-03-01 10:00:00 | c       | B200        | g1       | 3600       | true         | true
                        2026-03-01 | 2026-03-01 10:00:00 | c       | B200        | g2       | 3600       |              | false
                        2026-03-01 | 2026-03-01 10:00:00 | c       | B200        | g3       | 3600       |              |
                        """))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | h100_equivalents
                        B200        | 2
                        """));
        TestInputs instants = inputs.with(RackInstant.TABLE, inputs.derive(RackInstant.JOB));

        assertThat(derived(
                        UtilisationHourly.JOB,
                        instants,
                        UtilisationHourly.INSTALLED_GPU_HOURS,
                        UtilisationHourly.HEALTHY_GPU_HOURS,
                        UtilisationHourly.HEALTHY_REPORTING_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_REPORTING_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_H100E_HOURS,
                        UtilisationHourly.ALLOCATED_REPORTING_H100E_HOURS))
                .containsExactly("3.0 | 1.0 | 2.0 | 1.0 | 1.0 | 2.0 | 2.0");
    }

    @Test
    void aSampleIsOfItsOwnDayAndItsTimeIsCutAtEveryHour() {
        TestInputs inputs = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 00:00:01 | c       | r    | g        | 7          | 100
                2026-03-01 | 2026-03-01 10:10:00 | c       | r    | g        | 5400       | 100
                2026-03-01 | 2026-03-01 23:59:59 | c       | r    | g        | 7          | 100
                """));

        assertThat(derived(
                        RackInstant.JOB,
                        inputs,
                        RackInstant.DAY,
                        RackInstant.INSTANT,
                        RackInstant.INTERVAL_S,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .containsExactly(
                        "2026-03-01 | 2026-03-01 00:00:00.0 | 7.0 | 1 | 7.0 | 700.0",
                        "2026-03-01 | 2026-03-01 09:00:00.0 | 3600.0 | 1 | 3600.0 | 360000.0",
                        "2026-03-01 | 2026-03-01 10:00:00.0 | 1800.0 | 0 | 1800.0 | 180000.0",
                        "2026-03-01 | 2026-03-01 23:59:54.0 | 6.0 | 1 | 6.0 | 600.0");
    }

    @Test
    void aSampleOfAWholeDayIsInAllItsHours() {
        TestInputs samples = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | gpu_uuid | node | interval_s | is_allocated | power_w
                2026-03-01 | 2026-03-01 12:00:00 | c       | g        | n    | 86400      | true         | 250
                """));
        TestInputs inputs = samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB));

        assertThat(derived(
                        UtilisationHourly.JOB,
                        inputs,
                        UtilisationHourly.HOUR,
                        UtilisationHourly.ALLOCATED_GPU_HOURS,
                        UtilisationHourly.POWER_REPORTING_GPU_HOURS))
                .hasSize(24)
                .allMatch(row -> row.endsWith(" | 1.0 | 1.0"));
        assertThat(derived(
                        PowerDensityHourly.JOB,
                        inputs,
                        PowerDensityHourly.HOUR,
                        PowerDensityHourly.NODE,
                        PowerDensityHourly.POWER_BASIS,
                        PowerDensityHourly.MEAN_POWER_W,
                        PowerDensityHourly.COVERED_S))
                .hasSize(24)
                .allMatch(row -> row.endsWith(" | n | gpu_sum | 250.0 | 3600.0"));
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
    void aHostOutsideAnyRackIsMeteredOrTheSumOfItsGpusNotBoth() {
        TestInputs samples = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | node | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | n1   | g1       | 3600       | 700
                2026-03-01 | 2026-03-01 10:00:00 | c       | n2   | g2       | 3600       | 500
                """));

        assertThat(power(samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB)), """
                        day        | sampled_at          | meter_id | scope | cluster | rack | node | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m1       | node  | c       |      | n1   | 1000
                        2026-03-01 | 2026-03-01 10:30:00 | m1       | node  | c       |      | n1   | 1000
                        """))
                .containsExactly(
                        "10:00 | null | n1 | metered | 1000.0 | 1000.0 | 3600.0",
                        "10:00 | null | n2 | gpu_sum | 500.0 | 500.0 | 3600.0");
    }

    @Test
    void parallelFeedsOfARackAddUpAtEveryMoment() {
        assertThat(power(NONE, """
                        day        | sampled_at          | meter_id | scope | cluster | rack | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | feed-a   | rack  | c       | r    | 1000
                        2026-03-01 | 2026-03-01 10:30:00 | feed-a   | rack  | c       | r    | 3000
                        2026-03-01 | 2026-03-01 10:15:00 | feed-b   | rack  | c       | r    | 2000
                        2026-03-01 | 2026-03-01 10:45:00 | feed-b   | rack  | c       | r    | 4000
                        2026-03-01 | 2026-03-01 11:00:00 | feed-a   | rack  | c       | r    | 1000
                        2026-03-01 | 2026-03-01 11:00:00 | feed-b   | rack  | c       | r    | 1000
                        2026-03-01 | 2026-03-01 12:00:00 | feed-a   | rack  | c       | r    | 1000
                        """))
                .as("from 10:15, for a quarter each: 3, 5 and 7 kW; feed-b is silent from 11:15")
                .containsExactly(
                        "10:00 | r | null | metered | 5000.0 | 7000.0 | 2700.0",
                        "11:00 | r | null | metered | 2000.0 | 2000.0 | 900.0",
                        "12:00 | r | null | metered | 1000.0 | 1000.0 | 3600.0");
    }

    @Test
    void aRackWithoutAMeterIsTheSumOfItsHostsWhereAllAreMetered() {
        TestInputs samples = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack     | node | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | hosts    | n1   | g1       | 3600       | 100
                2026-03-01 | 2026-03-01 10:00:00 | c       | hosts    | n2   | g2       | 3600       | 100
                2026-03-01 | 2026-03-01 10:00:00 | c       | partly   | n3   | g3       | 3600       | 100
                2026-03-01 | 2026-03-01 10:00:00 | c       | partly   | n4   | g4       | 3600       | 100
                2026-03-01 | 2026-03-01 10:00:00 | c       | doubly   | n5   | g5       | 3600       | 100
                """));

        assertThat(power(samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB)), """
                        day        | sampled_at          | meter_id | scope | cluster | rack   | node | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m1       | node  | c       | hosts  | n1   | 1000
                        2026-03-01 | 2026-03-01 10:59:00 | m1       | node  | c       | hosts  | n1   | 1000
                        2026-03-01 | 2026-03-01 10:00:00 | m2       | node  | c       | hosts  | n2   | 2000
                        2026-03-01 | 2026-03-01 10:59:00 | m2       | node  | c       | hosts  | n2   | 2000
                        2026-03-01 | 2026-03-01 10:00:00 | m3       | node  | c       | partly | n3   | 1000
                        2026-03-01 | 2026-03-01 10:59:00 | m3       | node  | c       | partly | n3   | 1000
                        2026-03-01 | 2026-03-01 10:00:00 | m5       | node  | c       | doubly | n5   | 1000
                        2026-03-01 | 2026-03-01 10:59:00 | m5       | node  | c       | doubly | n5   | 1000
                        2026-03-01 | 2026-03-01 10:00:00 | r5       | rack  | c       | doubly |      | 1300
                        2026-03-01 | 2026-03-01 10:30:00 | r5       | rack  | c       | doubly |      | 1300
                        """))
                .filteredOn(row -> row.startsWith("10:00"))
                .containsExactly(
                        "10:00 | doubly | null | metered | 1300.0 | 1300.0 | 3600.0",
                        "10:00 | hosts | null | metered | 3000.0 | 3000.0 | 3600.0",
                        "10:00 | partly | null | gpu_sum | 200.0 | 200.0 | 3600.0");
    }

    @Test
    void boardsSampledAtDifferentIntervalsAddUp() {
        var drawing = new StringBuilder("day | sampled_at | cluster | rack | gpu_uuid | interval_s | power_w\n");
        for (int second = 0; second < 3600; second += 30) {
            String at = "2026-03-01 10:%02d:%02d".formatted(second / 60, second % 60);
            drawing.append("2026-03-01 | %s | c | r | fast | 30 | 400%n".formatted(at));
            if (second % 60 == 0) {
                drawing.append("2026-03-01 | %s | c | r | slow | 60 | 300%n".formatted(at));
            }
        }
        TestInputs samples = NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, drawing.toString()));

        assertThat(power(samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB)), "day | meter_id\n"))
                .containsExactly("10:00 | r | null | gpu_sum | 700.0 | 700.0 | 3600.0");
    }

    @Test
    void aMeterReadOnceInADayTellsNothingAndAReadingStandsForAnHourAtMost() {
        assertThat(power(NONE, """
                        day        | sampled_at          | meter_id | scope | cluster | rack | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | once     | rack  | c       | r1   | 1000
                        2026-03-01 | 2026-03-01 10:30:00 | seldom   | rack  | c       | r2   | 1000
                        2026-03-01 | 2026-03-01 23:30:00 | seldom   | rack  | c       | r2   | 3000
                        """))
                .containsExactly(
                        "10:00 | r2 | null | metered | 1000.0 | 1000.0 | 1800.0",
                        "11:00 | r2 | null | metered | 1000.0 | 1000.0 | 1800.0",
                        "23:00 | r2 | null | metered | 3000.0 | 3000.0 | 1800.0");
    }

    private static List<String> power(TestInputs inputs, String readings) {
        return derived(
                        PowerDensityHourly.JOB,
                        inputs.with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, readings)),
                        PowerDensityHourly.HOUR,
                        PowerDensityHourly.RACK,
                        PowerDensityHourly.NODE,
                        PowerDensityHourly.POWER_BASIS,
                        PowerDensityHourly.MEAN_POWER_W,
                        PowerDensityHourly.MAX_POWER_W,
                        PowerDensityHourly.COVERED_S)
                .stream()
                .map(row -> row.substring("2026-03-01 ".length()).replaceFirst(":00\\.0", ""))
                .toList();
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
                        day        | cluster | installed_gpu_hours | power_reporting_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | 1                   | 24                        | 100
                        """))
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, """
                        day        | cluster | power_basis | covered_s | energy_j
                        2026-03-01 | c       | metered     | 86400     | 200
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
    void tokensOfADayAreNotDividedByTheEnergyOfHalfOfIt() {
        var utilisation = new StringBuilder(
                "day | hour | cluster | installed_gpu_hours | power_reporting_gpu_hours | gpu_energy_j\n");
        var power = new StringBuilder("day | hour | cluster | rack | power_basis | covered_s | energy_j\n");
        for (int hour = 0; hour < 24; hour++) {
            String at = "2026-03-01 | 2026-03-01 %02d:00:00 | ".formatted(hour);
            utilisation.append(at + "whole | 10 | %s | 96%n".formatted(9.6));
            utilisation.append(at + "half | 10 | %s%n".formatted(hour < 12 ? "10 | 100" : " | "));
            power.append(at + "whole | r | metered | 3600 | 200%n".formatted());
            power.append(at + "half | r | %s | 3600 | 200%n".formatted(hour < 12 ? "metered" : "gpu_sum"));
        }
        TestInputs inputs = NONE.with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | cluster | request_count | uncached_input_tokens | output_tokens
                        2026-03-01 | whole   | 1             | 4000                  | 800
                        2026-03-01 | half    | 1             | 4000                  | 800
                        """))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, utilisation.toString()))
                .with(PowerDensityHourly.TABLE, Rows.of(PowerDensityHourly.TABLE, power.toString()));

        assertThat(derived(
                        TokenEfficiencyDaily.JOB,
                        inputs,
                        TokenEfficiencyDaily.CLUSTER,
                        TokenEfficiencyDaily.GPU_COVERED_S,
                        TokenEfficiencyDaily.GPU_EXPECTED_S,
                        TokenEfficiencyDaily.IT_COVERED_S,
                        TokenEfficiencyDaily.IT_EXPECTED_S,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_IT))
                .containsExactly(
                        "half | 432000.0 | 864000.0 | 43200.0 | 86400.0 | null | null",
                        "whole | 829440.0 | 864000.0 | 86400.0 | 86400.0 | 2.0 | 1.0");
    }

    @Test
    void trainingsPartOfAMixedClusterIsNotForItsTokens() {
        TestInputs inputs = NONE.with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | cluster | workload  | installed_gpu_hours | allocated_gpu_hours | power_reporting_gpu_hours | gpu_energy_j
                        2026-03-01 | c       | training  | 6                   | 6                   | 144                       | 900
                        2026-03-01 | c       | inference | 1                   | 1                   | 24                        | 50
                        2026-03-01 | c       | agentic   | 1                   | 1                   | 24                        | 50
                        2026-03-01 | c       |           | 2                   | 0                   | 48                        | 0
                        """))
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | c       | USD              | 40             | 1
                        """))
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | provider | cluster | request_count | uncached_input_tokens | output_tokens
                        2026-03-01 | P        | c       | 1             | 900000                | 100000
                        """));

        assertThat(derived(
                        CostPerTokenDaily.JOB,
                        inputs,
                        CostPerTokenDaily.COST,
                        CostPerTokenDaily.SERVING_SHARE,
                        CostPerTokenDaily.SERVING_COST,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactly("40.000000000000000000 | 0.25 | 10.000000000000000000 | 10.0");
        assertThat(derived(
                        TokenEfficiencyDaily.JOB,
                        inputs,
                        TokenEfficiencyDaily.GPU_ENERGY_J,
                        TokenEfficiencyDaily.SERVING_SHARE,
                        TokenEfficiencyDaily.TOKENS_PER_JOULE_GPU))
                .containsExactly("1000.0 | 0.25 | 4000.0");
    }

    @Test
    void tokensAreToldOnceWhereAClusterCostsTwoCurrenciesOrNoneIsNamed() {
        TestInputs inputs = NONE.with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, """
                        day        | provider | region | cluster | billing_currency | effective_cost | charge_count
                        2026-03-01 | P        | r      | c       | EUR              | 5000           | 1
                        2026-03-01 | P        | r      | c       | USD              | 30             | 7
                        """))
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | provider | region | cluster | request_count | uncached_input_tokens | output_tokens
                        2026-03-01 | P        | r      | c       | 1             | 900000                | 100000
                        2026-03-01 | P        | r      |         | 1             | 10                    | 1
                        2026-03-01 | P        | s      |         | 1             | 20                    | 1
                        2026-03-01 | Q        | r      |         | 1             | 30                    | 1
                        """));

        assertThat(derived(
                        CostPerTokenDaily.JOB,
                        inputs,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.PROVIDER,
                        CostPerTokenDaily.REGION,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.TOTAL_TOKENS,
                        CostPerTokenDaily.COST_PER_MILLION_TOKENS))
                .containsExactly(
                        "null | P | r | null | 11 | null",
                        "null | P | s | null | 21 | null",
                        "null | Q | r | null | 31 | null",
                        "c | P | null | EUR | null | 5000.0",
                        "c | P | r | USD | 1000000 | 30.0");
    }

    @Test
    void aRateCardPricesWhatIsInstalledAndNeverGuesses() {
        TestInputs inputs = NONE.with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | provider | region | cluster   | accelerator | installed_gpu_hours
                        2026-03-01 | P        | r      | half-seen | H100        | 24
                        2026-03-01 | P        | r      | mixed     | H100        | 10
                        2026-03-01 | P        | r      | mixed     | B200        | 10
                        2026-03-01 | P        | r      | unpriced  | H100        | 10
                        2026-03-01 | P        | r      | unpriced  | MI300X      | 10
                        2026-03-01 | P        | r      | two-price | GB200       | 10
                        2026-03-01 | P        | r      | two-money | GB300       | 10
                        2026-03-01 | P        | r      | regions   | H100        | 10
                        2026-03-01 | P        | s      | regions   | H100        | 10
                        2026-03-01 | Q        | r      | elsewhere | H100        | 10
                        """))
                .with(TokenUsage.TABLE, Rows.of(TokenUsage.TABLE, """
                        day        | provider | cluster | request_count | uncached_input_tokens | output_tokens
                        2026-03-01 | P        | unseen  | 1             | 1                     | 1
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster   | provider | region | accelerator | installed_gpus
                        half-seen | P        | r      | H100        | 2
                        unseen    | P        | r      | H100        | 1
                        """))
                .with(Price.TABLE, Rows.of(Price.TABLE, """
                        provider | region | accelerator | pricing_category | unit     | unit_price | currency | valid_from          | known_at
                        P        |        | H100        | standard         | gpu_hour | 1          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | H100        | standard         | gpu_hour | 2          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        |        | H100        | standard         | gpu_hour | 2          | USD      | 2026-01-01 00:00:00 | 2026-02-01 00:00:00
                        P        |        | B200        | standard         | gpu_hour | 4          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB200       | standard         | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB200       | committed        | gpu_hour | 3          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB300       | standard         | gpu_hour | 5          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        |        | GB300       | standard         | gpu_hour | 5          | EUR      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        P        | s      | H100        | standard         | gpu_hour | 3          | USD      | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
                        """));

        assertThat(derived(
                        CostPerTokenDaily.JOB,
                        inputs,
                        CostPerTokenDaily.CLUSTER,
                        CostPerTokenDaily.COST_BASIS,
                        CostPerTokenDaily.BILLING_CURRENCY,
                        CostPerTokenDaily.COST))
                .containsExactly(
                        "half-seen | rate_card | USD | 96.000000000000000000",
                        "mixed | rate_card | USD | 60.000000000000000000",
                        "regions | rate_card | USD | 50.000000000000000000",
                        "two-money | unpriced | null | null",
                        "two-price | unpriced | null | null",
                        "unpriced | unpriced | null | null",
                        "unseen | rate_card | USD | 48.000000000000000000");
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
