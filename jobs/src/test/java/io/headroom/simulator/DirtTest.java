package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Rule;
import io.headroom.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small fleet that is told of badly. */
class DirtTest {

    /** What files cannot break: columns that the mapping makes from others, and energy counters, which are not simulated. */
    private static final Set<String> NOT_TOLD = Set.of(
            "allocated_gpus is negative",
            "gpu_seconds is negative",
            "tokens_per_s is not positive",
            "energy_counter_j is negative");

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void simulate() throws IOException {
        lake = new LakeFixture(folder);
        new Simulator(TestSpark.session(), TinyFleet.dirty())
                .write(lake.landing().toString());
        lake.ingest(SimulatedSources.all());
    }

    static List<Table> tables() {
        return List.of(
                GpuSample.TABLE, PowerSample.TABLE, TokenUsage.TABLE, Cost.TABLE, JobUsage.TABLE, JobGoodput.TABLE);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyRuleIsBroken(Table table) {
        List<String> rules = table.rules(Rule.Severity.REFUSE).stream()
                .map(Rule::name)
                .filter(rule -> !NOT_TOLD.contains(rule))
                .toList();

        List<String> reasons =
                lake.sql("SELECT DISTINCT explode(reasons) FROM rejected WHERE source LIKE 'simulated_%s%%'"
                        .formatted(table.name()));

        assertThat(reasons).containsAll(rules);
    }

    @Test
    void everyRecordIsAccountedFor() {
        assertThat(lake.brokenEquations()).isEmpty();
        assertThat(lake.sql("SELECT source FROM delivery GROUP BY source HAVING sum(duplicate_rows) > 0"))
                .containsExactly(
                        "simulated_gpu_sample",
                        "simulated_gpu_sample_csv",
                        "simulated_power_sample",
                        "simulated_token_usage");
    }

    @Test
    void someTelemetryComesAFileLater() {
        assertThat(lake.sql(
                        "SELECT DISTINCT source FROM delivery WHERE path LIKE '%/2026-02-06.%' AND accepted_rows > 0"))
                .contains("simulated_gpu_sample", "simulated_gpu_sample_csv", "simulated_power_sample");
        assertThat(
                        lake.sql(
                                "SELECT count(*) > 0 FROM gpu_sample WHERE path LIKE '%/2026-01.parquet' AND day < '2025-12-31'"))
                .containsExactly("false");
        assertThat(
                        lake.sql(
                                "SELECT count(*) > 0 FROM gpu_sample WHERE path LIKE '%/2026-01.parquet' AND day < '2026-01-01'"))
                .containsExactly("true");
    }

    @Test
    void someClocksAreOffAndSomeHoursAreNotTold() {
        assertThat(lake.sql("SELECT min(off) < 0 OR max(off) > 0, max(abs(off)) <= 40 FROM (SELECT"
                        + " pmod(unix_seconds(sampled_at) + 10800, 21600) - 10800 AS off FROM gpu_sample)"))
                .containsExactly("true | true");
        assertThat(lake.sql(
                        "SELECT count(DISTINCT gpu_uuid, sampled_at) BETWEEN %1$d * 0.55 AND %1$d * 0.62 FROM gpu_sample"
                                .formatted(TinyFleet.GPUS * TinyFleet.INTERVALS)))
                .containsExactly("true");
    }

    @Test
    void billsAddUpAsIfTheyWereClean() {
        assertThat(lake.sql("SELECT sum(billed_cost) FROM cost WHERE cluster = 'rented'"))
                .containsExactly("38319.616800000000000000");
    }
}
