package io.headroom.mart.rack_instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class RackInstantMigTest {

    @Test
    void aGpuOfSevenMigInstancesIsOneGpuAndItsPowerCountsOnce() {
        var drawing = new StringBuilder("""
                day        | sampled_at          | cluster | rack | gpu_uuid | mig_instance | interval_s | workload  | is_allocated | sm_active | power_w
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | whole    |              | 60         | inference | true         | 1         | 500
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | divided  |              | 60         | inference | true         | 1         | 700
                """);
        for (int instance = 1; instance <= 7; instance++) {
            drawing.append("2026-03-01 | 2026-03-01 10:00:00 | c | r | divided | %d | 60 | %s | %s | 0.7 | 690%n"
                    .formatted(instance, instance <= 3 ? "inference" : "", instance <= 3));
        }

        // Of the divided GPU 3 parts in 7 infer and 4 are free, of 60 s and of 700 W, as the whole tells.
        assertThat(derived(
                        drawing.toString(),
                        RackInstant.WORKLOAD,
                        RackInstant.GPU_SAMPLES,
                        RackInstant.GPU_SECONDS,
                        RackInstant.ALLOCATED_GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J,
                        RackInstant.POWER_REPORTING_GPU_SECONDS))
                .containsExactly(
                        "null | 4 | 34.285714 | 0.0 | 24.0 | 24000.0 | 34.285714",
                        "inference | 5 | 85.714286 | 85.714286 | 78.0 | 48000.0 | 85.714286");
    }

    @Test
    void anInstanceIsThePartThatItsComputeSlicesAre() {
        // 3 + 2 + 2 slices. By the time that they stand for: 3/7 at 0.7, 2/7 at 0.35, 2/7 idle.
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | mig_instance | mig_profile | interval_s | sm_active | workload | power_w | energy_counter_j
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 1            | 3g.40gb     | 70         | 0.7       | training | 600     | 1000
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 2            | 1c.2g.20gb  | 70         | 0.35      | batch    | 600     | 1000
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 3            | 2g.20gb+me  | 70         | 0         |          | 600     | 1000
                2026-03-01 | 2026-03-01 10:01:10 | c       | r    | g        | 1            | 3g.40gb     | 70         |           | training |         | 36000
                2026-03-01 | 2026-03-01 10:01:10 | c       | r    | g        | 2            | 1c.2g.20gb  | 70         |           | batch    |         | 36000
                2026-03-01 | 2026-03-01 10:01:10 | c       | r    | g        | 3            | 2g.20gb+me  | 70         |           |          |         | 36000
                """,
                        RackInstant.INSTANT,
                        RackInstant.WORKLOAD,
                        RackInstant.GPU_SECONDS,
                        RackInstant.SM_ACTIVE_GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J,
                        RackInstant.COUNTER_GPU_SECONDS))
                .as("the counter's 35 kJ are shared; nothing tells the energy of the second interval")
                .filteredOn(row -> row.startsWith("2026-03-01 10:00:00") || row.startsWith("2026-03-01 10:01:10"))
                .containsExactly(
                        "2026-03-01 10:00:00.0 | null | 20.0 | 0.0 | 10000.0 | 20.0",
                        "2026-03-01 10:00:00.0 | batch | 20.0 | 7.0 | 10000.0 | 20.0",
                        "2026-03-01 10:00:00.0 | training | 30.0 | 21.0 | 15000.0 | 30.0",
                        "2026-03-01 10:01:10.0 | null | 20.0 | null | null | null",
                        "2026-03-01 10:01:10.0 | batch | 20.0 | null | null | null",
                        "2026-03-01 10:01:10.0 | training | 30.0 | null | null | null");
    }

    @Test
    void aResetOfADividedGpuIsOneReset() {
        assertThat(derived(
                        """
                day        | sampled_at          | cluster | rack | gpu_uuid | mig_instance | mig_profile | interval_s | energy_counter_j
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 1            | 4g.40gb     | 60         | 1000
                2026-03-01 | 2026-03-01 10:00:00 | c       | r    | g        | 2            | 3g.40gb     | 60         | 1000
                2026-03-01 | 2026-03-01 10:01:00 | c       | r    | g        | 1            | 4g.40gb     | 60         | 10
                2026-03-01 | 2026-03-01 10:01:00 | c       | r    | g        | 2            | 3g.40gb     | 60         | 10
                """,
                        RackInstant.INSTANT,
                        RackInstant.GPU_SECONDS,
                        RackInstant.GPU_ENERGY_J,
                        RackInstant.ENERGY_COUNTER_RESETS))
                .containsExactly("2026-03-01 10:00:00.0 | 60.0 | null | 1", "2026-03-01 10:01:00.0 | 60.0 | null | 0");
    }

    @Test
    void instancesScrapedOneAfterAnotherAreOneGpu() {
        var drawing = new StringBuilder("day | sampled_at | cluster | rack | gpu_uuid | mig_instance | interval_s\n");
        for (int instance = 1; instance <= 7; instance++) {
            drawing.append("2026-03-01 | 2026-03-01 10:00:0%1$d | c | r | g | %1$d | 60%n".formatted(instance));
        }

        assertThat(derived(drawing.toString(), RackInstant.INSTANT, RackInstant.GPU_SECONDS))
                .as("59 + 58 + ... + 53 and 1 + 2 + ... + 7 sevenths of a second")
                .containsExactly("2026-03-01 10:00:00.0 | 56.0", "2026-03-01 10:01:00.0 | 4.0");
    }

    /**
     * 72 GPUs at 500 W, scraped each minute by two replicas 30 s apart, for 10 minutes from midnight to be whole at the start:
     * GPU 1 is divided, GPU 2 has its driver loaded again, GPU 3 idles at 1 %, GPU 4 is shared by pods, which is one row.
     */
    @Test
    void anNvl72RackOfDividedResetIdleAndSharedGpusAddsUp() {
        var drawing = new StringBuilder(
                "day | sampled_at | cluster | rack | gpu_uuid | mig_instance | mig_profile | interval_s"
                        + " | is_allocated | sm_active | power_w | energy_counter_j\n");
        for (int half = 0; half < 20; half++) {
            String at = "2026-03-01 | 2026-03-01 00:%02d:%02d | c | r | ".formatted(half / 2, half % 2 * 30);
            for (int gpu = 1; gpu <= 72; gpu++) {
                int counter = gpu == 2 && half >= 10 ? (half - 10) * 15_000 : 1_000_000 + half * 15_000;
                String sm = gpu == 3 ? "0.01" : "0.5";
                if (gpu == 1) {
                    drawing.append(at + "g1 | 1 | 4g.40gb | 60 | true | 0.7 | 500 | %d%n".formatted(counter));
                    drawing.append(at + "g1 | 2 | 3g.40gb | 60 | false | 0 | 500 | %d%n".formatted(counter));
                } else {
                    drawing.append(at + "g%d | | | 60 | true | %s | 500 | %d%n".formatted(gpu, sm, counter));
                }
            }
        }

        // 72 GPUs for 10 minutes, and the last sample, at 9:30, stands until 10:30. In the tenth minute the counter
        // tells its
        // first half, watts the other. From 4:30 to 5:00 the counter of GPU 2 fell: watts tell that too.
        // SM activity: 70 GPUs at 0.5, 4/7 of one at 0.7, one at 0.01 is 35.41 GPUs; allocated are 71 + 4/7.
        List<String> slots = derived(
                drawing.toString(),
                RackInstant.INSTANT,
                RackInstant.GPU_SAMPLES,
                RackInstant.GPU_SECONDS,
                RackInstant.ALLOCATED_GPU_SECONDS,
                RackInstant.SM_ACTIVE_GPU_SECONDS,
                RackInstant.GPU_ENERGY_J,
                RackInstant.COUNTER_GPU_SECONDS,
                RackInstant.ENERGY_COUNTER_RESETS);
        assertThat(slots).hasSize(11);
        assertThat(slots.subList(0, 9)).satisfies(whole -> {
            assertThat(whole.get(0))
                    .isEqualTo("2026-03-01 00:00:00.0 | 146 | 4320.0 | 4294.285714 | 2124.6 | 2160000.0 | 4320.0 | 0");
            assertThat(whole.get(4))
                    .isEqualTo("2026-03-01 00:04:00.0 | 146 | 4320.0 | 4294.285714 | 2124.6 | 2160000.0 | 4290.0 | 1");
        });
        assertThat(slots.get(9))
                .isEqualTo("2026-03-01 00:09:00.0 | 146 | 4320.0 | 4294.285714 | 2124.6 | 2160000.0 | 2160.0 | 0");
        assertThat(slots.get(10))
                .isEqualTo("2026-03-01 00:10:00.0 | 0 | 2160.0 | 2147.142857 | 1062.3 | 1080000.0 | null | 0");
    }

    private static List<String> derived(String samples, Field... columns) {
        return TestInputs.NONE
                .with(GpuSample.TABLE, Rows.of(GpuSample.TABLE, samples))
                .derived(RackInstant.JOB, columns);
    }
}
