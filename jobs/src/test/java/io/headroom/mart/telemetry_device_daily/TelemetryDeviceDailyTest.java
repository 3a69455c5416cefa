package io.headroom.mart.telemetry_device_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.counter_sample.CounterSample;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.power_sample.PowerSample;
import org.junit.jupiter.api.Test;

class TelemetryDeviceDailyTest {

    /** The counter falls within the hour of 10, and from there to the hour of 12. */
    @Test
    void countersThatFallAreResetsAndFieldsThatAnySampleFillsAreTold() {
        assertThat(TestInputs.NONE
                        .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                                day        | source | sampled_at          | known_at            | cluster | node | gpu_uuid | mig_instance | interval_s | is_allocated | sm_active | power_w | energy_counter_j
                                2026-03-01 | s      | 2026-03-01 10:00:07 | 2026-03-02 00:00:00 | c       | n    | g        |              | 60         | true         |           | 100     | 500
                                2026-03-01 | s      | 2026-03-01 10:01:07 | 2026-03-02 00:00:00 | c       | n    | g        |              | 60         |              |           |         | 600
                                2026-03-01 | s      | 2026-03-01 10:02:07 | 2026-03-02 00:00:00 | c       | n    | g        |              | 60         |              |           |         | 90
                                2026-03-01 | s      | 2026-03-01 11:00:07 | 2026-03-02 00:00:00 | c       | n    | g        |              | 60         |              |           |         |
                                2026-03-01 | s      | 2026-03-01 12:00:31 | 2026-03-01 12:00:30 | c       | n    | g        |              | 60         |              |           |         | 80
                                2026-03-01 | s      | 2026-03-01 10:00:07 | 2026-03-03 00:00:00 | c       | n    | g        | 3            | 60         |              | 0.5       |         |
                                """))
                        .derived(
                                TelemetryDeviceDaily.JOB,
                                TelemetryDeviceDaily.DEVICE,
                                TelemetryDeviceDaily.SAMPLES,
                                TelemetryDeviceDaily.INTERVAL_S,
                                TelemetryDeviceDaily.COVERED_S,
                                TelemetryDeviceDaily.PHASE_S,
                                TelemetryDeviceDaily.LAST_SAMPLED_AT,
                                TelemetryDeviceDaily.LAST_KNOWN_AT,
                                TelemetryDeviceDaily.LATE_SAMPLES,
                                TelemetryDeviceDaily.FUTURE_SAMPLES,
                                TelemetryDeviceDaily.FIRST_COUNTER,
                                TelemetryDeviceDaily.LAST_COUNTER,
                                TelemetryDeviceDaily.COUNTER_RESETS))
                .containsExactly(
                        "g | 5 | 60.0 | 300.0 | 7 | 2026-03-01 12:00:31.0 | 2026-03-01 12:00:30.0 | 0 | 1 | 500.0 | 80.0 | 2",
                        "g/3 | 1 | 60.0 | 60.0 | 7 | 2026-03-01 10:00:07.0 | 2026-03-03 00:00:00.0 | 1 | 0 | null | null | null");
    }

    /** Two replicas tell each half hour twice; the second hour lacks its second half. */
    @Test
    void replicasDoNotCoverAnHourTwice() {
        assertThat(TestInputs.NONE
                        .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, """
                                day        | source | sampled_at          | known_at            | cluster | gpu_uuid | interval_s
                                2026-03-01 | s      | 2026-03-01 10:00:00 | 2026-03-02 00:00:00 | c       | g        | 1800
                                2026-03-01 | s      | 2026-03-01 10:10:00 | 2026-03-02 00:00:00 | c       | g        | 1800
                                2026-03-01 | s      | 2026-03-01 10:30:00 | 2026-03-02 00:00:00 | c       | g        | 1800
                                2026-03-01 | s      | 2026-03-01 10:40:00 | 2026-03-02 00:00:00 | c       | g        | 1800
                                2026-03-01 | s      | 2026-03-01 11:00:00 | 2026-03-02 00:00:00 | c       | g        | 1800
                                """))
                        .derived(TelemetryDeviceDaily.JOB, TelemetryDeviceDaily.COVERED_S))
                .containsExactly("5400.0");
    }

    /** Every five minutes in one hour, with one reading missing in the next; one meter read once tells no interval. */
    @Test
    void metersCoverAsManyOfTheirUsualIntervalsAsTheyRead() {
        assertThat(TestInputs.NONE
                        .with(PowerSample.TABLE, Rows.of(PowerSample.TABLE, """
                                day        | source | sampled_at          | known_at            | cluster | meter_id | power_w
                                2026-03-01 | s      | 2026-03-01 10:00:00 | 2026-03-02 00:00:00 | c       | m        | 1
                                2026-03-01 | s      | 2026-03-01 10:05:00 | 2026-03-02 00:00:00 | c       | m        | 1
                                2026-03-01 | s      | 2026-03-01 10:10:00 | 2026-03-02 00:00:00 | c       | m        | 1
                                2026-03-01 | s      | 2026-03-01 11:00:00 | 2026-03-02 00:00:00 | c       | m        | 1
                                2026-03-01 | s      | 2026-03-01 11:10:00 | 2026-03-02 00:00:00 | c       | m        | 1
                                2026-03-01 | s      | 2026-03-01 11:10:00 | 2026-03-02 00:00:00 | c       | once     | 1
                                """))
                        .with(CounterSample.TABLE, Rows.of(CounterSample.TABLE, """
                                day        | source | sampled_at          | known_at            | cluster | instance | model | counter  | value
                                2026-03-01 | t      | 2026-03-01 10:00:00 | 2026-03-02 00:00:00 | c       | i        | m     | requests | 9
                                2026-03-01 | t      | 2026-03-01 12:00:00 | 2026-03-02 00:00:00 | c       | i        | m     | requests | 4
                                """))
                        .derived(
                                TelemetryDeviceDaily.JOB,
                                TelemetryDeviceDaily.SOURCE,
                                TelemetryDeviceDaily.TARGET,
                                TelemetryDeviceDaily.DEVICE,
                                TelemetryDeviceDaily.INTERVAL_S,
                                TelemetryDeviceDaily.COVERED_S,
                                TelemetryDeviceDaily.COUNTER_RESETS))
                .containsExactly(
                        "s | power_sample | m | 300.0 | 1500.0 | null",
                        "s | power_sample | once | null | null | null",
                        "t | counter_sample | i/requests/m | 7200.0 | 14400.0 | 1");
    }
}
