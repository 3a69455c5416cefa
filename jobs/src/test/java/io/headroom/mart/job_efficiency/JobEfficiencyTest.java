package io.headroom.mart.job_efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.power_sample.PowerSample;
import org.junit.jupiter.api.Test;

class JobEfficiencyTest {

    @Test
    void aJobsPowerIsThatOfItsOwnHostsWithinItsOwnTime() {
        TestInputs inputs = TestInputs.NONE
                .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
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

        assertThat(inputs.derived(
                        JobEfficiency.JOB,
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
}
