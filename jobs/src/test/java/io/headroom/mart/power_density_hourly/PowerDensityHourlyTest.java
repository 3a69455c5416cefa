package io.headroom.mart.power_density_hourly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.staging.pue.Pue;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerDensityHourlyTest {

    @Test
    void powerDensityPrefersTheMeterAndWeighsReadingsByTheirTime() {
        TestInputs inputs = TestInputs.NONE
                .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                        day        | sampled_at          | meter_id | scope | cluster | rack | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m        | rack  | c       | r1   | 1000
                        2026-03-01 | 2026-03-01 10:10:00 | m        | rack  | c       | r1   | 4000
                        2026-03-01 | 2026-03-01 10:30:00 | m        | rack  | c       | r1   | 1000
                        """))
                .with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                        day        | instant             | cluster | rack | interval_s | gpu_samples | gpu_seconds | gpu_energy_j | power_reporting_gpu_seconds
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r1   | 3600       | 1           | 3600        | 3600000      | 3600
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r2   | 3600       | 1           | 3600        | 7200000      | 3600
                        """));

        // r1: 10 min at 1 kW, 20 min at 4 kW, then as long as before, 20 min, at 1 kW.
        assertThat(inputs.after(MeterInstant.JOB, PowerInstant.JOB)
                        .derived(
                                PowerDensityHourly.JOB,
                                PowerDensityHourly.LEVEL,
                                PowerDensityHourly.RACK,
                                PowerDensityHourly.POWER_BASIS,
                                PowerDensityHourly.MEAN_POWER_W,
                                PowerDensityHourly.MAX_POWER_W,
                                PowerDensityHourly.COVERED_S,
                                PowerDensityHourly.ENERGY_J))
                .filteredOn(row -> row.startsWith("rack"))
                .containsExactly(
                        "rack | r1 | metered | 2200.0 | 4000.0 | 3000.0 | 6600000.0",
                        "rack | r2 | gpu_sum | 2000.0 | 2000.0 | 3600.0 | 7200000.0");
    }

    @Test
    void aHostOutsideAnyRackIsMeteredOrTheSumOfItsGpusNotBoth() {
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
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
        assertThat(power(TestInputs.NONE, """
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
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
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
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, drawing.toString()));

        assertThat(power(samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB)), "day | meter_id\n"))
                .containsExactly("10:00 | r | null | gpu_sum | 700.0 | 700.0 | 3600.0");
    }

    @Test
    void aGpuThatFallsSilentLowersTheTimeNotThePowerOfItsRack() {
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 1800       | 500
                2026-03-01 | 2026-03-01 10:30:00 | c       | r    | g1       | 1800       | 500
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g2       | 1200       | 300
                """));

        assertThat(power(samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB)), "day | meter_id\n"))
                .as("both tell for 20 minutes")
                .containsExactly("10:00 | r | null | gpu_sum | 800.0 | 800.0 | 1200.0");
    }

    @Test
    void aMeterReadOnceInADayTellsNothingAndAReadingStandsForAnHourAtMost() {
        assertThat(power(TestInputs.NONE, """
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

    @Test
    void twoRacksThatPeakAtDifferentTimesDoNotCoincide() {
        assertThat(levels(TestInputs.NONE, ""))
                .as("5 kW, then 4 kW: at most 5 of 3 + 4 kW. Facility is modelled with a PUE of 1.2")
                .containsExactly(
                        "facility | null | null | modelled | 5400.0 | 6000.0 | 6000.0 | null | null | 30000.0",
                        "it | null | null | metered | 4500.0 | 5000.0 | 5000.0 | 0.7143 | 16000.0 | 20000.0",
                        "rack | A | r1 | metered | 2000.0 | 3000.0 | 3000.0 | null | 8000.0 | null",
                        "rack | A | r2 | metered | 2500.0 | 4000.0 | 4000.0 | null | 8000.0 | null",
                        "row | A | null | metered | 4500.0 | 5000.0 | 5000.0 | 0.7143 | 16000.0 | null");
    }

    @Test
    void metersOfTheSiteTellAndTheFactorStaysThatOfTheParts() {
        assertThat(levels(TestInputs.NONE, """
                        2026-03-01 | 2026-03-01 10:00:00 | i | it       | c | | | 5500
                        2026-03-01 | 2026-03-01 11:00:00 | i | it       | c | | | 5500
                        2026-03-01 | 2026-03-01 10:00:00 | f | facility | c | | | 6600
                        2026-03-01 | 2026-03-01 11:00:00 | f | facility | c | | | 6600
                        """))
                .filteredOn(row -> !row.startsWith("r"))
                .containsExactly(
                        "facility | null | null | metered | 6600.0 | 6600.0 | 6600.0 | null | null | 30000.0",
                        "it | null | null | metered | 5500.0 | 5500.0 | 5500.0 | 0.7143 | 16000.0 | 20000.0");
    }

    @Test
    void aClusterWithoutAPlanHasThePueThatItsProviderPublishedLast() {
        TestInputs published = TestInputs.NONE
                .with(Pue.TABLE, Rows.of(Pue.TABLE, """
                        provider | region | period_start | period_end | pue
                        p        |        | 2024-01-01   | 2024-12-31 | 1.5
                        p        |        | 2025-01-01   | 2025-12-31 | 1.4
                        p        |        | 2026-06-01   | 2026-12-31 | 1.3
                        p        | other  | 2025-01-01   | 2025-12-31 | 1.2
                        q        |        | 2025-01-01   | 2025-12-31 | 1.1
                        """))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | provider | region
                        c       | p        | r
                        """));

        assertThat(levels(published, ""))
                .filteredOn(row -> row.startsWith("facility"))
                .containsExactly("facility | null | null | modelled | 6300.0 | 7000.0 | 7000.0 | null | null | null");
    }

    @Test
    void theGpusOfARackAreToldByTheirHourlyMeans() {
        TestInputs samples = TestInputs.NONE
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | tgp_w
                        H100        | 700
                        """))
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                        day        | sampled_at          | cluster | rack | accelerator | gpu_uuid | mig_instance | interval_s | power_w | power_limit_w
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r    | H100        | g1       | 1            | 3600       | 100     | 600
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r    | H100        | g1       | 2            | 3600       | 100     | 600
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r    | H100        | g2       |              | 3600       | 200     | 600
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r    | H100        | g3       |              | 3600       | 300     | 600
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r    | H100        | g4       |              | 1800       | 100     | 600
                        2026-03-01 | 2026-03-01 10:30:00 | c       | r    | H100        | g4       |              | 1800       | 700     | 600
                        """));

        assertThat(samples.after(RackInstant.JOB, MeterInstant.JOB, PowerInstant.JOB)
                        .derived(
                                PowerDensityHourly.JOB,
                                PowerDensityHourly.LEVEL,
                                PowerDensityHourly.PARTS,
                                PowerDensityHourly.MEAN_POWER_W,
                                PowerDensityHourly.P95_POWER_W,
                                PowerDensityHourly.MAX_POWER_W,
                                PowerDensityHourly.COVERED_S,
                                PowerDensityHourly.ENERGY_J,
                                PowerDensityHourly.TGP_W,
                                PowerDensityHourly.ENVELOPE_W))
                .as("means of 100, 200, 300 and 400 W, of which 385 W is 95 % of the way from the first to the last")
                .contains("gpu | 4 | 250.0 | 385.0 | 400.0 | 14400.0 | 3600000.0 | 700.0 | 600.0");
    }

    /** Two GPUs told every six hours, from three o'clock: 100 and 300 W, from nine on 200 and 400 W. */
    @Test
    void aGpuSampleThatStandsForHoursIsOfEachOfThem() {
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 03:00:00 | c       | r    | g1       | 21600      | 100
                2026-03-01 | 2026-03-01 03:00:00 | c       | r    | g2       | 21600      | 300
                2026-03-01 | 2026-03-01 09:30:00 | c       | r    | g1       | 21600      | 200
                2026-03-01 | 2026-03-01 09:00:00 | c       | r    | g2       | 21600      | 400
                """));

        List<String> hours = samples
                .after(RackInstant.JOB, MeterInstant.JOB, PowerInstant.JOB)
                .derived(
                        PowerDensityHourly.JOB,
                        PowerDensityHourly.LEVEL,
                        PowerDensityHourly.HOUR,
                        PowerDensityHourly.PARTS,
                        PowerDensityHourly.MEAN_POWER_W,
                        PowerDensityHourly.P95_POWER_W,
                        PowerDensityHourly.MAX_POWER_W)
                .stream()
                .filter(row -> row.startsWith("gpu"))
                .map(row -> row.replaceFirst("gpu \\| 2026-03-01 (..):00:00.0", "$1"))
                .toList();

        assertThat(hours.subList(0, 9))
                .as("the first samples stand from midnight on; 95 % of the way from 100 to 300 W")
                .containsExactly(IntStream.range(0, 9)
                        .mapToObj(hour -> "%02d | 2 | 200.0 | 290.0 | 300.0".formatted(hour))
                        .toArray(String[]::new));
        assertThat(hours.subList(9, hours.size()))
                .as("the sample of half past nine comes within 1.5 times the interval: 150 W in that hour; g2 is silent"
                        + " after three, g1 half an hour later")
                .containsExactly(
                        "09 | 2 | 275.0 | 387.5 | 400.0",
                        "10 | 2 | 300.0 | 390.0 | 400.0",
                        "11 | 2 | 300.0 | 390.0 | 400.0",
                        "12 | 2 | 300.0 | 390.0 | 400.0",
                        "13 | 2 | 300.0 | 390.0 | 400.0",
                        "14 | 2 | 300.0 | 390.0 | 400.0",
                        "15 | 1 | 200.0 | 200.0 | 200.0");
    }

    @Test
    void theTgpOfARackWithAnAcceleratorThatIsNotKnownIsNotKnown() {
        TestInputs samples = TestInputs.NONE
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | tgp_w
                        H100        | 700
                        """))
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                        day        | sampled_at          | cluster | rack  | accelerator | gpu_uuid | interval_s | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | c       | known | H100        | g1       | 3600       | 100
                        2026-03-01 | 2026-03-01 10:00:00 | c       | known | H100        | g2       | 3600       | 100
                        2026-03-01 | 2026-03-01 10:00:00 | c       | mixed | H100        | g3       | 3600       | 100
                        2026-03-01 | 2026-03-01 10:00:00 | c       | mixed | unheard-of  | g4       | 3600       | 100
                        """));

        assertThat(samples.after(RackInstant.JOB, MeterInstant.JOB, PowerInstant.JOB)
                        .derived(
                                PowerDensityHourly.JOB,
                                PowerDensityHourly.LEVEL,
                                PowerDensityHourly.RACK,
                                PowerDensityHourly.MEAN_POWER_W,
                                PowerDensityHourly.TGP_W))
                .as("nor is that of the site")
                .filteredOn(row -> !row.startsWith("gpu"))
                .containsExactly(
                        "it | null | 400.0 | null", "rack | known | 200.0 | 1400.0", "rack | mixed | 200.0 | null");
    }

    /** As much as a meter may tell: ten gigawatts in each of two racks. */
    @Test
    void tenGigawattsAreAddedUp() {
        assertThat(TestInputs.NONE
                        .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                                day        | sampled_at          | meter_id | scope | cluster | rack | power_w
                                2026-03-01 | 2026-03-01 10:00:00 | m1       | rack  | c       | r1   | 1e10
                                2026-03-01 | 2026-03-01 11:00:00 | m1       | rack  | c       | r1   | 1e10
                                2026-03-01 | 2026-03-01 10:00:00 | m2       | rack  | c       | r2   | 1e10
                                2026-03-01 | 2026-03-01 11:00:00 | m2       | rack  | c       | r2   | 1e10
                                """))
                        .after(MeterInstant.JOB, PowerInstant.JOB)
                        .derive(PowerDensityHourly.JOB)
                        .filter("hour = TIMESTAMP'2026-03-01 10:00:00'")
                        .selectExpr("level", "rack", "mean_power_w", "max_power_w", "energy_j", "coincidence_factor")
                        .orderBy("level", "rack")
                        .collectAsList()
                        .stream()
                        .map(row -> row.mkString(" | ")))
                .containsExactly(
                        "it | null | 2.0E10 | 2.0E10 | 7.2E13 | 1.0",
                        "rack | r1 | 1.0E10 | 1.0E10 | 3.6E13 | null",
                        "rack | r2 | 1.0E10 | 1.0E10 | 3.6E13 | null");
    }

    @Test
    void theCounterTellsEnergyAndWattsThePeak() {
        assertThat(TestInputs.NONE
                        .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                                day        | sampled_at          | meter_id | scope | cluster | rack | power_w | energy_counter_j
                                2026-03-01 | 2026-03-01 10:00:00 | m        | rack  | c       | r    | 1000    | 0
                                2026-03-01 | 2026-03-01 10:30:00 | m        | rack  | c       | r    | 5000    | 3600000
                                2026-03-01 | 2026-03-01 11:00:00 | m        | rack  | c       | r    | 1000    | 9000000
                                """))
                        .after(MeterInstant.JOB, PowerInstant.JOB)
                        .derived(
                                PowerDensityHourly.JOB,
                                PowerDensityHourly.LEVEL,
                                PowerDensityHourly.ENERGY_METHOD,
                                PowerDensityHourly.ENERGY_J,
                                PowerDensityHourly.MEAN_POWER_W,
                                PowerDensityHourly.MAX_POWER_W))
                .contains("rack | counter | 9000000.0 | 2500.0 | 5000.0", "rack | watts | 1800000.0 | 1000.0 | 1000.0");
    }

    /** Two racks of row A between 10 and 11, and what else reads: 1 and 4 kW, from half past ten 3 and 1 kW. */
    private static List<String> levels(TestInputs inputs, String meters) {
        TestInputs sited = inputs.tables().containsKey(Cluster.TABLE)
                ? inputs
                : inputs.with(Cluster.TABLE, Rows.of(Cluster.TABLE, """
                        cluster | rack_nameplate_w | power_envelope_w | facility_envelope_w | pue
                        c       | 8000             | 20000            | 30000               | 1.2
                        """));
        return sited
                .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                        day        | sampled_at          | meter_id | scope | cluster | rack_row | rack | power_w
                        2026-03-01 | 2026-03-01 10:00:00 | m1       | rack  | c       | A        | r1   | 1000
                        2026-03-01 | 2026-03-01 10:30:00 | m1       | rack  | c       | A        | r1   | 3000
                        2026-03-01 | 2026-03-01 11:00:00 | m1       | rack  | c       | A        | r1   | 1000
                        2026-03-01 | 2026-03-01 10:00:00 | m2       | rack  | c       | A        | r2   | 4000
                        2026-03-01 | 2026-03-01 10:30:00 | m2       | rack  | c       | A        | r2   | 1000
                        2026-03-01 | 2026-03-01 11:00:00 | m2       | rack  | c       | A        | r2   | 1000
                        """ + meters))
                .after(MeterInstant.JOB, PowerInstant.JOB)
                .derive(PowerDensityHourly.JOB)
                .filter("hour = TIMESTAMP'2026-03-01 10:00:00'")
                .selectExpr(
                        "level",
                        "rack_row",
                        "rack",
                        "power_basis",
                        "mean_power_w",
                        "p95_power_w",
                        "max_power_w",
                        "round(coincidence_factor, 4)",
                        "nameplate_w",
                        "envelope_w")
                .orderBy("level", "rack")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" | "))
                .toList();
    }

    /** Racks, and hosts outside any rack. */
    private static List<String> power(TestInputs inputs, String readings) {
        return inputs
                .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, readings))
                .after(MeterInstant.JOB, PowerInstant.JOB)
                .derived(
                        PowerDensityHourly.JOB,
                        PowerDensityHourly.LEVEL,
                        PowerDensityHourly.HOUR,
                        PowerDensityHourly.RACK,
                        PowerDensityHourly.NODE,
                        PowerDensityHourly.POWER_BASIS,
                        PowerDensityHourly.MEAN_POWER_W,
                        PowerDensityHourly.MAX_POWER_W,
                        PowerDensityHourly.COVERED_S)
                .stream()
                .filter(row -> row.matches("(rack|node \\| [^|]* \\| null) .*"))
                .map(row -> row.substring("rack | 2026-03-01 ".length()).replaceFirst(":00\\.0", ""))
                .toList();
    }
}
