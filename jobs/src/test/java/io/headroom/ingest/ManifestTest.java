package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of the month to date, each run in a folder of its own with a manifest, as clouds write them. */
class ManifestTest {

    private static final String AWS = """
            name: aws
            extends: cost/focus_1_0_csv
            files: aws/*/data/**/*.csv
            identity:
              slice: [billing_account_id, billing_period_start]
              manifest: aws/*/metadata/**/*-Manifest.json
            """;
    private static final String AZURE = """
            name: azure
            extends: cost/focus_1_0_csv
            files: azure/**/part_*.csv
            identity: {slice: [billing_account_id, billing_period_start], manifest: azure/**/manifest.json}
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void eachRunOfAnExportReplacesTheOneBefore() {
        aws("run-1", 1, "1");
        aws("run-1", 2, "2");
        awsManifest("run-1", 2);
        lake.ingest(AWS);
        assertThat(total()).containsExactly("3");

        aws("run-2", 1, "10");
        aws("run-2", 2, "20");
        lake.ingest(AWS);
        assertThat(total()).as("no manifest yet").containsExactly("3");
        awsManifest("run-2", 2);
        lake.ingest(AWS);

        assertThat(total()).containsExactly("30");
        assertThat(lake.sql("SELECT count(*) FROM cost")).containsExactly("2");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aRunOfWhichAPartIsNotThereWaitsAndSaysSoByName() {
        aws("run-1", 1, "1");
        awsManifest("run-1", 1);
        lake.ingest(AWS);
        aws("run-2", 1, "10");
        awsManifest("run-2", 2);

        lake.ingest(AWS);

        assertThat(total()).containsExactly("1");
        assertThat(lake.sql("SELECT path FROM delivery"))
                .containsExactly("aws/export/data/BILLING_PERIOD=2026-03/run-1/export-00001.csv");
        assertThat(lake.messages())
                .contains("aws: 1 files wait, because"
                        + " aws/export/metadata/BILLING_PERIOD=2026-03/run-2/export-Manifest.json lists"
                        + " s3://bucket/prefix/export/data/BILLING_PERIOD=2026-03/run-2/export-00002.csv,"
                        + " which is not there");
        aws("run-2", 2, "20");
        lake.ingest(AWS);
        assertThat(total()).containsExactly("30");
    }

    @Test
    void blobsOfAzure() {
        lake.deliver("azure/20260301-20260331/run-a/part_0_0001.csv", Bills.of("2026-03", "1"));
        lake.deliver("azure/20260301-20260331/run-b/part_0_0001.csv", Bills.of("2026-03", "7"));
        lake.ingest(AZURE);
        assertThat(total()).containsExactly("null");
        assertThat(lake.messages())
                .contains("azure: azure/20260301-20260331/run-a/part_0_0001.csv waits for a manifest that lists it,"
                        + " and so do 1 others");
        azureManifest("run-a");
        lake.ingest(AZURE);
        assertThat(total()).containsExactly("1");
        azureManifest("run-b");
        lake.ingest(AZURE);
        assertThat(total()).containsExactly("7");
    }

    @Test
    void aManifestThatCannotBeReadLeavesItsFilesWaiting() {
        aws("run-1", 1, "1");
        lake.deliver("aws/export/metadata/BILLING_PERIOD=2026-03/run-1/export-Manifest.json", "{\"dataFiles\": [");

        lake.ingest(AWS);

        assertThat(total()).containsExactly("null");
        assertThat(lake.messages())
                .anyMatch(message -> message.startsWith("aws: the manifest"
                        + " aws/export/metadata/BILLING_PERIOD=2026-03/run-1/export-Manifest.json cannot be read"));
    }

    @Test
    void aPartThatTheManifestOfItsFolderListsNoLongerCountsNoLonger() {
        aws("run-1", 1, "1");
        aws("run-1", 2, "2");
        awsManifest("run-1", 2);
        lake.ingest(AWS);
        aws("run-1", 1, "10");
        awsManifest("run-1", 1);
        lake.ingest(AWS);

        assertThat(total()).as("part 2 still lies there").containsExactly("10");
        assertThat(lake.brokenEquations()).isEmpty();
        aws("run-1", 1, "11");
        lake.ingest(AWS);
        assertThat(total()).containsExactly("11");
        awsManifest("run-1", 2);
        lake.ingest(AWS);
        assertThat(total()).as("listed again").containsExactly("13");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    private List<String> total() {
        return lake.sql("SELECT CAST(sum(billed_cost) AS INT) FROM cost");
    }

    private void aws(String run, int part, String cost) {
        lake.deliver(
                "aws/export/data/BILLING_PERIOD=2026-03/%s/export-%05d.csv".formatted(run, part),
                Bills.of("2026-03", cost));
    }

    private void awsManifest(String run, int parts) {
        StringBuilder files = new StringBuilder();
        for (int part = 1; part <= parts; part++) {
            files.append(part == 1 ? "" : ", ")
                    .append("\"s3://bucket/prefix/export/data/BILLING_PERIOD=2026-03/%s/export-%05d.csv\""
                            .formatted(run, part));
        }
        lake.deliver(
                "aws/export/metadata/BILLING_PERIOD=2026-03/%s/export-Manifest.json".formatted(run),
                "{\"executionId\": \"%s\", \"columns\": [], \"dataFiles\": [%s]}".formatted(run, files));
    }

    private void azureManifest(String run) {
        lake.deliver(
                "azure/20260301-20260331/%s/manifest.json".formatted(run),
                "{\"manifestVersion\": \"2024-04-01\", \"blobCount\": 1, \"blobs\": [{\"blobName\":"
                        + " \"exports/focus/20260301-20260331/%s/part_0_0001.csv\", \"byteCount\": 1}]}"
                                .formatted(run));
    }
}
