package io.headroom.mart.rack_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.gpu_sample.GpuSample;
import org.junit.jupiter.api.Test;

class RackInstantTest {

    @Test
    void rackInstantAddsUpTheGpusOfARackAndLeavesMissingTelemetryOut() {
        TestInputs inputs = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | is_allocated | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g1       | 60         | true         | 0.5       | 600
                2026-03-01 | 2026-03-01 10:00:20 | c       | r    | g2       | 60         | false        |           | 200
                """));

        assertThat(inputs.derived(
                        RackInstant.JOB,
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
        assertThat(TestInputs.NONE
                        .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, drawing.toString()))
                        .derived(
                                RackInstant.JOB,
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
    void aSampleIsOfItsOwnDayAndItsTimeIsCutAtEveryHour() {
        TestInputs inputs = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | rack | gpu_uuid | interval_s | power_w
                2026-03-01 | 2026-03-01 00:00:01 | c       | r    | g        | 7          | 100
                2026-03-01 | 2026-03-01 10:10:00 | c       | r    | g        | 5400       | 100
                2026-03-01 | 2026-03-01 23:59:59 | c       | r    | g        | 7          | 100
                """));

        assertThat(inputs.derived(
                        RackInstant.JOB,
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
}
