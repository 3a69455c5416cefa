package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aCopyUnderAnotherPathIsAllDuplicates() {
        String content = Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n";
        lake.deliver("meters/a.csv", content);
        lake.ingest(Meters.SOURCE);
        lake.deliver("meters/copy.csv", content);

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1.0 | meters/a.csv");
        assertThat(lake.sql("SELECT path, received_rows, duplicate_rows FROM delivery"))
                .containsExactly("meters/a.csv | 1 | 0", "meters/copy.csv | 1 | 1");
    }

    @Test
    void aRenamedOrSecondSourceAddsNoRowTwice() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(Meters.SOURCE);
        String renamed = Meters.SOURCE.replace("name: meters", "name: power_meters");
        lake.deliver("meters/b.csv", Meters.HEADER + "m2,2026-03-01T00:00:00Z,rack,2\n");

        lake.ingest(renamed, Meters.SOURCE);

        assertThat(lake.sql("SELECT meter_id, power_w FROM power_sample")).containsExactly("m1 | 1.0", "m2 | 2.0");
        assertThat(lake.sql("SELECT sum(accepted_rows), sum(duplicate_rows) FROM delivery"))
                .containsExactly("2 | 2");
    }

    @Test
    void keysThatDifferByWhereTheirNullsStandAreTwoKeys() {
        String columns = "cluster,model,started_at,ended_at,request_count,uncached_input_tokens,output_tokens,"
                + "provider,region,workload,team\n";
        String usage = "c,m,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,1,1,p,r,";
        lake.deliver("tokens/a.csv", columns + usage + "research,\n" + usage + ",research\n");

        lake.ingest("name: tokens\nextends: token_usage/plain_csv\nfiles: tokens/*\n");

        assertThat(lake.sql("SELECT workload, team FROM token_usage"))
                .containsExactly("null | research", "research | null");
    }

    @Test
    void equalFilesOfTwoHostsAreTwoHosts() {
        String log = "Time,07-17-2024 00:00:01.000,Watts,100\n";
        lake.deliver("host1/spl.txt", log);
        lake.deliver("host2/spl.txt", log);

        lake.ingest("name: spl\nextends: power_sample/mlperf_power_log\nfiles: '*/spl.txt'\n");

        assertThat(lake.sql("SELECT meter_id, power_w FROM power_sample"))
                .containsExactly("host1 | 100.0", "host2 | 100.0");
    }

    @Test
    void equalLinesOfABillAreTwoLines() {
        lake.deliver("bills/one.csv", Bills.of("2026-01", "1.000000000000000001", "1.000000000000000001"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS STRING) FROM cost"))
                .containsExactly("2.000000000000000002");
    }
}
