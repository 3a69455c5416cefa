package io.headroom.mart.rack_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class RackInstantTest {

    @Test
    void rackInstantAddsUpTheGpusOfARackAndLeavesMissingTelemetryOut() {
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | is_allocated | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 60         | true         | 0.5       | 600
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g2       | 60         | false        |           | 200
                """,
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
    void aSampleLateInItsSlotStandsInTwo() {
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 60         | 0.5       | 600
                2026-03-01 | 2026-03-01 10:00:20 | c       | r    | g2       | 60         | 0.5       | 200
                """,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .as("g1 for 60 s at 600 W; g2 for 40 s of one slot and 20 s of the next at 200 W")
                .containsExactly(
                        "2026-03-01 10:00:00.0 | 2 | 100.0 | 44000.0", "2026-03-01 10:01:00.0 | 0 | 20.0 | 4000.0");
    }

    @Test
    void replicasShareTheTime() {
        // Two replicas scrape each minute, the second 20 s after the first. The last sample stands for its minute.
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 60         | 0.3       | 300
                2026-03-01 | 2026-03-01 10:00:20 | c       | r    | g        | 60         | 0.6       | 600
                2026-03-01 | 2026-03-01 10:01:00 | c       | r    | g        | 60         | 0.3       | 300
                2026-03-01 | 2026-03-01 10:01:20 | c       | r    | g        | 60         | 0.6       | 600
                """,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .containsExactly(
                        "2026-03-01 10:00:00.0 | 2 | 60.0 | 30.0 | 30000.0",
                        "2026-03-01 10:01:00.0 | 2 | 60.0 | 30.0 | 30000.0",
                        "2026-03-01 10:02:00.0 | 0 | 20.0 | 12.0 | 12000.0");
    }

    @Test
    void irregularScrapesWeighByTimeAndAGapLowersTheTimeNotTheUse() {
        // The first stands 90 s, which is 1.5 intervals; the second 60 s, because the third comes after 91 s.
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | sm_active
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 60         | 1
                2026-03-01 | 2026-03-01 10:01:30 | c       | r    | g        | 60         | 0.5
                2026-03-01 | 2026-03-01 10:03:01 | c       | r    | g        | 60         | 0
                """,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.SM_REPORTING_GPU_SECONDS))
                .containsExactly(
                        "2026-03-01 10:00:00.0 | 60.0 | 60.0 | 60.0",
                        "2026-03-01 10:01:00.0 | 60.0 | 45.0 | 60.0",
                        "2026-03-01 10:02:00.0 | 30.0 | 15.0 | 30.0",
                        "2026-03-01 10:03:00.0 | 59.0 | 0.0 | 59.0",
                        "2026-03-01 10:04:00.0 | 1.0 | 0.0 | 1.0");
    }

    @Test
    void nothingIsLostAtMidnightAndASecondSampleOfTheSlotTakesNoMore() {
        String header = "day | sampled_at | cluster | rack | gpu_uuid | interval_s | sm_active\n";
        var regular = new StringBuilder(header);
        var jittered = new StringBuilder(header);
        for (int minute = 0; minute < 1440; minute++) {
            String at = "2026-03-01 | 2026-03-01 %02d:%02d:".formatted(minute / 60, minute % 60);
            regular.append(at + "40 | c | r | g | 60 | 0.25\n");
            jittered.append(at + "%02d | c | r | g | 60 | 0.25\n".formatted(minute % 2 == 0 ? 40 : 50));
        }

        for (StringBuilder drawing : List.of(regular, jittered)) {
            List<String> slots = derived(
                    drawing.toString(),
                    RackInstant.INSTANT,
                    RackInstant.GPU_SAMPLES,
                    RackInstant.GPU_SECONDS,
                    RackInstant.SM_ACTIVE_GPU_SECONDS);
            assertThat(slots).hasSize(1440).allMatch(slot -> slot.endsWith(" | 1 | 60.0 | 15.0"));
        }
    }

    @Test
    void aSampleIsOfItsOwnDayAndItsTimeIsCutAtEveryHour() {
        // 7 s from midnight and to midnight, in slots of 7 s of which the last of the hour has 2; 90 min from 10:10.
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 00:00:01 | c       | r    | g        | 7          | 100
                2026-03-01 | 2026-03-01 10:10:00 | c       | r    | g        | 5400       | 100
                2026-03-01 | 2026-03-01 23:59:55 | c       | r    | g        | 7          | 100
                """,
                        RackInstant.DAY,
                        RackInstant.INSTANT,
                        RackInstant.INTERVAL_S,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J))
                .containsExactly(
                        "2026-03-01 | 2026-03-01 00:00:00.0 | 7.0 | 1 | 7.0 | 700.0",
                        "2026-03-01 | 2026-03-01 00:00:07.0 | 7.0 | 0 | 1.0 | 100.0",
                        "2026-03-01 | 2026-03-01 10:00:00.0 | 3600.0 | 1 | 3000.0 | 300000.0",
                        "2026-03-01 | 2026-03-01 11:00:00.0 | 3600.0 | 0 | 2400.0 | 240000.0",
                        "2026-03-01 | 2026-03-01 23:59:51.0 | 7.0 | 1 | 3.0 | 300.0",
                        "2026-03-01 | 2026-03-01 23:59:58.0 | 2.0 | 0 | 2.0 | 200.0");
    }

    @Test
    void anIdleGpuAtOnePercentIsAtOnePercent() {
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | sm_active | tensor_active
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 100        | 0.01      | 0
                """,
                        RackInstant.GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.TENSOR_ACTIVE_GPU_SECONDS))
                .containsExactly("100.0 | 1.0 | 0.0");
    }

    @Test
    void whatIsNotSampledIsNullAndLowersTheReportingTime() {
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | sm_active | tensor_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 60         | 0.5       |               | 500
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g2       | 60         |           |               | 500
                """,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.SM_REPORTING_GPU_SECONDS,
                        RackInstant.TENSOR_ACTIVE_GPU_SECONDS,
                        RackInstant.TENSOR_REPORTING_GPU_SECONDS,
                        RackInstant.ALLOCATED_REPORTING_GPU_SECONDS,
                        RackInstant.POWER_REPORTING_GPU_SECONDS,
                        RackInstant.COUNTER_GPU_SECONDS,
                        RackInstant.ENERGY_COUNTER_RESETS))
                .containsExactly("30.0 | 60.0 | null | null | null | 120.0 | null | 0");
    }

    private static List<String> derived(String samples, Field... columns) {
        return TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, samples))
                .derived(RackInstant.JOB, columns);
    }
}
