package io.headroom.mart.utilisation_hourly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.gpu_sample.GpuSample;
import org.junit.jupiter.api.Test;

class UtilisationHourlyTest {

    @Test
    void untoldHealthAndAllocationAreNotCountedAsNo() {
        TestInputs inputs = TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
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

        assertThat(instants.derived(
                        UtilisationHourly.JOB,
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
    void utilisationIsInGpuHoursAndH100Equivalents() {
        TestInputs inputs = TestInputs.NONE
                .with(RackInstant.TABLE, Rows.of(RackInstant.TABLE, """
                        day        | instant             | cluster | rack | accelerator | interval_s | gpu_samples | gpu_seconds | allocated_gpu_seconds | sm_active_gpu_seconds | sm_reporting_gpu_seconds
                        2026-03-01 | 2026-03-01 10:00:00 | c       | r1   | GB200       | 1800       | 2           | 3600        | 1800                  | 900                   | 3600
                        2026-03-01 | 2026-03-01 10:30:00 | c       | r2   | GB200       | 1800       | 2           | 3600        | 3600                  | 900                   | 3600
                        """))
                .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                        accelerator | h100_equivalents
                        GB200       | 2.5
                        """));

        assertThat(inputs.derived(
                        UtilisationHourly.JOB,
                        UtilisationHourly.HOUR,
                        UtilisationHourly.INSTALLED_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_GPU_HOURS,
                        UtilisationHourly.SM_ACTIVE_GPU_HOURS,
                        UtilisationHourly.TENSOR_ACTIVE_GPU_HOURS,
                        UtilisationHourly.ALLOCATED_H100E_HOURS))
                .containsExactly("2026-03-01 10:00:00.0 | 2.0 | 1.5 | 0.5 | null | 3.75");
    }

    @Test
    void aSampleOfAWholeDayIsInAllItsHours() {
        TestInputs samples = TestInputs.NONE.with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                day        | sampled_at          | cluster | gpu_uuid | node | interval_s | is_allocated | power_w
                2026-03-01 | 2026-03-01 12:00:00 | c       | g        | n    | 86400      | true         | 250
                """));
        TestInputs inputs = samples.with(RackInstant.TABLE, samples.derive(RackInstant.JOB));

        assertThat(inputs.derived(
                        UtilisationHourly.JOB,
                        UtilisationHourly.HOUR,
                        UtilisationHourly.ALLOCATED_GPU_HOURS,
                        UtilisationHourly.POWER_REPORTING_GPU_HOURS))
                .hasSize(24)
                .allMatch(row -> row.endsWith(" | 1.0 | 1.0"));
        assertThat(inputs.after(MeterInstant.JOB, PowerInstant.JOB)
                        .derived(
                                PowerDensityHourly.JOB,
                                PowerDensityHourly.LEVEL,
                                PowerDensityHourly.HOUR,
                                PowerDensityHourly.NODE,
                                PowerDensityHourly.POWER_BASIS,
                                PowerDensityHourly.MEAN_POWER_W,
                                PowerDensityHourly.COVERED_S))
                .filteredOn(row -> row.startsWith("node"))
                .hasSize(24)
                .allMatch(row -> row.endsWith(" | n | gpu_sum | 250.0 | 3600.0"));
    }
}
