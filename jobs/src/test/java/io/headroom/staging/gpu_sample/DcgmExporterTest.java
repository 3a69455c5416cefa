package io.headroom.staging.gpu_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes of dcgm-exporter as its releases write them. */
class DcgmExporterTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String SOURCE = """
            name: dcgm
            extends: gpu_sample/%s
            files: '**'
            set: {cluster: c1, provider: p1}
            """;

    private static final String TEXT = SOURCE.formatted("dcgm_exporter");

    private static final Case RELEASE_4_5 = CASES.of(TEXT).deliver("n1.prom", """
                # HELP DCGM_FI_DEV_SM_CLOCK SM clock frequency (in MHz).
                # TYPE DCGM_FI_DEV_SM_CLOCK gauge
                DCGM_FI_DEV_SM_CLOCK{gpu="0",UUID="GPU-1a",pci_bus_id="00000000:29:00.0",device="nvidia0",modelName="NVIDIA H100 80GB HBM3",Hostname="n1",DCGM_FI_DRIVER_VERSION="580.126.20"} 1980
                # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
                # TYPE DCGM_FI_DEV_POWER_USAGE gauge
                DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-1a",pci_bus_id="00000000:29:00.0",device="nvidia0",modelName="NVIDIA H100 80GB HBM3",Hostname="n1",DCGM_FI_DRIVER_VERSION="580.126.20"} 512.250000
                DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 2147483640
                DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 87
                DCGM_FI_PROF_SM_ACTIVE{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 0.412300
                DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 0.200000
                DCGM_FI_PROF_DRAM_ACTIVE{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 0.300000
                DCGM_FI_DEV_ENFORCED_POWER_LIMIT{gpu="0",UUID="GPU-1a",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"} 700.000000
                """);

    @Test
    void aScrapeOfRelease4_5() {
        // Delivered a minute past midnight, which is its instant; 2,147,483,640 mJ is an amount of energy, not a blank.
        assertThat(RELEASE_4_5.sql(
                        "SELECT sampled_at, provider, cluster, node, gpu_uuid, mig_instance, accelerator, interval_s,"
                                + " is_healthy, is_allocated, gpu_util, sm_active, tensor_active, dram_active, power_w,"
                                + " energy_counter_j, power_limit_w FROM gpu_sample"))
                .containsExactly(
                        "2026-03-01 00:01:00.0 | p1 | c1 | n1 | GPU-1a | null | H100 | 60.0 | null | null | 0.87"
                                + " | 0.4123 | 0.2 | 0.3 | 512.25 | 2147483.64 | 700.0");
        assertThat(delivery(RELEASE_4_5, "read_records, to_json(skipped), unparsable_records"))
                .containsExactly("8 | {\"other metric\":1} | 0");
        assertThat(quirks(RELEASE_4_5))
                .containsExactly("DCGM_FI_DEV_GPU_UTIL read as percent | 1", "timed by its file | 1");
    }

    private static final Case ONE_PERCENT = CASES.of(TEXT)
            .deliver(
                    "n1.prom",
                    util("DCGM_FI_DEV_GPU_UTIL", "GPU-2a", "1") + util("DCGM_FI_DEV_GPU_UTIL", "GPU-2b", "0"))
            .deliver("n2.prom", ratioOfOneAndZero("GPU-2c", "GPU-2d"));

    @Test
    void anIdleGpuAtOnePercentIsNotReadAsAHundred() {
        assertThat(utils(ONE_PERCENT))
                .containsExactly("GPU-2a | 0.01", "GPU-2b | 0.0", "GPU-2c | null", "GPU-2d | null");
    }

    private static final Case UNKNOWN_SCALE = CASES.of(TEXT)
            .deliver("ones.prom", ratioOfOneAndZero("GPU-3c", "GPU-3d"))
            // A response of Prometheus over hosts of both releases: 97 is no share, and 0.5 is no whole percent.
            .deliver(
                    "both.prom",
                    util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-3e", "97")
                            + util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-3f", "0.5"))
            .deliver(
                    "both_by_joules.prom",
                    util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-3g", "97")
                            + util("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", "GPU-3h", "5"))
            .deliver("idle.prom", util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-3i", "0"));

    @Test
    void theNewNameIsLeftOutWhereNothingTellsItsScale() {
        assertThat(utils(UNKNOWN_SCALE))
                .as("nothing is nothing on any scale")
                .containsExactly(
                        "GPU-3c | null",
                        "GPU-3d | null",
                        "GPU-3e | null",
                        "GPU-3f | null",
                        "GPU-3g | null",
                        "GPU-3h | null",
                        "GPU-3i | 0.0");
        assertThat(UNKNOWN_SCALE.sql(
                        "SELECT path, quirks['DCGM_FI_DEV_GPU_UTIL_RATIO of unknown scale, left out'] FROM delivery"))
                .containsExactly("both.prom | 2", "both_by_joules.prom | 1", "idle.prom | null", "ones.prom | 2");
        assertThat(quirks(UNKNOWN_SCALE)).noneMatch(quirk -> quirk.contains("read as"));
    }

    private static final Case NEW_NAME = CASES.of(TEXT)
            // DCGM 4.6: field 203, whole percents.
            .deliver(
                    "dcgm_4_6.prom",
                    util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-4a", "1")
                            + util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-4b", "97"))
            // DCGM 4.7: field 1613, a double of the exporter's six decimals.
            .deliver(
                    "dcgm_4_7.prom",
                    util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-4c", "1.000000")
                            + util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-4d", "0.010000"))
            // The same through Prometheus, which writes no decimals of whole numbers, beside a field that is new in
            // 4.7.
            .deliver(
                    "dcgm_4_7_whole.prom",
                    util("DCGM_FI_DEV_GPU_UTIL_RATIO", "GPU-4e", "1")
                            + util("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", "GPU-4e", "5"));

    @Test
    void theNewNameIsPercentOrShareByAllValuesOfAFile() {
        assertThat(utils(NEW_NAME))
                .containsExactly("GPU-4a | 0.01", "GPU-4b | 0.97", "GPU-4c | 1.0", "GPU-4d | 0.01", "GPU-4e | 1.0");
        assertThat(NEW_NAME.sql("SELECT path, quirks['DCGM_FI_DEV_GPU_UTIL_RATIO read as percent'],"
                        + " quirks['DCGM_FI_DEV_GPU_UTIL_RATIO read as share'],"
                        + " quirks['renamed field DCGM_FI_DEV_GPU_UTIL_RATIO'] FROM delivery"))
                .containsExactly(
                        "dcgm_4_6.prom | 2 | null | 2",
                        "dcgm_4_7.prom | null | 2 | 2",
                        "dcgm_4_7_whole.prom | null | 1 | 1");
        assertThat(NEW_NAME.sql("SELECT energy_counter_j FROM gpu_sample WHERE gpu_uuid = 'GPU-4e'"))
                .containsExactly("5.0");
    }

    private static final Case SAID_SCALE = CASES.of(
                    TEXT.replace("'**'", "'a/*'") + "parameters: {gpu_util_scale: ratio}\n",
                    TEXT.replace("name: dcgm", "name: old")
                                    .replace("'**'", "'b/*'")
                                    .replace("c1", "c2") + "parameters: {gpu_util_scale: percent}\n")
            .deliver("a/n1.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-5a", "1") + ratioOfOneAndZero("GPU-5c", "GPU-5d"))
            .deliver("b/n1.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-5b", "1") + ratioOfOneAndZero("GPU-5c", "GPU-5d"));

    @Test
    void aSourceMaySayTheScale() {
        assertThat(SAID_SCALE.sql("SELECT cluster, gpu_uuid, gpu_util FROM gpu_sample"))
                .containsExactly(
                        "c1 | GPU-5a | 1.0",
                        "c1 | GPU-5c | 1.0",
                        "c1 | GPU-5d | 0.0",
                        "c2 | GPU-5b | 0.01",
                        "c2 | GPU-5c | 0.01",
                        "c2 | GPU-5d | 0.0");
        assertThat(quirks(SAID_SCALE))
                .contains(
                        "DCGM_FI_DEV_GPU_UTIL read as percent | 1",
                        "DCGM_FI_DEV_GPU_UTIL read as share | 1",
                        "DCGM_FI_DEV_GPU_UTIL_RATIO read as percent | 2",
                        "DCGM_FI_DEV_GPU_UTIL_RATIO read as share | 2");
    }

    @Test
    void aScaleThatIsNoneRefusesTheFile(@TempDir Path folder) {
        var lake = new LakeFixture(folder);
        lake.deliver("n1.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-a", "1"));

        lake.ingest(TEXT + "parameters: {gpu_util_scale: '100'}\n");

        assertThat(lake.sql(
                        "SELECT problem LIKE '%gpu_util_scale is neither auto nor percent nor ratio%' FROM delivery"))
                .containsExactly("true");
    }

    private static final Case BLANKS = CASES.of(TEXT)
            .deliver(
                    "n1.prom",
                    util("DCGM_FI_DEV_GPU_UTIL", "GPU-7a", "9223372036854775794")
                            + util("DCGM_FI_DEV_POWER_USAGE", "GPU-7a", "140737488355330.000000")
                            + util("DCGM_FI_PROF_SM_ACTIVE", "GPU-7a", "NaN")
                            + util("DCGM_FI_PROF_DRAM_ACTIVE", "GPU-7a", "0")
                            + util("DCGM_FI_DEV_ENFORCED_POWER_LIMIT", "GPU-7a", "2147483634")
                            + util("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "GPU-7a", "9.223372036854776e+18"));

    @Test
    void whatDcgmLeavesBlankIsMissingAndCounted() {
        assertThat(
                        BLANKS.sql(
                                "SELECT gpu_util, power_w, sm_active, dram_active, power_limit_w, energy_counter_j FROM gpu_sample"))
                .containsExactly("null | null | null | 0.0 | null | null");
        assertThat(quirks(BLANKS))
                .containsExactly(
                        "blank DCGM_FI_DEV_ENFORCED_POWER_LIMIT | 1",
                        "blank DCGM_FI_DEV_GPU_UTIL | 1",
                        "blank DCGM_FI_DEV_POWER_USAGE | 1",
                        "blank DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION | 1",
                        "blank DCGM_FI_PROF_SM_ACTIVE | 1",
                        "timed by its file | 1");
    }

    private static final Case HOLDERS = CASES.of(TEXT)
            // An exporter that maps pods writes empty labels, or none, where no pod holds a GPU.
            .deliver(
                    "pods.prom",
                    power("GPU-8a", "namespace=\"team-x\",pod=\"p1\",container=\"c\"")
                            + power("GPU-8b", "namespace=\"\",pod=\"\",container=\"\"")
                            + power("GPU-8c", "device=\"nvidia2\""))
            .deliver("slurm.prom", power("GPU-8d", "hpc_job=\"4711\"") + power("GPU-8e", "hpc_job=\"0\""))
            .deliver("none.prom", power("GPU-8f", "device=\"nvidia0\""))
            // Prometheus keeps pod for the exporter's own, and renames the label of the exporter.
            .deliver(
                    "exported.prom",
                    power(
                                    "GPU-8g",
                                    "pod=\"nvidia-dcgm-exporter-x\",namespace=\"gpu-operator\",exported_pod=\"p2\",exported_namespace=\"team-y\"")
                            + power("GPU-8h", "pod=\"nvidia-dcgm-exporter-x\",namespace=\"gpu-operator\""));

    @Test
    void whoHoldsAGpuIsToldByFilesWithLabelsOfHolders() {
        assertThat(HOLDERS.sql("SELECT gpu_uuid, is_allocated, team, job_id FROM gpu_sample"))
                .containsExactly(
                        "GPU-8a | true | team-x | null",
                        "GPU-8b | false | null | null",
                        "GPU-8c | false | null | null",
                        "GPU-8d | true | null | 4711",
                        "GPU-8e | false | null | null",
                        "GPU-8f | null | null | null",
                        "GPU-8g | true | team-y | null",
                        "GPU-8h | false | null | null");
    }

    private static final Case SHARED = CASES.of(TEXT)
            .deliver(
                    "n1.prom",
                    power("GPU-9a", "namespace=\"x\",pod=\"p1\"")
                            + power("GPU-9a", "namespace=\"x\",pod=\"p2\"")
                            + power("GPU-9b", "namespace=\"x\",pod=\"p3\"")
                            + power("GPU-9b", "namespace=\"y\",pod=\"p3\""));

    @Test
    void aGpuThatPodsShareCountsOnce() {
        assertThat(SHARED.sql("SELECT gpu_uuid, power_w, team, is_allocated FROM gpu_sample"))
                .containsExactly("GPU-9a | 100.0 | x | true", "GPU-9b | 100.0 | null | true");
        assertThat(quirks(SHARED)).contains("one GPU reported for several pods | 2");
    }

    private static final Case ACCELERATORS = CASES.of(TEXT)
            .deliver(
                    "n1.prom",
                    power("GPU-10a", "modelName=\"NVIDIA GB200\"")
                            + power("GPU-10b", "modelName=\"NVIDIA B200\"")
                            + power("GPU-10c", "modelName=\"NVIDIA GB300\"")
                            + power("GPU-10d", "modelName=\"NVIDIA H200\"")
                            + power("GPU-10e", "model_name=\"AMD Instinct MI300X OAM\"")
                            + power("GPU-10f", "modelName=\"NVIDIA H100 PCIe\"")
                            + power("GPU-10g", "modelName=\"Tesla T4\"")
                            + power("GPU-10h", "device=\"nvidia7\""));

    @Test
    void acceleratorsAreNamedAsTheCatalogueNamesThem() {
        assertThat(ACCELERATORS.sql("SELECT gpu_uuid, accelerator FROM gpu_sample"))
                .containsExactly(
                        "GPU-10a | GB200",
                        "GPU-10b | B200",
                        "GPU-10c | GB300",
                        "GPU-10d | H200",
                        "GPU-10e | MI300X",
                        "GPU-10f | NVIDIA H100 PCIe",
                        "GPU-10g | Tesla T4",
                        "GPU-10h | null");
        assertThat(quirks(ACCELERATORS))
                .contains("unknown accelerator NVIDIA H100 PCIe | 1", "unknown accelerator Tesla T4 | 1");
    }

    private static final Case NVLINK = CASES.of(TEXT)
            .deliver(
                    "n1.prom",
                    power("GPU-11a", "DCGM_FI_DEV_FABRIC_CLUSTER_UUID=\"9f0d-1\",DCGM_FI_DEV_FABRIC_CLIQUE_ID=\"7\"")
                            + power("GPU-11b", "DCGM_FI_DEV_FABRIC_CLUSTER_UUID=\"9f0d-1\"")
                            + util("DCGM_FI_DEV_FABRIC_CLIQUE_ID", "GPU-11b", "32766")
                            + power(
                                    "GPU-11c",
                                    "DCGM_FI_DEV_FABRIC_CLUSTER_UUID=\"00000000-0000-0000-0000-000000000000\"")
                            + util("DCGM_FI_DEV_FABRIC_CLIQUE_ID", "GPU-11d", "0"));

    @Test
    void nvlinkDomainsAreClusterAndClique() {
        assertThat(NVLINK.sql("SELECT gpu_uuid, nvlink_domain FROM gpu_sample"))
                .containsExactly("GPU-11a | 9f0d-1.7", "GPU-11b | 9f0d-1.32766", "GPU-11c | null", "GPU-11d | null");
    }

    private static final Case TIMES = CASES.of(
                    TEXT.replace("'**'", "'[abc]/*'")
                            + "parameters: {path_time: '/(\\d+)\\.prom$', path_time_format: unix}\n",
                    TEXT.replace("name: dcgm", "name: dcgm_paris").replace("'**'", "'d/*'")
                            + "parameters: {path_time: '([\\d-]+_[\\d-]+)\\.prom$', path_time_format: yyyy-MM-dd_HH-mm,"
                            + " time_zone: Europe/Paris}\n")
            .deliver("a/1772328600.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-12a", "5 1772324000500"))
            .deliver("b/1772328600.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-12b", "5"))
            .deliver("c/late.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-12c", "5"))
            .deliver("d/2026-03-01_02-30.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-12d", "5"))
            .deliver("d/2026-13-01_02-30.prom", util("DCGM_FI_DEV_GPU_UTIL", "GPU-12d", "5"));

    @Test
    void theInstantIsTheSamplesElseThePathsElseTheFiles() {
        // 1772324000 is 00:13:20 UTC and 1772328600 is 01:30; in Paris it was 02:30 then.
        assertThat(TIMES.sql("SELECT gpu_uuid, sampled_at FROM gpu_sample"))
                .containsExactly(
                        "GPU-12a | 2026-03-01 00:13:20.5",
                        "GPU-12b | 2026-03-01 01:30:00.0",
                        "GPU-12c | 2026-03-01 00:03:00.0",
                        "GPU-12d | 2026-03-01 01:30:00.0");
        assertThat(TIMES.sql("SELECT reasons FROM rejected"))
                .containsExactly("[sampled_at is not an instant: 2026-13-01_02-30]");
        assertThat(quirks(TIMES)).contains("timed by its file | 1", "timed by its path | 3");
    }

    private static final Case APPENDED = CASES.of(TEXT)
            .deliver(
                    "appended.prom",
                    power("GPU-13a", "device=\"nvidia0\"")
                            + power("GPU-13b", "device=\"nvidia1\"")
                            + power("GPU-13a", "device=\"nvidia0\"").replace("100", "700")
                            + power("GPU-13b", "device=\"nvidia1\""))
            .deliver(
                    "timed.prom",
                    util("DCGM_FI_DEV_GPU_UTIL", "GPU-13c", "5 1772323200000")
                            + util("DCGM_FI_DEV_GPU_UTIL", "GPU-13c", "9 1772323260000"));

    @Test
    void scrapesWithoutTimestampsInOneFileHaveNoInstants() {
        assertThat(APPENDED.sql("SELECT gpu_uuid, sampled_at, power_w, gpu_util FROM gpu_sample"))
                .as("both scrapes say the same of GPU-13b")
                .containsExactly(
                        "GPU-13b | 2026-03-01 00:01:00.0 | 100.0 | null",
                        "GPU-13c | 2026-03-01 00:00:00.0 | null | 0.05",
                        "GPU-13c | 2026-03-01 00:01:00.0 | null | 0.09");
        assertThat(APPENDED.sql("SELECT path, reasons FROM rejected"))
                .containsExactly(
                        "appended.prom | [sampled_at is not an instant: several scrapes in one file, without timestamps]");
        assertThat(quirks(APPENDED)).contains("two values of a series without timestamps | 1");
    }

    private static final Case RACKS = CASES.of(TEXT + "parameters: {rack_of_node: '^(r\\d+)-', interval_s: '30'}\n")
            .deliver("n1.prom", power("GPU-14a", "Hostname=\"r07-n03\"") + power("GPU-14b", "hostname=\"login\""));

    @Test
    void racksAreFoundInTheNamesOfHosts() {
        assertThat(RACKS.sql("SELECT gpu_uuid, node, rack, interval_s FROM gpu_sample"))
                .containsExactly("GPU-14a | r07-n03 | r07 | 30.0", "GPU-14b | login | null | 30.0");
    }

    private static final String SERIES = """
            {"metric":{"__name__":"%s","UUID":"GPU-15a","Hostname":"n1","modelName":"NVIDIA B200","prometheus_replica":"%s"},"values":[[1772323200,"%s"],[1772323260,"%s"]]}""";

    private static final Case API = CASES.of(SOURCE.formatted("dcgm_prometheus_api"))
            .deliver("range.json", """
                {"status":"success","data":{"resultType":"matrix","result":[%s]}}
                {"status":"success","data":{"resultType":"matrix","result":[%s,
                %s]}}
                """.formatted(
                            SERIES.formatted("DCGM_FI_DEV_GPU_UTIL", "a", "1", "100"),
                            SERIES.formatted("DCGM_FI_PROF_SM_UTIL_RATIO", "a", "0.25", "1"),
                            SERIES.formatted("DCGM_FI_PROF_SM_UTIL_RATIO", "b", "0.25", "1")));

    @Test
    void theApiGivesTheSameRows() {

        assertThat(API.sql("SELECT sampled_at, node, accelerator, gpu_util, sm_active FROM gpu_sample"))
                .containsExactly(
                        "2026-03-01 00:00:00.0 | n1 | B200 | 0.01 | 0.25",
                        "2026-03-01 00:01:00.0 | n1 | B200 | 1.0 | 1.0");
        assertThat(delivery(API, "read_records, received_rows")).containsExactly("6 | 2");
        assertThat(quirks(API))
                .containsExactly(
                        "DCGM_FI_DEV_GPU_UTIL read as percent | 2", "renamed field DCGM_FI_PROF_SM_UTIL_RATIO | 2");
    }

    private static String ratioOfOneAndZero(String one, String zero) {
        return util("DCGM_FI_DEV_GPU_UTIL_RATIO", one, "1") + util("DCGM_FI_DEV_GPU_UTIL_RATIO", zero, "0");
    }

    private static String util(String metric, String gpu, String value) {
        return "%s{gpu=\"0\",UUID=\"%s\"} %s\n".formatted(metric, gpu, value);
    }

    private static String power(String gpu, String labels) {
        return "DCGM_FI_DEV_POWER_USAGE{UUID=\"%s\",%s} 100.000000\n".formatted(gpu, labels);
    }

    private static List<String> utils(Case given) {
        return given.sql("SELECT gpu_uuid, gpu_util FROM gpu_sample");
    }

    private static List<String> delivery(Case given, String columns) {
        return given.sql("SELECT %s FROM delivery".formatted(columns));
    }

    private static List<String> quirks(Case given) {
        return given.sql(
                "SELECT quirk, sum(rows) FROM (SELECT explode(quirks) AS (quirk, rows) FROM delivery) GROUP BY quirk");
    }
}
