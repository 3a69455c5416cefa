package io.headroom.mart.telemetry_trust_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.telemetry_device_daily.TelemetryDeviceDaily;
import io.headroom.staging.delivery.Delivery;
import org.junit.jupiter.api.Test;

class TelemetryTrustDailyTest {

    /**
     * Of two GPUs seen the day before one is silent, and the other is covered for half of the day: a quarter of the time.
     * Its last sample was known 96 hours later, half way from 24 to 168. A tenth of its samples is late and a fifth is of
     * the future. Its counter fell over midnight. Of eight columns two are always null.
     */
    @Test
    void theScoreIsTheMeanOfItsPartsByWeight() {
        TestInputs inputs = devices("""
                day        | source | target     | cluster | node | device | samples | interval_s | covered_s | last_sampled_at     | last_known_at       | late_samples | future_samples | first_counter | last_counter | counter_resets | told_fields
                2026-03-01 | s      | gpu_sample | c       | n    | a      | 1440    | 60         | 86400     | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0              | 10            | 90           | 0              | power_w
                2026-03-01 | s      | gpu_sample | c       | n    | b      | 1440    | 60         | 86400     | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0              | 10            | 90           | 0              | power_w
                2026-03-02 | s      | gpu_sample | c       | n    | a      | 10      | 60         | 43200     | 2026-03-02 12:00:00 | 2026-03-06 12:00:00 | 1            | 2              | 20            | 99           | 0              | is_healthy, is_allocated, sm_active, tensor_active, power_w, energy_counter_j
                """);

        assertThat(inputs.derived(
                        TelemetryTrustDaily.JOB,
                        TelemetryTrustDaily.DAY,
                        TelemetryTrustDaily.CLUSTER,
                        TelemetryTrustDaily.EXPECTED_DEVICES,
                        TelemetryTrustDaily.SEEN_DEVICES,
                        TelemetryTrustDaily.COVERED_S,
                        TelemetryTrustDaily.FRESHNESS_H,
                        TelemetryTrustDaily.COUNTER_RESETS,
                        TelemetryTrustDaily.SCORE))
                .as("40 x 0.25 + 10 x 0.5 + 5 x 0.9 + 10 x 0.8 + 5 x 0 + 10 x 0.75 = 35 of 80;"
                        + " the day before lacks seven columns: 71.25 of 80")
                .containsExactly(
                        "2026-03-01 | c | 2 | 2 | 172800.0 | 0.0 | 0 | 89.06",
                        "2026-03-02 | c | 2 | 1 | 43200.0 | 96.0 | 1 | 43.75");
        assertThat(inputs.derive(TelemetryTrustDaily.JOB)
                        .filter("day = '2026-03-02'")
                        .selectExpr("array_join(null_fields, ' ')")
                        .head()
                        .getString(0))
                .isEqualTo("gpu_util dram_active");
    }

    @Test
    void aClusterThatFallsSilentIsExpectedForSixDays() {
        assertThat(devices("""
                day        | source | target       | cluster | device | samples | covered_s | last_sampled_at     | last_known_at       | late_samples | future_samples | told_fields
                2026-03-01 | s      | power_sample | silent  | a      | 1       | 86400     | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0              | power_w
                2026-03-07 | s      | power_sample | other   | b      | 1       | 86400     | 2026-03-07 23:00:00 | 2026-03-07 23:00:00 | 0            | 0              | power_w
                2026-03-08 | s      | power_sample | other   | b      | 1       | 43200     | 2026-03-08 23:00:00 | 2026-03-08 23:00:00 | 0            | 0              | power_w
                """)
                        .derived(
                                TelemetryTrustDaily.JOB,
                                TelemetryTrustDaily.DAY,
                                TelemetryTrustDaily.CLUSTER,
                                TelemetryTrustDaily.SEEN_DEVICES,
                                TelemetryTrustDaily.COVERED_S,
                                TelemetryTrustDaily.FRESHNESS_H,
                                TelemetryTrustDaily.SCORE))
                .as("silent: coverage alone can be told; other: 40 x 0.5 + 10 + 5 + 10 of 65")
                .containsExactly(
                        "2026-03-01 | silent | 1 | 86400.0 | 0.0 | 100.0",
                        "2026-03-07 | other | 1 | 86400.0 | 0.0 | 100.0",
                        "2026-03-07 | silent | 0 | 0.0 | null | 0.0",
                        "2026-03-08 | other | 1 | 43200.0 | 0.0 | 69.23");
    }

    /** A GPU that moved at noon, of which the exporter of its old host goes on to tell: a day and a half of one GPU's day. */
    @Test
    void aGpuUnderTwoHostsIsOneDeviceAndCoversNoMoreThanItsDay() {
        assertThat(devices("""
                day        | source | target     | cluster | node | device | samples | interval_s | covered_s | last_sampled_at     | last_known_at       | late_samples | future_samples | told_fields
                2026-03-01 | s      | gpu_sample | c       | old  | a      | 1440    | 60         | 86400     | 2026-03-01 23:59:00 | 2026-03-02 00:00:00 | 0            | 0              | is_healthy, is_allocated, gpu_util, sm_active, tensor_active, dram_active, power_w, energy_counter_j
                2026-03-01 | s      | gpu_sample | c       | new  | a      | 720     | 60         | 43200     | 2026-03-01 23:59:00 | 2026-03-02 00:00:00 | 0            | 0              | is_healthy
                """)
                        .derived(
                                TelemetryTrustDaily.JOB,
                                TelemetryTrustDaily.EXPECTED_DEVICES,
                                TelemetryTrustDaily.SEEN_DEVICES,
                                TelemetryTrustDaily.EXPECTED_S,
                                TelemetryTrustDaily.COVERED_S,
                                TelemetryTrustDaily.SCORE))
                .containsExactly("1 | 1 | 86400.0 | 86400.0 | 100.0");
    }

    /** In one cluster one of four hosts is 40 s ahead, that is 20 s behind; in the other the scrapes are spread. */
    @Test
    void aHostOutOfPhaseIsAClockThatIsOffUnlessAllAre() {
        assertThat(devices("""
                day        | source | target     | cluster | node | device | samples | interval_s | covered_s | phase_s | last_sampled_at     | last_known_at       | late_samples | future_samples
                2026-03-01 | s      | gpu_sample | c       | n1   | a      | 1       | 60         | 86400     | 59      | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | c       | n2   | b      | 1       | 60         | 86400     | 0       | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | c       | n3   | c      | 1       | 60         | 86400     | 0       | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | c       | n4   | d      | 1       | 60         | 86400     | 40      | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | spread  | n1   | a      | 1       | 60         | 86400     | 10      | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | spread  | n2   | b      | 1       | 60         | 86400     | 30      | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                2026-03-01 | s      | gpu_sample | spread  | n3   | c      | 1       | 60         | 86400     | 50      | 2026-03-01 23:00:00 | 2026-03-01 23:00:00 | 0            | 0
                """)
                        .derived(
                                TelemetryTrustDaily.JOB,
                                TelemetryTrustDaily.CLUSTER,
                                TelemetryTrustDaily.HOSTS,
                                TelemetryTrustDaily.HOSTS_OUT_OF_PHASE))
                .containsExactly("c | 4 | 1", "spread | null | null");
    }

    /** Of 100 rows 10 are refused and 20 are duplicates, of 110 records used 55 were normalised, ten more are unreadable. */
    @Test
    void filesTellOfTheirSourceOnTheDayTheyBecameKnownAndOfNoCluster() {
        TestInputs inputs = TestInputs.NONE.with(Delivery.TABLE, Rows.of(Delivery.TABLE, """
                path | source | target     | known_at            | problem | used_records | received_rows | duplicate_rows | rejected_rows | unparsable_records | quirks
                a    | s      | gpu_sample | 2026-03-01 00:00:00 |         | 60           | 50            | 20             | 10            | 0                  | renamed Hostname=30
                b    | s      | gpu_sample | 2026-03-01 23:59:59 |         | 50           | 50            | 0              | 0             | 10                 | renamed Hostname=20, literal NULL=5
                c    | s      | gpu_sample | 2026-03-02 00:00:00 | broken  | 0            | 0             | 0              | 0             | 0                  |
                """));

        assertThat(inputs.derived(
                        TelemetryTrustDaily.JOB,
                        TelemetryTrustDaily.DAY,
                        TelemetryTrustDaily.TOLD_BY,
                        TelemetryTrustDaily.CLUSTER,
                        TelemetryTrustDaily.FILES,
                        TelemetryTrustDaily.REFUSED_FILES,
                        TelemetryTrustDaily.DUPLICATE_ROWS,
                        TelemetryTrustDaily.REJECTED_ROWS,
                        TelemetryTrustDaily.SCORE))
                .as("25 x (1 - 20 / 110) + 5 x 0.8 + 10 x 0.5 = 29.4545 of 40")
                .containsExactly(
                        "2026-03-01 | deliveries | null | 2 | 0 | 20 | 10 | 73.64",
                        "2026-03-02 | deliveries | null | 1 | 1 | 0 | 0 | null");
        assertThat(inputs.derive(TelemetryTrustDaily.JOB)
                        .filter("day = '2026-03-01'")
                        .selectExpr("CAST(quirks AS STRING)")
                        .head()
                        .getString(0))
                .isEqualTo("{literal NULL -> 5, renamed Hostname -> 50}");
    }

    private static TestInputs devices(String drawing) {
        return TestInputs.NONE.with(TelemetryDeviceDaily.TABLE, Rows.of(TelemetryDeviceDaily.TABLE, drawing));
    }
}
