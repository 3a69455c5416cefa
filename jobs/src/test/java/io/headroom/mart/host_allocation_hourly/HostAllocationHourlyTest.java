package io.headroom.mart.host_allocation_hourly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.gpu_request.GpuRequest;
import io.headroom.staging.gpu_sample.GpuSample;
import org.junit.jupiter.api.Test;

class HostAllocationHourlyTest {

    private static final String REQUESTS =
            "day | sampled_at | cluster | node | namespace | pod | resource | workload | team | phase | gpus | interval_s\n";
    private static final String SAMPLES =
            "day | sampled_at | cluster | node | gpu_uuid | interval_s | is_allocated | workload | sm_active\n";

    @Test
    void podsThatRunOnAHostHoldItsGpusForTheirTime() {
        // Of n1's 4 GPUs one pod holds 2 for the hour, another 2 for half of it, a third waits. MIG slices: 3/7 and 2 x
        // 2/7.
        TestInputs inputs = inputs("""
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | a | p1 | nvidia.com/gpu | training | t | Running | 2 | 1800
                2026-03-01 | 2026-03-01 10:30:00 | c | n1 | a | p1 | nvidia.com/gpu | training | t | Running | 2 | 1800
                2026-03-01 | 2026-03-01 10:30:00 | c | n1 | a | p2 | nvidia.com/gpu | training | t | Running | 2 | 1800
                2026-03-01 | 2026-03-01 10:30:00 | c |    | a | p3 | nvidia.com/gpu | training | t | Pending | 8 | 1800
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | a | p4 | nvidia.com/gpu | training | t | Succeeded | 4 | 1800
                2026-03-01 | 2026-03-01 10:00:00 | c | n2 | b | q1 | nvidia.com/mig-3g.40gb | | u | | 1 | 3600
                2026-03-01 | 2026-03-01 10:00:00 | c | n2 | b | q2 | nvidia.com/mig-2g.20gb | | u | | 2 | 3600
                """, """
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | g1 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | g2 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | g3 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n1 | g4 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n2 | h1 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n3 | i1 | 3600 | | | 0
                2026-03-01 | 2026-03-01 10:00:00 | d | n1 | j1 | 3600 | | | 0
                """);

        assertThat(inputs.derived(
                        HostAllocationHourly.JOB,
                        HostAllocationHourly.NODE,
                        HostAllocationHourly.GPUS,
                        HostAllocationHourly.COVERED_S,
                        HostAllocationHourly.REQUESTED_GPUS,
                        HostAllocationHourly.ALLOCATED_GPUS,
                        HostAllocationHourly.WORKLOAD,
                        HostAllocationHourly.TEAM))
                .containsExactly(
                        "n1 | 4 | 3600.0 | 3.0 | 3.0 | null | null",
                        "n2 | 1 | 3600.0 | 1.0 | 1.0 | null | u",
                        "n3 | 1 | 3600.0 | 0.0 | 0.0 | null | null");
        assertThat(inputs.with(HostAllocationHourly.TABLE, inputs.derive(HostAllocationHourly.JOB))
                        .derived(
                                RackInstant.JOB,
                                RackInstant.CLUSTER,
                                RackInstant.NODE,
                                RackInstant.GPU_SECONDS,
                                RackInstant.ALLOCATED_GPU_SECONDS,
                                RackInstant.ALLOCATED_REPORTING_GPU_SECONDS))
                .containsExactly(
                        "c | n1 | 14400.0 | 10800.0 | 14400.0",
                        "c | n2 | 3600.0 | 3600.0 | 3600.0",
                        "c | n3 | 3600.0 | 0.0 | 3600.0",
                        "d | n1 | 3600.0 | null | null");
    }

    @Test
    void whatSamplesTellIsNotToldAgain() {
        TestInputs inputs = inputs("""
                2026-03-01 | 2026-03-01 10:00:00 | c | n | a | p | nvidia.com/gpu | training | t | Running | 2 | 3600
                2026-03-01 | 2026-03-01 11:00:00 | c | n | a | p | nvidia.com/gpu | training | t | Running | 5 | 3600
                """, """
                2026-03-01 | 2026-03-01 10:00:00 | c | n | g1 | 3600 | true | inference | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n | g2 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 11:00:00 | c | n | g1 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 11:00:00 | c | n | g2 | 3600 | | | 0.5
                """);
        TestInputs held = inputs.with(HostAllocationHourly.TABLE, inputs.derive(HostAllocationHourly.JOB));

        assertThat(held.derived(
                        RackInstant.JOB,
                        RackInstant.INSTANT,
                        RackInstant.WORKLOAD,
                        RackInstant.GPU_SECONDS,
                        RackInstant.ALLOCATED_GPU_SECONDS,
                        RackInstant.ALLOCATED_REPORTING_GPU_SECONDS))
                .as("a sample tells at 10; at 11 a pod asks for all GPUs that there are, and more")
                .containsExactly(
                        "2026-03-01 10:00:00.0 | null | 3600.0 | null | null",
                        "2026-03-01 10:00:00.0 | inference | 3600.0 | 3600.0 | 3600.0",
                        "2026-03-01 11:00:00.0 | training | 7200.0 | 7200.0 | 7200.0");
    }

    @Test
    void aClusterThatWasNotAskedForHalfTheHourTellsHalfOfIt() {
        TestInputs inputs = inputs("""
                2026-03-01 | 2026-03-01 10:00:00 | c | n | a | p | nvidia.com/gpu | | | Running | 1 | 900
                2026-03-01 | 2026-03-01 10:10:00 | c | n | a | p | nvidia.com/gpu | | | Running | 1 | 900
                2026-03-01 | 2026-03-01 10:15:00 | c | n | a | p | nvidia.com/gpu | | | Running | 1 | 900
                """, """
                2026-03-01 | 2026-03-01 10:00:00 | c | n | g1 | 3600 | | | 0.5
                2026-03-01 | 2026-03-01 10:00:00 | c | n | g2 | 3600 | | | 0.5
                """);

        assertThat(inputs.with(HostAllocationHourly.TABLE, inputs.derive(HostAllocationHourly.JOB))
                        .derived(
                                RackInstant.JOB,
                                RackInstant.GPU_SECONDS,
                                RackInstant.ALLOCATED_GPU_SECONDS,
                                RackInstant.ALLOCATED_REPORTING_GPU_SECONDS))
                .containsExactly("7200.0 | 1800.0 | 3600.0");
    }

    private static TestInputs inputs(String requests, String samples) {
        return TestInputs.NONE
                .with(GpuRequest.TABLE, Rows.of(GpuRequest.TABLE, REQUESTS + requests))
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, SAMPLES + samples));
    }
}
