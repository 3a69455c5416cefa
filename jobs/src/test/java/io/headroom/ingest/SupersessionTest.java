package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersessionTest {

    private static final String PARTS = Bills.SOURCE.replace("bills/*.csv", "bills/**/*.csv")
            + "identity: {slice: [billing_account_id, billing_period_start], delivery: folder}\n";

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
        lake.deliver("bills/1/part-1.csv", Bills.of("2026-01", "10"));
        lake.deliver("bills/1/part-2.csv", Bills.of("2026-01", "20"));
        lake.ingest(PARTS);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("30");
        lake.deliver("bills/1/part-3.csv", Bills.of("2026-01", "40"));
        lake.ingest(PARTS);
        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("70");
        lake.deliver("bills/2/part-1.csv", Bills.of("2026-01", "5"));

        List<SourceSummary> summaries = lake.ingest(PARTS);

        assertThat(lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost")).containsExactly("5");
        assertThat(lake.sql("SELECT superseded_by FROM delivery WHERE superseded_rows > 0"))
                .containsExactly("[bills/2/part-1.csv]", "[bills/2/part-1.csv]", "[bills/2/part-1.csv]");
        assertThat(summaries).allMatch(summary -> summary.accepted() == 1);
    }

    @Test
    void aBillOfWhichAPartCannotBeReadWaitsAsAWhole() {
        lake.deliver("bills/1/part-1.csv", Bills.of("2026-01", "10"));
        lake.deliver("bills/1/part-2.csv", Bills.of("2026-01", "20"));
        lake.ingest(PARTS);
        lake.deliver("bills/2/part-1.csv", Bills.of("2026-01", "100"));
        lake.deliver("bills/2/part-2.csv", "");
        lake.ingest(PARTS);

        assertThat(total()).containsExactly("30");
        assertThat(lake.brokenEquations()).isEmpty();
        lake.deliver("bills/2/part-2.csv", Bills.of("2026-01", "200"));
        lake.ingest(PARTS);
        assertThat(total()).containsExactly("300");
        assertThat(lake.brokenEquations()).isEmpty();
        lake.deliver("bills/2/part-1.csv", "");
        lake.ingest(PARTS);
        assertThat(total()).as("what it said before").containsExactly("300");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aBillWrittenAnewInItsFolderLeavesNothingOfItsFormerParts() throws IOException {
        lake.deliver("bills/march/a.csv", Bills.of("2026-01", "10"));
        lake.deliver("bills/march/b.csv", Bills.of("2026-01", "20"));
        lake.ingest(PARTS);
        remove("bills/march/a.csv", "bills/march/b.csv");
        lake.ingest(PARTS);
        assertThat(total()).as("nothing new there").containsExactly("30");

        lake.deliver("bills/march/c.csv", Bills.of("2026-01", "5"));
        lake.deliver("bills/march/d.csv", Bills.of("2026-01", "6"));
        lake.ingest(PARTS);

        assertThat(total()).containsExactly("11");
        assertThat(lake.sql("SELECT path, superseded_rows, superseded_by FROM delivery WHERE superseded_rows > 0"))
                .containsExactly(
                        "bills/march/a.csv | 1 | [bills/march/d.csv]", "bills/march/b.csv | 1 | [bills/march/d.csv]");
        assertThat(lake.brokenEquations()).isEmpty();
        remove("bills/march/c.csv", "bills/march/d.csv");
        lake.deliver("bills/march/a.csv", Bills.of("2026-01", "10"));
        lake.ingest(PARTS);
        assertThat(total()).as("as it was first").containsExactly("10");
        Map<String, Long> versions = lake.versions();
        lake.ingest(PARTS);
        assertThat(lake.versions()).isEqualTo(versions);
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aBillWrittenAnewOfWhichAPartCannotBeReadLeavesTheFormerOne() throws IOException {
        lake.deliver("bills/march/a.csv", Bills.of("2026-01", "10"));
        lake.ingest(PARTS);
        remove("bills/march/a.csv");
        lake.deliver("bills/march/b.csv", Bills.of("2026-01", "1"));
        lake.deliver("bills/march/c.csv", "");
        lake.ingest(PARTS);

        assertThat(total()).containsExactly("10");
        Map<String, Long> versions = lake.versions();
        lake.ingest(PARTS);
        assertThat(lake.versions()).isEqualTo(versions);
        lake.deliver("bills/march/c.csv", Bills.of("2026-01", "2"));
        lake.ingest(PARTS);
        assertThat(total()).containsExactly("3");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void filesThatComeTogetherIntoOneFolderAreLikelyPartsOfOneBill() {
        lake.deliver("bills/part-1.csv", Bills.of("2026-01", "10"));
        lake.deliver("bills/part-2.csv", Bills.of("2026-01", "20"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.messages())
                .contains(
                        "bills: bills/part-2.csv counts in place of bills/part-1.csv, which came with it into the same"
                                + " folder: the newest delivery of a slice replaces others whole. If they are parts of one export,"
                                + " set delivery: folder for exports in parts.");
        int before = lake.messages().size();
        lake.deliver("bills/part-3.csv", Bills.of("2026-01", "30"));
        lake.ingest(Bills.SOURCE);
        assertThat(lake.messages().subList(before, lake.messages().size()))
                .as("one that comes later is a newer bill")
                .noneMatch(message -> message.contains("delivery: folder"));
    }

    @Test
    void invoicesOfOneMonthStandBesideEachOther() {
        String header =
                "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,InvoiceDetailId,"
                        + "InvoiceId,InvoiceIssuerName\n";
        String detail = "%s,acc,USD,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,d1,%s,AWS\n";
        String source = "name: invoices\nextends: invoice/focus_1_4_csv\nfiles: invoices/*.csv\n";
        lake.deliver("invoices/1.csv", header + detail.formatted("10", "i1"));
        lake.ingest(source);
        lake.deliver("invoices/2.csv", header + detail.formatted("20", "i2"));
        lake.ingest(source);
        lake.deliver("invoices/1-corrected.csv", header + detail.formatted("11", "i1"));
        lake.ingest(source);

        assertThat(lake.sql("SELECT invoice_id, CAST(billed_cost AS INT) FROM invoice"))
                .containsExactly("i1 | 11", "i2 | 20");
    }

    private List<String> total() {
        return lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost");
    }

    private void remove(String... paths) throws IOException {
        for (String path : paths) {
            Files.delete(lake.landing().resolve(path));
        }
    }
}
