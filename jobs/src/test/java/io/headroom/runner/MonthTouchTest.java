package io.headroom.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.setting.Settings;
import io.headroom.staging.gpu_sample.GpuSample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthTouchTest {

    private static final String SAMPLES = """
            name: samples
            extends: gpu_sample/plain_csv
            files: samples/*
            """;
    private static final String HEADER = "cluster,gpu_uuid,sampled_at,interval_s\n";
    /** Tells every day how many samples its month has. */
    private static final SelectJob SAMPLES_OF_MONTH =
            new SelectJob(PueDaily.TABLE, List.of(Input.month(GpuSample.TABLE)), """
                    SELECT day, provider, region, cluster,
                      CAST(count(*) OVER (PARTITION BY trunc(day, 'MONTH')) AS INT) AS hours,
                      CAST(NULL AS DOUBLE) AS it_energy_j, CAST(NULL AS DOUBLE) AS facility_energy_j,
                      CAST(NULL AS BOOLEAN) AS is_it_sum_of_parts, CAST(NULL AS DOUBLE) AS pue,
                      CAST(NULL AS BOOLEAN) AS is_below_1, CAST(NULL AS INT) AS pue_category,
                      CAST(NULL AS DOUBLE) AS planned_pue
                    FROM gpu_sample""");

    /** Tells on the first day of a month how many samples it has. */
    private static final SelectJob MONTHS = new SelectJob(PueDaily.TABLE, List.of(Input.month(GpuSample.TABLE)), """
                    SELECT CAST(trunc(day, 'MONTH') AS DATE) AS day, max(provider) AS provider, max(region) AS region,
                      max(cluster) AS cluster, CAST(count(*) AS INT) AS hours,
                      CAST(NULL AS DOUBLE) AS it_energy_j, CAST(NULL AS DOUBLE) AS facility_energy_j,
                      CAST(NULL AS BOOLEAN) AS is_it_sum_of_parts, CAST(NULL AS DOUBLE) AS pue,
                      CAST(NULL AS BOOLEAN) AS is_below_1, CAST(NULL AS INT) AS pue_category,
                      CAST(NULL AS DOUBLE) AS planned_pue
                    FROM gpu_sample
                    GROUP BY 1""");

    @TempDir
    Path folder;

    @Test
    void aRowTouchesTheDaysOfItsMonthAndNoOther() {
        var lake = new LakeFixture(folder, PueDaily.TABLE);
        var runner = new Runner(lake.lake(), Instant.parse("2027-01-01T00:00:00Z"), "run", "test", Settings.DEFAULT);
        lake.deliver("samples/1.csv", HEADER + "c,g,2026-03-01T00:00:00Z,60\nc,g,2026-03-31T00:00:00Z,60\n");
        lake.deliver("samples/2.csv", HEADER + "c,g,2026-04-01T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(SAMPLES_OF_MONTH);
        lake.deliver("samples/3.csv", HEADER + "c,g,2026-03-15T00:00:00Z,60\n");
        lake.ingest(SAMPLES);

        JobSummary second = runner.run(SAMPLES_OF_MONTH);

        assertThat(second.written()).isEqualTo(3);
        assertThat(lake.sql("SELECT day, hours FROM pue_daily"))
                .containsExactly("2026-03-01 | 3", "2026-03-15 | 3", "2026-03-31 | 3", "2026-04-01 | 1");
    }

    @Test
    void aRowTouchesTheFirstOfItsMonthEvenOfANewOne() {
        var lake = new LakeFixture(folder, PueDaily.TABLE);
        var runner = new Runner(lake.lake(), Instant.parse("2027-01-01T00:00:00Z"), "run", "test", Settings.DEFAULT);
        lake.deliver("samples/1.csv", HEADER + "c,g,2026-02-10T00:00:00Z,60\nc,g,2026-03-10T00:00:00Z,60\n");
        lake.ingest(SAMPLES);
        runner.run(MONTHS);
        lake.deliver("samples/2.csv", HEADER + "c,g,2026-03-20T00:00:00Z,60\nc,g,2026-04-20T00:00:00Z,60\n");
        lake.ingest(SAMPLES);

        JobSummary second = runner.run(MONTHS);

        assertThat(second.written()).as("February is left alone").isEqualTo(2);
        assertThat(lake.sql("SELECT day, hours FROM pue_daily"))
                .containsExactly("2026-02-01 | 1", "2026-03-01 | 2", "2026-04-01 | 1");
    }
}
