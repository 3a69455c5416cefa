package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headroom.cli.Headroom;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Public files as their publishers wrote them, by sources alone. */
@Tag("truth")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealDataTest {

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));
    private static final Path FILES = HOME.resolve("../shared/real-data").normalize();

    @TempDir
    static Path lake;

    private String first = "";

    @BeforeAll
    void run() {
        if (Files.isDirectory(FILES)) {
            first = headroom(0, "run");
        }
    }

    @BeforeEach
    void skipWithoutFiles() {
        assumeTrue(Files.isDirectory(FILES), "skipped, there are no real files at " + FILES);
    }

    @Test
    void azureTrace() {
        assertThat(sql("SELECT source, sum(request_count), sum(uncached_input_tokens), sum(output_tokens)"
                        + " FROM staging.token_usage GROUP BY source ORDER BY source"))
                .containsExactly(
                        "azure_llm_code,8819,18059974,245896", "azure_llm_conversation,19366,22361870,4088665");
    }

    @Test
    void focusSample() {
        assertThat(sql("SELECT count(*), sum(billed_cost), sum(effective_cost), sum(list_cost) FROM staging.cost"))
                .containsExactly("1000,20.520226728990000000,14.976514185860000000,20.390905751190000000");
        assertThat(sql("SELECT received_rows, accepted_rows, quirks['undeclared column Id'], quirks['literal NULL'],"
                        + " quirks['ChargeFrequency Usage-based'], quirks['time without zone, read as UTC']"
                        + " FROM staging.delivery WHERE source = 'focus_sample'"))
                .containsExactly("1000,1000,1000,1000,7,1000");
        assertThat(sql("SELECT sum(effective_cost) FROM mart.cost_daily")).containsExactly("14.976514185860000000");
    }

    @Test
    void mlperfPower() {
        List<String[]> jobs = sql("SELECT job_id, mean_power_w, tokens_per_s, joules_per_token FROM mart.job_efficiency"
                        + " WHERE tokens_per_s IS NOT NULL ORDER BY job_id")
                .stream()
                .map(line -> line.split(",", -1))
                .toList();

        assertThat(jobs).hasSize(2);
        assertJob(jobs.get(0), "Offline", 6152.984, 25262.1, 0.24357);
        assertJob(jobs.get(1), "Server", 6280.214, 23113.1, 0.27172);
    }

    private static void assertJob(String[] job, String run, double watts, double tokensPerSecond, double joules) {
        assertThat(job[0]).endsWith(run);
        assertThat(Double.parseDouble(job[1])).isCloseTo(watts, within(0.0005));
        assertThat(Double.parseDouble(job[2])).isEqualTo(tokensPerSecond);
        assertThat(Double.parseDouble(job[3])).isCloseTo(joules, within(0.000005));
    }

    @Test
    void slurmAccounting() {
        assertThat(sql("SELECT read_records, received_rows, accepted_rows FROM staging.delivery"
                        + " WHERE source = 'slurm_phillips'"))
                .containsExactly("4285,4285,4285");
        // Two jobs had 2 GPUs: for 10-13:27:06 and for 00:00:17.
        assertThat(sql("SELECT job_id, allocated_gpus, gpu_seconds FROM staging.job_usage"
                        + " WHERE source = 'slurm_phillips' AND allocated_gpus > 0 ORDER BY job_id"))
                .containsExactly("163485,2,1824852.0", "196835,2,34.0");
        assertThat(sql("SELECT array_join(nodes, ' ') FROM staging.job_usage WHERE job_id = '165381'"))
                .containsExactly("cpn-f13-03-01 cpn-f13-03-02 cpn-f13-04-01 cpn-f13-04-02 cpn-f13-05-01 cpn-f13-05-02"
                        + " cpn-f13-06-01 cpn-f13-06-02");
    }

    @Test
    void shippedFacts() {
        assertThat(sql("SELECT count(*) FROM staging.rejected")).containsExactly("0");
        assertThat(sql("SELECT CAST(amount AS BIGINT), currency, confidence FROM staging.contract_term"
                        + " WHERE contract_id = 'AWS-1' AND amount IS NOT NULL"))
                .containsExactly("38000000000,USD,signed");
    }

    @Test
    void aSecondRunChangesNothingAndSaysSo() {
        assertThat(first).doesNotContain("no table was changed");
        assertThat(headroom(0, "run")).contains("Nothing new: no table was changed.");
    }

    private static List<String> sql(String query) {
        List<String> lines = headroom(0, "sql", query).lines().toList();
        return lines.subList(1, lines.size());
    }

    private static String headroom(int expected, String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of(
                "--conf", HOME.resolve("conf/real-data.yml").toString(),
                "--landing", FILES.toString(),
                "--lake", lake.toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Headroom.execute(
                Clock.systemUTC(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isEqualTo(expected);
        return out.toString();
    }
}
