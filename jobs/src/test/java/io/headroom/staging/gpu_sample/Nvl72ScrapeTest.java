package io.headroom.staging.gpu_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rack of {@link Nvl72Scrape} in staging, worked out by hand from what is said there. */
class Nvl72ScrapeTest {

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void ingest() {
        lake = new LakeFixture(folder);
        Nvl72Scrape.files().forEach(lake::deliver);
        lake.ingest(Nvl72Scrape.SOURCE);
    }

    @Test
    void eachGpuCountsOnceAtEachInstant() {
        // 18 instants of 73 rows: 72 GPUs, of which one is two instances.
        assertThat(lake.sql(
                        "SELECT count(*), count(DISTINCT gpu_uuid), count(DISTINCT sampled_at), count(DISTINCT node),"
                                + " count(DISTINCT rack), min(nvlink_domain), max(nvlink_domain) FROM gpu_sample"))
                .containsExactly("1314 | 72 | 18 | 18 | 1 | 5c9ae7a2-58c6-4f2b-8d0c-2f6f6a1f8a72.32766"
                        + " | 5c9ae7a2-58c6-4f2b-8d0c-2f6f6a1f8a72.32766");
        assertThat(lake.sql(
                        "SELECT gpu_uuid, mig_instance, sampled_at FROM gpu_sample GROUP BY ALL HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void everyRecordAndRowIsAccountedFor() {
        // A scrape of the rack has 75 label sets (70 GPUs with one, one with 3, one with 2), each with 6 fields of
        // which one is
        // not read: 450 records, 375 used. There are 20 scrapes, of which 2 of replica b are at instants of replica a.
        assertThat(lake.sql("SELECT sum(read_records), sum(used_records), sum(skipped['other metric']),"
                        + " sum(unparsable_records), sum(received_rows), sum(accepted_rows), sum(duplicate_rows),"
                        + " sum(rejected_rows) FROM delivery"))
                .containsExactly("9000 | 7500 | 1500 | 0 | 1460 | 1314 | 146 | 0");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void whatWasNormalisedIsNamedAndCounted() {
        // Of 20 scrapes 10 are before 10:05 and 10 after. In each, field 203 is read of 71 GPUs and left blank on the
        // two
        // instances; all 73 rows have their other new names after 10:05.
        assertThat(
                        lake.sql(
                                "SELECT quirk, sum(rows) FROM (SELECT explode(quirks) AS (quirk, rows) FROM delivery) GROUP BY quirk"))
                .containsExactly(
                        "DCGM_FI_DEV_GPU_UTIL read as percent | 710",
                        "DCGM_FI_DEV_GPU_UTIL_RATIO read as percent | 710",
                        "blank DCGM_FI_DEV_GPU_UTIL | 20",
                        "blank DCGM_FI_DEV_GPU_UTIL_RATIO | 20",
                        "blank DCGM_FI_PROF_PIPE_TENSOR_ACTIVE | 10",
                        "blank DCGM_FI_PROF_SM_ACTIVE | 10",
                        "blank DCGM_FI_PROF_SM_UTIL_RATIO | 10",
                        "blank DCGM_FI_PROF_TENSOR_UTIL_RATIO | 10",
                        "one GPU reported for several pods | 20",
                        "renamed field DCGM_FI_DEV_BOARD_POWER_WATTS | 730",
                        "renamed field DCGM_FI_DEV_GPU_UTIL_RATIO | 730",
                        "renamed field DCGM_FI_PROF_SM_UTIL_RATIO | 730",
                        "renamed field DCGM_FI_PROF_TENSOR_UTIL_RATIO | 730",
                        "timed by its path | 1460");
    }

    @Test
    void anIdleGpuIsAtOnePercentUnderBothNames() {
        assertThat(lake.sql("SELECT DISTINCT gpu_util, sm_active, is_allocated FROM gpu_sample WHERE gpu_uuid = '%s'"
                        .formatted(Nvl72Scrape.uuid(Nvl72Scrape.IDLE_GPU))))
                // No file of host 0 but its own tells of GPU 0; on that host no pod is told, so nobody knows.
                .containsExactly("0.01 | 0.0 | null");
    }

    @Test
    void aSharedGpuIsItsTeams() {
        assertThat(lake.sql(
                        "SELECT DISTINCT gpu_util, sm_active, tensor_active, power_w, team, is_allocated, accelerator"
                                + " FROM gpu_sample WHERE gpu_uuid = '%s'"
                                        .formatted(Nvl72Scrape.uuid(Nvl72Scrape.SHARED_GPU))))
                .containsExactly("0.04 | 0.004 | 0.002 | 408.0 | training | true | GB200");
    }

    @Test
    void instancesAreApartAndTellTheBoardsPower() {
        assertThat(lake.sql("SELECT DISTINCT mig_instance, mig_profile, gpu_util, sm_active, tensor_active, power_w"
                        + " FROM gpu_sample WHERE gpu_uuid = '%s'".formatted(Nvl72Scrape.uuid(Nvl72Scrape.MIG_GPU))))
                .containsExactly("1 | 3g.93gb | null | 0.4 | 0.2 | 416.0", "2 | 3g.93gb | null | 0.8 | 0.4 | 416.0");
    }

    @Test
    void theCounterOfAReloadedDriverFalls() {
        // 424 W: 60 s are 25,440 J. Replica b adds 10:02:20 and 10:03:20.
        assertThat(lake.sql(
                        "SELECT date_format(sampled_at, 'HH:mm:ss'), CAST(energy_counter_j AS BIGINT) FROM gpu_sample"
                                + " WHERE gpu_uuid = '%s' AND sampled_at < '2026-03-01T10:04:00Z'"
                                        .formatted(Nvl72Scrape.uuid(Nvl72Scrape.RELOADED_GPU))))
                .containsExactly(
                        "10:00:00 | 1000000",
                        "10:01:00 | 1025440",
                        "10:02:00 | 1050880",
                        "10:02:20 | 1059360",
                        "10:03:00 | 0",
                        "10:03:20 | 8480");
    }

    @Test
    void whatHasNoProfilingIsMissing() {
        assertThat(lake.sql("SELECT DISTINCT gpu_util, sm_active, tensor_active FROM gpu_sample WHERE gpu_uuid = '%s'"
                        .formatted(Nvl72Scrape.uuid(Nvl72Scrape.UNPROFILED_GPU))))
                .containsExactly("0.16 | null | null");
    }

    @Test
    void theRackDrawsWhatItsGpusDraw() {
        // 72 GPUs draw 72 * 400 + 2 * (0 + 1 + ... + 71) = 28,800 + 5,112 W.
        assertThat(lake.sql("SELECT DISTINCT power_w FROM (SELECT sampled_at, sum(power_w) AS power_w"
                        + " FROM (SELECT sampled_at, gpu_uuid, max(power_w) AS power_w FROM gpu_sample GROUP BY ALL)"
                        + " GROUP BY sampled_at)"))
                .containsExactly("33912.0");
    }
}
