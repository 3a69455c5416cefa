package io.headroom.mart.model_flops_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.model.Model;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFlopsDailyTest {

    private static final Field[] COLUMNS = {
        ModelFlopsDaily.DAY,
        ModelFlopsDaily.CLUSTER,
        ModelFlopsDaily.MODEL,
        ModelFlopsDaily.TOKENS,
        ModelFlopsDaily.MODEL_FLOP,
        ModelFlopsDaily.GPU_SECONDS,
        ModelFlopsDaily.PEAK_BF16_DENSE_FLOP,
        ModelFlopsDaily.MFU_BF16_DENSE
    };

    private static final TestInputs REFERENCE = TestInputs.NONE
            .with(Model.TABLE, Rows.of(Model.TABLE, """
                    model | parameters | active_parameters
                    small | 1000000    | 1000000
                    large | 9000000    | 3000000
                    """))
            .with(Accelerator.TABLE, Rows.of(Accelerator.TABLE, """
                    accelerator | bf16_dense_flops
                    A           | 1000000000
                    unrated     |
                    """));

    @Test
    void servingIsAForwardPassOverWhatItsGpusCouldCompute() {
        // 4 GPUs, of which 2 serve, 1 trains and 1 is free all day: 2 x 24 h at 1e9 FLOP/s are 1.728e14 FLOP. small: 2
        // x 1e6 x (8.1e6 - 0.9e6 read from a cache) = 1.44e13; large: 2 x 3e6 x 4.8e6 = 2.88e13, two thirds of all.
        assertThat(serving("c", 24, """
                2026-03-01 | c | small | 900000 | 8100000
                2026-03-01 | c | large |        | 4800000
                """))
                .containsExactly(
                        "2026-03-01 | c | large | 4800000 | 2.88E13 | 115200.0 | 1.152E14 | 0.25",
                        "2026-03-01 | c | small | 7200000 | 1.44E13 | 57600.0 | 5.76E13 | 0.25");
    }

    @Test
    void aModelWithoutParametersLeavesTheUtilisationOfItsClusterUntold() {
        assertThat(serving("c", 24, """
                2026-03-01 | c | small  | | 7000000
                2026-03-01 | c | secret | | 4800000
                """))
                .containsExactly(
                        "2026-03-01 | c | secret | 4800000 | null | null | null | null",
                        "2026-03-01 | c | small | 7000000 | 1.4E13 | null | null | null");
    }

    @Test
    void tokensOfADayAreNotDividedByTheGpusOfHalfOfIt() {
        assertThat(serving("c", 12, "2026-03-01 | c | small | | 7000000\n"))
                .containsExactly("2026-03-01 | c | small | 7000000 | 1.4E13 | null | null | null");
    }

    @Test
    void trainingIsThreePassesOverTheGpusOfItsJob() {
        // A job of 2 GPUs reports 12 h across midnight, a quarter of it on the first day. A second one still runs.
        TestInputs inputs = REFERENCE
                .with(JobGoodput.TABLE, Rows.of(JobGoodput.TABLE, """
                        day        | cluster | job_id | model | started_at          | ended_at            | tokens
                        2026-03-01 | c       | j1     | large | 2026-03-01 21:00:00 | 2026-03-02 09:00:00 | 2400000
                        2026-03-02 | c       | j2     | small | 2026-03-02 00:00:00 | 2026-03-02 09:00:00 | 1000000
                        """))
                .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
                        day        | cluster | job_id | accelerator | started_at          | ended_at            | allocated_gpus
                        2026-02-01 | c       | j1     | A           | 2026-02-01 00:00:00 | 2026-02-02 00:00:00 | 64
                        2026-03-02 | c       | j1     | A           | 2026-03-01 20:00:00 | 2026-03-02 09:00:00 | 2
                        """));

        // 6 x 3e6 x 0.6e6 over 2 x 3 h x 1e9; 6 x 3e6 x 1.8e6 over 2 x 9 h x 1e9.
        assertThat(inputs.derived(ModelFlopsDaily.JOB, COLUMNS))
                .containsExactly(
                        "2026-03-01 | c | large | 600000 | 1.08E13 | 21600.0 | 2.16E13 | 0.5",
                        "2026-03-02 | c | large | 1800000 | 3.24E13 | 64800.0 | 6.48E13 | 0.5",
                        "2026-03-02 | c | small | 1000000 | 6.0E12 | null | null | null");
    }

    @Test
    void onEachDayAReportIsOfTheRunThatItOverlapsMostThere() {
        TestInputs inputs = REFERENCE
                .with(JobGoodput.TABLE, Rows.of(JobGoodput.TABLE, """
                        day        | cluster | job_id | model | started_at          | ended_at            | tokens
                        2026-03-01 | c       | j7     | large | 2026-03-01 12:00:00 | 2026-03-02 06:00:00 | 1800000
                        """))
                .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
                        day        | cluster | job_id | accelerator | started_at          | ended_at            | allocated_gpus
                        2026-03-01 | c       | j7     | A           | 2026-03-01 12:00:00 | 2026-03-01 23:00:00 | 64
                        2026-03-02 | c       | j7     | A           | 2026-03-02 00:00:00 | 2026-03-02 06:00:00 | 32
                        """));

        // 12 of 18 h over 64 GPUs, 6 over 32.
        assertThat(inputs.derived(ModelFlopsDaily.JOB, COLUMNS))
                .containsExactly(
                        "2026-03-01 | c | large | 1200000 | 2.16E13 | 2764800.0 | 2.7648E15 | 0.0078125",
                        "2026-03-02 | c | large | 600000 | 1.08E13 | 691200.0 | 6.912E14 | 0.015625");
    }

    @Test
    void whereNothingServesTheGpusOfServedTokensAreNotKnown() {
        TestInputs inputs = REFERENCE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, trainingAllDay()))
                .with(TokenHourly.TABLE, Rows.of(TokenHourly.TABLE, """
                        day        | hour                | cluster | model | total_tokens
                        2026-03-01 | 2026-03-01 00:00:00 | c       | small | 1000000
                        """));

        assertThat(inputs.derived(ModelFlopsDaily.JOB, COLUMNS))
                .containsExactly("2026-03-01 | c | small | 1000000 | 2.0E12 | null | null | null");
    }

    private static String trainingAllDay() {
        var utilisation = new StringBuilder("day | hour | cluster | accelerator | workload | installed_gpu_hours"
                + " | allocated_gpu_hours | allocated_reporting_gpu_hours\n");
        for (int hour = 0; hour < 24; hour++) {
            utilisation.append("2026-03-01 | 2026-03-01 %02d:00:00 | c | A | training | 8 | 8 | 8%n".formatted(hour));
        }
        return utilisation.toString();
    }

    private static List<String> serving(String cluster, int hours, String tokens) {
        var utilisation = new StringBuilder("day | hour | cluster | accelerator | workload | installed_gpu_hours"
                + " | allocated_gpu_hours | allocated_reporting_gpu_hours\n");
        for (int hour = 0; hour < 24; hour++) {
            String at = "2026-03-01 | 2026-03-01 %02d:00:00 | %s | A | ".formatted(hour, cluster);
            boolean isTold = hour < hours;
            utilisation.append(at + "inference | 2 | %s%n".formatted(isTold ? "2 | 2" : " | "));
            utilisation.append(at + "training | 1 | %s%n".formatted(isTold ? "1 | 1" : " | "));
            utilisation.append(at + " | 1 | %s%n".formatted(isTold ? "0 | 1" : " | "));
        }
        return REFERENCE
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, utilisation.toString()))
                .with(
                        TokenHourly.TABLE,
                        Rows.of(
                                TokenHourly.TABLE,
                                "day | cluster | model | cache_read_tokens | total_tokens\n" + tokens))
                .derived(ModelFlopsDaily.JOB, COLUMNS);
    }
}
