package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of large files only what the SELECT reads is kept while they are judged. */
class LargeFileTest {

    private static final String SOURCE = """
            name: dcgm
            extends: gpu_sample/dcgm_exporter
            files: '*.prom'
            set: {cluster: c1}
            """;
    private static final String LABELS =
            "{gpu=\"0\",UUID=\"GPU-%s\",Hostname=\"n1\",modelName=\"NVIDIA H100 80GB HBM3\"}";
    private static final int OTHERS = 12_000;

    @TempDir
    Path folder;

    @Test
    void saysTheSameAsASmallOne() {
        String told =
                "DCGM_FI_DEV_GPU_UTIL%s 87\nDCGM_FI_DEV_POWER_USAGE%s 512.5\nno sample\nDCGM_FI_DEV_GPU_UTIL%s -5\n"
                        .formatted(LABELS.formatted("a"), LABELS.formatted("a"), LABELS.formatted("b"));
        String other = "DCGM_FI_DEV_SM_CLOCK{gpu=\"0\",UUID=\"GPU-a\",note=\"%s\"} 1980\n".formatted("x".repeat(300));
        LakeFixture small = ingested("small", told + other);
        LakeFixture large = ingested("large", told + other.repeat(OTHERS));

        for (String query : new String[] {
            "SELECT sampled_at, cluster, node, gpu_uuid, accelerator, gpu_util, power_w FROM gpu_sample",
            "SELECT line, raw, reasons FROM rejected",
            "SELECT read_records - skipped_records, used_records, accepted_rows, rejected_rows, problem FROM delivery"
        }) {
            assertThat(large.sql(query)).as(query).isNotEmpty().isEqualTo(small.sql(query));
        }
        assertThat(large.sql("SELECT skipped_records FROM delivery")).containsExactly(String.valueOf(OTHERS));
        assertThat(large.sql("SELECT gpu_util, power_w FROM gpu_sample")).containsExactly("0.87 | 512.5");
    }

    private LakeFixture ingested(String name, String content) {
        var lake = new LakeFixture(folder.resolve(name));
        lake.deliver("n1.prom", content);
        lake.ingest(SOURCE);
        return lake;
    }
}
