package io.headroom.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.staging.gpu_sample.Nvl72Scrape;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the marts make of the rack of {@link Nvl72Scrape}, worked out by hand from what is said there.
 *
 * <p>Each GPU has samples 0, 60, 120, 140, 180, 200 and so on until 540 and 560 seconds after 10:00. Each stands for the time
 * to the next, the last for its interval of 60 seconds: all GPUs for 620 seconds.
 */
class Nvl72MartsTest {

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void run() {
        lake = new LakeFixture(folder, Marts.JOBS);
        Nvl72Scrape.files().forEach(lake::deliver);
        lake.ingest(Nvl72Scrape.SOURCE);
        lake.derive(Marts.JOBS);
    }

    @Test
    void gpuTimeIsCountedOnceAndWeighsByTheTimeThatSamplesStandFor() {
        // 72 * 620 s = 12.4 h; of GPUs 4 to 35 pods are told: 32 * 620 s. Health is never told.
        assertThat(
                        lake.sql(
                                "SELECT hour, accelerator, workload, round(installed_gpu_hours, 6), healthy_gpu_hours,"
                                        + " round(allocated_gpu_hours, 6), round(allocated_reporting_gpu_hours, 6) FROM utilisation_hourly"))
                .containsExactly("2026-03-01 10:00:00.0 | GB200 | null | 12.4 | null | 5.511111 | 5.511111");
    }

    @Test
    void activityIsOfThoseThatTellItAndOfPartsOfAGpuByTheirSize() {
        // Thousandths of all n from 0 to 71 but 8 and 16 are 2,556 - 24; GPU 8 is half 0.4 and half 0.8, GPU 16 is
        // silent:
        // 3.132 * 620 s = 1,941.84 s of 71 * 620 s = 44,020 s.
        assertThat(lake.sql("SELECT round(sm_active_gpu_hours * 3600, 3), round(sm_reporting_gpu_hours * 3600, 3),"
                        + " round(tensor_active_gpu_hours * 3600, 3), round(tensor_reporting_gpu_hours * 3600, 3)"
                        + " FROM utilisation_hourly"))
                .containsExactly("1941.84 | 44020.0 | 970.92 | 44020.0");
    }

    @Test
    void energyIsTheCountersAndWattsWhereOneWasReset() {
        // 33,912 W for 620 s. Counters tell it up to 560 s, but for the 40 s around the reset of GPU 12, which draws
        // 424 W.
        assertThat(lake.sql(
                        "SELECT CAST(round(gpu_energy_j) AS BIGINT), CAST(round(counter_energy_j) AS BIGINT), round(power_reporting_gpu_hours * 3600, 3),"
                                + " round(counter_gpu_hours * 3600, 3), energy_counter_resets FROM utilisation_hourly"))
                .containsExactly("%d | %d | 44640.0 | 40280.0 | 1".formatted(33_912 * 620, 33_912 * 560 - 424 * 40));
    }

    @Test
    void theRackAndItsGpusHaveTheirPower() {
        // Means of 400 to 542 W in steps of 2: 67.45 of the 71 steps are below p95, and the mean is 33,912 / 72 W.
        assertThat(lake.sql("SELECT level, power_basis, rack, parts, round(mean_power_w, 3), round(p95_power_w, 3),"
                        + " round(max_power_w, 3) FROM power_density_hourly WHERE level IN ('gpu', 'rack')"))
                .containsExactly(
                        "gpu | gpu_sum | rack01 | 72 | 471.0 | 534.9 | 542.0",
                        "rack | gpu_sum | rack01 | null | 33912.0 | 33912.0 | 33912.0");
    }

    @Test
    void everyGpuHourOfTheWaterfallIsAccountedFor() {
        // Of 12.4 h, 5.511111 are allocated, whose health is known by that; 1,941.84 s are SM-active and half of that
        // tensor-active.
        assertThat(lake.sql("SELECT energised_gpu_hours, unobserved_gpu_hours, health_untold_gpu_hours,"
                        + " failure_and_maintenance_gpu_hours, healthy_gpu_hours, allocation_untold_gpu_hours,"
                        + " unscheduled_idle_gpu_hours, allocated_gpu_hours, activity_untold_gpu_hours, held_idle_gpu_hours,"
                        + " sm_active_gpu_hours, tensor_untold_gpu_hours, memory_or_communication_bound_gpu_hours,"
                        + " tensor_active_gpu_hours FROM gpu_hour_waterfall_daily"))
                .containsExactly(
                        "12.400000 | 0.000000 | 6.888889 | 0.000000 | 5.511111 | 0.000000 | 0.000000 | 5.511111"
                                + " | 0.000000 | 4.971711 | 0.539400 | 0.000000 | 0.269700 | 0.269700");
    }

    @Test
    void noGpuOfTheDomainIsFreeThatIsToldToBeHeld() {
        // GPUs 4 to 35 tell that they are held, in ten slots of a minute.
        assertThat(lake.sql(
                        "SELECT domains, domain_gpus, observed_gpu_hours, free_gpu_hours, whole_free_domain_hours, queued_h"
                                + " FROM nvlink_fragmentation_hourly"))
                .containsExactly("1 | 32 | 5.333333 | 0.000000 | 0.000000 | null");
    }

    @Test
    void trustTellsCopiesResetsAndNewNames() {
        assertThat(lake.sql("SELECT seen_devices, samples, counter_resets, null_fields FROM telemetry_trust_daily"
                        + " WHERE told_by = 'samples'"))
                .containsExactly("73 | 1314 | 1 | [is_healthy, dram_active]");
        assertThat(lake.sql(
                        "SELECT received_rows, duplicate_rows, rejected_rows, quirks['renamed field DCGM_FI_DEV_BOARD_POWER_WATTS']"
                                + " FROM telemetry_trust_daily WHERE told_by = 'deliveries'"))
                .containsExactly("1460 | 146 | 0 | 730");
    }
}
