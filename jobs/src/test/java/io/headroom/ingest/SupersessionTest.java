package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersessionTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aNewerDeliveryOfABillReplacesTheWholeSliceWhateverItsPath() {
        lake.deliver(
                "bills/one.csv",
                Bills.of("2026-01", "1.5", "2.5") + Bills.of("2026-02", "7").substring(Bills.HEADER.length()));
        lake.ingest(Bills.SOURCE);
        lake.deliver("bills/two.csv", Bills.of("2026-01", "4"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 7", "bills/two.csv | 4");
        assertThat(lake.sql("SELECT path, accepted_rows, superseded_rows FROM delivery"))
                .containsExactly("bills/one.csv | 3 | 2", "bills/two.csv | 1 | 0");
    }

    @Test
    void anIncompleteDeliveryOfABillWaitsForACompleteOne() {
        lake.deliver("bills/one.csv", Bills.of("2026-01", "1", "2"));
        lake.ingest(Bills.SOURCE);
        lake.deliver("bills/two.csv", Bills.of("2026-01", "4", "not money"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 1", "bills/one.csv | 2");
        assertThat(lake.sql("SELECT path, accepted_rows, superseded_rows, superseded_by FROM delivery"))
                .containsExactly("bills/one.csv | 2 | 0 | []", "bills/two.csv | 1 | 1 | [bills/one.csv]");
    }

    @Test
    void aSliceComesBackWhenWhatSupersededItIsRestatedWithoutIt() {
        lake.deliver("bills/one.csv", Bills.of("2026-01", "1"));
        lake.ingest(Bills.SOURCE);
        lake.deliver("bills/two.csv", Bills.of("2026-01", "2"));
        lake.ingest(Bills.SOURCE);
        lake.deliver("bills/two.csv", Bills.of("2026-02", "2"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost"))
                .containsExactly("bills/one.csv | 1", "bills/two.csv | 2");
    }

    @Test
    void aBillThatIsRevertedSaysWhatItSaidFirst() {
        lake.deliver("bills/one.csv", Bills.of("2026-01", "1"));
        lake.deliver("bills/two.csv", Bills.of("2026-01", "2"));
        lake.deliver("bills/three.csv", Bills.of("2026-01", "1"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT path, CAST(billed_cost AS INT) FROM cost")).containsExactly("bills/three.csv | 1");
    }

    @Test
    void aBillInPartsIsOneDeliveryWhereItsSourceSaysSo() {
        String parts = Bills.SOURCE.replace("bills/*.csv", "bills/**/*.csv")
                + "identity: {slice: [billing_account_id, billing_period_start], delivery: folder}\n";
        lake.deliver("bills/1/part-1.csv", Bills.of("2026-01", "10"));
        lake.deliver("bills/1/part-2.csv", Bills.of("2026-01", "20"));
        lake.ingest(parts);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("30");
        lake.deliver("bills/1/part-3.csv", Bills.of("2026-01", "40"));
        lake.ingest(parts);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("70");
        lake.deliver("bills/2/part-1.csv", Bills.of("2026-01", "5"));

        List<SourceSummary> summaries = lake.ingest(parts);

        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("5");
        assertThat(lake.sql("SELECT superseded_by FROM delivery WHERE superseded_rows > 0"))
                .containsExactly("[bills/2/part-1.csv]", "[bills/2/part-1.csv]", "[bills/2/part-1.csv]");
        assertThat(summaries).allMatch(summary -> summary.accepted() == 1);
    }
}
