package io.headroom.mart.nvlink_fragmentation_hourly;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.gpu_request.GpuRequest;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.table.Field;
import org.junit.jupiter.api.Test;

class NvlinkFragmentationHourlyTest {

    private static final Field[] BLOCKS = {
        NvlinkFragmentationHourly.DOMAINS,
        NvlinkFragmentationHourly.FREE_GPU_HOURS,
        NvlinkFragmentationHourly.STRANDED_GPU_HOURS,
        NvlinkFragmentationHourly.WHOLE_FREE_DOMAIN_HOURS,
        NvlinkFragmentationHourly.STARTABLE_72_GPU_JOB_HOURS,
        NvlinkFragmentationHourly.STARTABLE_36_GPU_JOB_HOURS
    };
    private static final String HEAD =
            "day | sampled_at | cluster | rack | node | gpu_uuid | interval_s | is_allocated\n";
    private static final String NVL72 = """
            cluster | installed_gpus | racks | gpus_per_domain
            c       | 216            | 3     | 72
            """;

    /**
     * Of three racks one is free, one has 40 GPUs free in its first half hour and all in its second, and one has 10 free: 122
     * free GPUs, then 154. Whole is one domain, then two; a job of 36 finds room twice in a whole domain and once among 40.
     */
    @Test
    void freeGpusOfBrokenDomainsAreStrandedAndBlocksAreCountedWithinOneDomain() {
        String samples = HEAD
                + rack("r1", 72, 72, "10:00:00", 3600)
                + rack("r2", 72, 40, "10:00:00", 1800)
                + rack("r2", 72, 72, "10:30:00", 1800)
                + rack("r3", 72, 10, "10:00:00", 3600);

        assertThat(of(samples, NVL72).derived(NvlinkFragmentationHourly.JOB, BLOCKS))
                .as("(122 + 154) / 2 free, (50 + 10) / 2 stranded, (1 + 2) / 2 whole, (3 + 4) / 2 of 36")
                .containsExactly("3 | 138.000000 | 30.000000 | 1.500000 | 1.500000 | 3.500000");
    }

    /** 71 of 72 GPUs free, the last drained, and a domain of which only 71 GPUs tell anything. */
    @Test
    void aDomainThatLacksAGpuIsBroken() {
        String samples = "day | sampled_at | cluster | rack | gpu_uuid | interval_s | is_allocated | is_healthy\n"
                + gpus("r1", 0, 71, "false | true")
                + gpus("r1", 71, 72, "false | false")
                + gpus("r2", 0, 71, "false | ");

        assertThat(of(samples, NVL72).derived(NvlinkFragmentationHourly.JOB, BLOCKS))
                .containsExactly("2 | 142.000000 | 142.000000 | 0.000000 | 0.000000 | 2.000000");
    }

    /** The domain is what the sample names, else the rack that is one, else the host, each of the size that is seen. */
    @Test
    void aDomainIsNamedOrTheRackThatIsOneOrTheHost() {
        String samples = """
                day        | sampled_at          | cluster | nvlink_domain | rack | node | gpu_uuid | interval_s | is_allocated
                2026-03-01 | 2026-03-01 10:00:00 | named   | d1            | r    | n1   | a        | 3600       | false
                2026-03-01 | 2026-03-01 10:00:00 | named   | d1            | r    | n2   | b        | 3600       | false
                2026-03-01 | 2026-03-01 10:00:00 | named   | d2            | r    | n3   | c        | 3600       | true
                2026-03-01 | 2026-03-01 10:00:00 | racked  |               | r    | n1   | a        | 3600       | false
                2026-03-01 | 2026-03-01 10:00:00 | racked  |               | r    | n2   | b        | 3600       | true
                2026-03-01 | 2026-03-01 10:00:00 | hosts   |               | r    | n1   | a        | 3600       | false
                2026-03-01 | 2026-03-01 10:00:00 | hosts   |               | r    | n2   | b        | 3600       | true
                2026-03-01 | 2026-03-01 10:00:00 | unknown |               | r    | n1   | a        | 3600       | false
                2026-03-01 | 2026-03-01 10:00:00 | unknown |               | r    | n2   | b        | 3600       | true
                """;

        assertThat(of(samples, """
                        cluster | installed_gpus | racks | gpus_per_domain
                        racked  | 2              | 1     | 2
                        hosts   | 2              | 1     | 1
                        """)
                        .derived(
                                NvlinkFragmentationHourly.JOB,
                                NvlinkFragmentationHourly.CLUSTER,
                                NvlinkFragmentationHourly.DOMAINS,
                                NvlinkFragmentationHourly.DOMAIN_GPUS,
                                NvlinkFragmentationHourly.FREE_GPU_HOURS,
                                NvlinkFragmentationHourly.STRANDED_GPU_HOURS,
                                NvlinkFragmentationHourly.WHOLE_FREE_DOMAIN_HOURS))
                .containsExactly(
                        "hosts | 2 | 1 | 1.000000 | 0.000000 | 1.000000",
                        "named | 2 | 2 | 2.000000 | 0.000000 | 1.000000",
                        "racked | 1 | 2 | 1.000000 | 1.000000 | 0.000000",
                        "unknown | 2 | 1 | 1.000000 | 0.000000 | 1.000000");
    }

    /** Two replicas tell one GPU at different seconds; the other is divided, and one of its instances is held. */
    @Test
    void aGpuCountsOnceAndIsFreeOnlyAsAWhole() {
        String samples = """
                day        | sampled_at          | cluster | node | gpu_uuid | mig_instance | interval_s | is_allocated
                2026-03-01 | 2026-03-01 10:00:01 | c       | n    | a        |              | 60         | false
                2026-03-01 | 2026-03-01 10:00:31 | c       | n    | a        |              | 60         | false
                2026-03-01 | 2026-03-01 10:00:01 | c       | n    | b        |              | 60         |
                2026-03-01 | 2026-03-01 10:00:01 | c       | n    | b        | 1            | 60         | false
                2026-03-01 | 2026-03-01 10:00:01 | c       | n    | b        | 2            | 60         | true
                """;

        assertThat(of(samples, "cluster")
                        .derived(
                                NvlinkFragmentationHourly.JOB,
                                NvlinkFragmentationHourly.COVERED_H,
                                NvlinkFragmentationHourly.OBSERVED_GPU_HOURS,
                                NvlinkFragmentationHourly.FREE_GPU_HOURS))
                .as("a minute is 0.016667 h")
                .containsExactly("0.016667 | 0.033333 | 0.016667");
    }

    /** Four GPUs are free from 10 to 12. A job of 8 is eligible at 10:15 and starts at 11:30; one is submitted at 11:45. */
    @Test
    void gpusThatAreFreeWhileJobsWaitAreIdleWhileQueued() {
        TestInputs inputs = of(HEAD + rack("r", 4, 4, "10:00:00", 3600) + rack("r", 4, 4, "11:00:00", 3600), "cluster")
                .with(JobUsage.TABLE, Rows.of(JobUsage.TABLE, """
                        cluster | job_id | submitted_at        | started_at          | ended_at            | queue_wait_s | allocated_gpus
                        c       | 1      | 2026-03-01 09:00:00 | 2026-03-01 11:30:00 | 2026-03-02 01:00:00 | 4500         | 8
                        c       | 2      | 2026-03-01 11:45:00 |                     | 2026-03-03 00:00:00 |              | 2
                        c       | 3      | 2026-03-01 10:00:00 |                     | 2026-03-01 10:05:00 |              | 0
                        d       | 4      | 2026-03-01 10:00:00 | 2026-03-01 12:00:00 | 2026-03-01 13:00:00 |              | 1
                        """));

        assertThat(inputs.derived(
                        NvlinkFragmentationHourly.JOB,
                        NvlinkFragmentationHourly.HOUR,
                        NvlinkFragmentationHourly.FREE_GPU_HOURS,
                        NvlinkFragmentationHourly.QUEUED_H,
                        NvlinkFragmentationHourly.WAITING_GPU_HOURS,
                        NvlinkFragmentationHourly.IDLE_WHILE_QUEUED_GPU_HOURS))
                .containsExactly(
                        "2026-03-01 10:00:00.0 | 4.000000 | 0.750000 | 6.000000 | 3.000000",
                        "2026-03-01 11:00:00.0 | 4.000000 | 0.750000 | 4.500000 | 3.000000");
    }

    /** Pods wait in two of six ten-minute answers; one is bound, one runs, one asks for a MIG instance, one is told twice. */
    @Test
    void podsThatArePendingAndBoundToNoHostWait() {
        TestInputs inputs = of(HEAD + rack("r", 4, 1, "10:00:00", 3600), "cluster")
                .with(GpuRequest.TABLE, Rows.of(GpuRequest.TABLE, """
                        day        | sampled_at          | cluster | node | namespace | pod   | resource               | phase   | gpus | interval_s
                        2026-03-01 | 2026-03-01 10:10:00 | c       |      | a         | waits | nvidia.com/gpu         | Pending | 3    | 600
                        2026-03-01 | 2026-03-01 10:15:00 | c       |      | a         | waits | nvidia.com/gpu         | Pending | 3    | 600
                        2026-03-01 | 2026-03-01 10:20:00 | c       |      | a         | waits | nvidia.com/gpu         | Pending | 3    | 600
                        2026-03-01 | 2026-03-01 10:20:00 | c       |      | b         | waits | nvidia.com/gpu         | Pending | 6    | 600
                        2026-03-01 | 2026-03-01 10:30:00 | c       | n    | a         | waits | nvidia.com/gpu         | Pending | 3    | 600
                        2026-03-01 | 2026-03-01 10:40:00 | c       | n    | a         | waits | nvidia.com/gpu         | Running | 3    | 600
                        2026-03-01 | 2026-03-01 10:40:00 | c       |      | a         | slice | nvidia.com/mig-1g.10gb | Pending | 9    | 600
                        """));

        assertThat(inputs.derived(
                        NvlinkFragmentationHourly.JOB,
                        NvlinkFragmentationHourly.QUEUED_H,
                        NvlinkFragmentationHourly.WAITING_GPU_HOURS,
                        NvlinkFragmentationHourly.IDLE_WHILE_QUEUED_GPU_HOURS))
                .as("3 GPUs, then 9, each for a sixth of an hour")
                .containsExactly("0.333333 | 2.000000 | 0.333333");
    }

    @Test
    void aQueueThatNothingTellsOfIsNotEmptyButUnknown() {
        assertThat(of(HEAD + rack("r", 4, 1, "10:00:00", 3600), "cluster")
                        .derived(
                                NvlinkFragmentationHourly.JOB,
                                NvlinkFragmentationHourly.QUEUED_H,
                                NvlinkFragmentationHourly.WAITING_GPU_HOURS,
                                NvlinkFragmentationHourly.IDLE_WHILE_QUEUED_GPU_HOURS))
                .containsExactly("null | null | null");
    }

    private static TestInputs of(String samples, String clusters) {
        TestInputs inputs = TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, samples))
                .with(Cluster.TABLE, Rows.of(Cluster.TABLE, clusters));
        TestInputs instants = inputs.with(RackInstant.TABLE, inputs.derive(RackInstant.JOB));
        return instants.with(UtilisationHourly.TABLE, instants.derive(UtilisationHourly.JOB));
    }

    /** A rack of some GPUs, the first of them free. */
    private static String rack(String rack, int gpus, int free, String at, int seconds) {
        var rows = new StringBuilder();
        for (int gpu = 0; gpu < gpus; gpu++) {
            rows.append("2026-03-01 | 2026-03-01 %s | c | %s | %s-n%d | %s-g%d | %d | %b%n"
                    .formatted(at, rack, rack, gpu / 4, rack, gpu, seconds, gpu >= free));
        }
        return rows.toString();
    }

    private static String gpus(String rack, int from, int to, String state) {
        var rows = new StringBuilder();
        for (int gpu = from; gpu < to; gpu++) {
            rows.append("2026-03-01 | 2026-03-01 10:00:00 | c | %s | %s-g%d | 3600 | %s%n"
                    .formatted(rack, rack, gpu, state));
        }
        return rows.toString();
    }
}
