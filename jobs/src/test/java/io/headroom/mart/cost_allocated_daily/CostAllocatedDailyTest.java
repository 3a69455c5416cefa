package io.headroom.mart.cost_allocated_daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostAllocatedDailyTest {

    @Test
    void namedCostIsDirectUnusedCommitmentIdleAndTheRestUnallocated() {
        assertThat(allocated(TestInputs.NONE, """
                        day        | provider | cluster | model | team | commitment_discount_status | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | a       |       |      | Used                       | named      |                 | USD              | 1
                        2026-03-01 | P        | a       |       |      |                            | named      |                 | USD              | 2
                        2026-03-01 | P        | a       |       |      | Unused                     | rule       | reserved        | USD              | 4
                        2026-03-01 | P        |         | m     |      |                            | named      |                 | USD              | 8
                        2026-03-01 | P        |         |       |      | Unused                     | none       |                 | USD              | 16
                        2026-03-01 | P        |         |       |      |                            | none       |                 | EUR              | 32
                        """))
                .containsExactlyInAnyOrder(
                        "P a direct null USD 3",
                        "P a idle reserved USD 4",
                        "P null direct null USD 8",
                        "P null unallocated null USD 16",
                        "P null unallocated null EUR 32");
    }

    @Test
    void aCostIsSharedInProportionToDirectCostOfItsProviderAndCurrency() {
        assertThat(allocated(by(By.DIRECT_COST, Among.PROVIDER), """
                        day        | provider | cluster | team | commitment_discount_status | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | a       |      | Used                       | named      |                 | USD              | 10
                        2026-03-01 | P        | b       |      | Used                       | named      |                 | USD              | 10
                        2026-03-01 | P        | b       |      | Unused                     | named      |                 | USD              | 20
                        2026-03-01 | P        | c       |      |                            | named      |                 | USD              | -5
                        2026-03-01 | P        | d       |      |                            | named      |                 | EUR              | 7
                        2026-03-01 | Q        | e       |      |                            | named      |                 | USD              | 9
                        2026-03-02 | P        | e       |      |                            | named      |                 | USD              | 9
                        2026-03-01 | P        |         | t    |                            | spread     | shared          | USD              | 100
                        2026-03-01 | P        |         |      |                            | spread     | shared          | USD              | -8
                        2026-03-01 | P        |         |      |                            | spread     | shared          | EUR              | 3
                        """))
                .as("a quarter to a, three to b, used or not; none to c, below zero; none of USD to d")
                .contains(
                        "P a shared shared USD 25",
                        "P b shared shared USD 75",
                        "P a shared shared USD -2",
                        "P b shared shared USD -6",
                        "P d shared shared EUR 3")
                .filteredOn(line -> line.contains("shared"))
                .hasSize(5);
    }

    @Test
    void whatRoundingLeavesGoesToTheLargestShareTheFirstByName() {
        List<String> equal = raw(by(By.DIRECT_COST, Among.PROVIDER), """
                        day        | provider | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | c       | named      |                 | USD              | 1
                        2026-03-01 | P        | b       | named      |                 | USD              | 1
                        2026-03-01 | P        | a       | named      |                 | USD              | 1
                        2026-03-01 | P        |         | spread     | shared          | USD              | 0.000000000000000002
                        """);
        List<String> unequal = raw(by(By.DIRECT_COST, Among.PROVIDER), """
                        day        | provider | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | a       | named      |                 | USD              | 3
                        2026-03-01 | P        | b       | named      |                 | USD              | 4
                        2026-03-01 | P        | c       | named      |                 | USD              | 3
                        2026-03-01 | P        |         | spread     | shared          | USD              | 0.000000000000000001
                        """);

        assertThat(equal).as("two thirds, so one each, one too many").containsExactly("a 0", "b 1", "c 1");
        assertThat(unequal).as("three, four and three tenths, so none each").containsExactly("a 0", "b 1", "c 0");
    }

    @Test
    void aCostIsSharedByAllocatedGpuHoursInH100Equivalents() {
        TestInputs inputs =
                by(By.GPU_HOURS, Among.REGION).with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, """
                        day        | hour                | provider | region | cluster | accelerator | installed_gpu_hours | allocated_gpu_hours | h100_equivalents
                        2026-03-01 | 2026-03-01 00:00:00 | P        | r      | a       | H100        | 9                   | 2                   | 1
                        2026-03-01 | 2026-03-01 01:00:00 | P        | r      | a       | H100        | 9                   | 2                   | 1
                        2026-03-01 | 2026-03-01 00:00:00 | P        | r      | b       | GB200       | 9                   | 2                   | 2.5
                        2026-03-01 | 2026-03-01 00:00:00 | P        | r      | c       | new         | 9                   | 1                   |
                        2026-03-01 | 2026-03-01 00:00:00 | P        | r      | d       | H100        | 9                   | 0                   | 1
                        2026-03-01 | 2026-03-01 00:00:00 | P        | s      | e       | H100        | 9                   | 5                   | 1
                        2026-03-02 | 2026-03-02 00:00:00 | P        | r      | e       | H100        | 9                   | 5                   | 1
                        """));

        assertThat(allocated(inputs, """
                        day        | provider | region | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | r      |         | spread     | shared          | USD              | 100
                        2026-03-01 | P        |        |         | spread     | shared          | USD              | 1
                        """))
                .as("four, five and one of ten hours; of no region, nobody's")
                .containsExactlyInAnyOrder(
                        "P a shared shared USD 40",
                        "P b shared shared USD 50",
                        "P c shared shared USD 10",
                        "P null unallocated shared USD 1");
    }

    @Test
    void aCostIsSharedEvenlyByClustersThatAreThereOrCost() {
        TestInputs inputs =
                by(By.EVEN, Among.FLEET).with(InstalledCapacityDaily.TABLE, Rows.of(InstalledCapacityDaily.TABLE, """
                        day        | provider | region | cluster | accelerator | contracted_gpus | delivered_gpus | energised_gpus
                        2026-03-01 | P        | r      | a       | H100        | 8               | 8              | 8
                        2026-03-01 | P        | r      | a       | H200        | 8               | 8              | 8
                        2026-03-01 | Q        | s      | b       | H100        | 8               | 8              | 0
                        2026-03-01 | Q        | s      | c       | H100        | 8               | 8              | 4
                        """));

        assertThat(allocated(inputs, """
                        day        | provider | region | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | r      | a       | named      |                 | USD              | 5
                        2026-03-01 | P        | s      | a       | named      |                 | EUR              | 5
                        2026-03-01 | R        | t      | d       | named      |                 | EUR              | 1
                        2026-03-01 | R        | t      | e       | named      |                 | EUR              | 0
                        2026-03-01 | P        |        |         | spread     | shared          | USD              | 30
                        """))
                .as("a, c and d; b has no power and e costs nothing")
                .contains("P a shared shared USD 10", "P c shared shared USD 10", "P d shared shared USD 10")
                .filteredOn(line -> line.contains("shared"))
                .hasSize(3);
    }

    @Test
    void aCostIsSharedByFixedSharesOfClustersThatTheRuleNames() {
        String hostile = "d'e\"f\\";
        TestInputs inputs = with(new Spread(By.FIXED, Among.FLEET, Map.of("a", 3.0, hostile, 1.0, "none", 0.0)));

        assertThat(allocated(inputs, """
                        day        | provider | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | z       | named      |                 | USD              | 5
                        2026-03-01 | P        |         | spread     | shared          | USD              | 8
                        """))
                .containsExactlyInAnyOrder(
                        "P z direct null USD 5", "P a shared shared USD 6", "P " + hostile + " shared shared USD 2");
    }

    @Test
    void aCostThatNothingCanShareIsUnallocatedAndKeepsItsRule() {
        assertThat(allocated(by(By.DIRECT_COST, Among.PROVIDER), """
                        day        | provider | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | Q        | b       | named      |                 | USD              | 5
                        2026-03-01 | P        |         | spread     | shared          | USD              | 8
                        2026-03-02 | P        |         | spread     | forgotten       | USD              | 9
                        """))
                .containsExactlyInAnyOrder(
                        "Q b direct null USD 5",
                        "P null unallocated shared USD 8",
                        "P null unallocated forgotten USD 9");
    }

    @Test
    void partsThatDoNotAddUpToTheBillFailTheRun() {
        String charges = """
                        day        | provider | cluster | allocation | allocation_rule | billing_currency | effective_cost
                        2026-03-01 | P        | a       | named      |                 | USD              | 1
                        2026-03-01 | P        | b       | named      |                 | USD              | 1
                        2026-03-01 | P        | c       | named      |                 | USD              | 1
                        2026-03-01 | P        |         | spread     | shared          | USD              | 0.000000000000000002
                        2026-03-02 | P        | a       | named      |                 | EUR              | 7
                        """;
        TestInputs inputs = by(By.DIRECT_COST, Among.PROVIDER).with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, charges));
        SelectJob withoutResidual = broken("THEN residual ELSE 0", "THEN 0 ELSE 0");
        SelectJob withoutADay =
                broken("WHERE allocation <> 'spread'", "WHERE allocation <> 'spread' AND day < '2026-03-02'");
        SelectJob withMore = broken("FROM bill\n", "FROM (SELECT * FROM bill WHERE day < '2026-03-02') AS bill\n");

        assertThat(inputs.derive(CostAllocatedDaily.JOB).collectAsList()).hasSize(7);
        assertThatThrownBy(() -> inputs.derive(withoutResidual).collectAsList())
                .hasStackTraceContaining("the parts of 2026-03-01 in USD add up to 3.000000000000000003, its charges in"
                        + " mart.cost_daily to 3.000000000000000002");
        assertThatThrownBy(() -> inputs.derive(withoutADay).collectAsList())
                .hasStackTraceContaining("the parts of 2026-03-02 in EUR add up to nothing, its charges in"
                        + " mart.cost_daily to 7.000000000000000000");
        assertThatThrownBy(() -> inputs.derive(withMore).collectAsList())
                .hasStackTraceContaining("the parts of 2026-03-02 in EUR add up to 7.000000000000000000, its charges in"
                        + " mart.cost_daily to nothing");
    }

    /** The job with a fault in it. */
    private static SelectJob broken(String sound, String faulty) {
        SelectJob job = CostAllocatedDaily.JOB;
        assertThat(job.definition()).containsOnlyOnce(sound);
        return new SelectJob(job.writes(), job.reads(), job.definition().replace(sound, faulty), true);
    }

    private static TestInputs by(By by, Among among) {
        return with(new Spread(by, among, Map.of()));
    }

    private static TestInputs with(Spread spread) {
        var rule = new AllocationRule("shared", null, null, Map.of("provider", List.of("*")), null, spread);
        return TestInputs.NONE.with(new Settings("USD", TokenWeights.DEFAULT, List.of(rule)));
    }

    private static List<String> allocated(TestInputs inputs, String costs) {
        return inputs
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, costs))
                .derive(CostAllocatedDaily.JOB)
                .selectExpr(
                        "provider",
                        "cluster",
                        "cost_kind",
                        "allocation_rule",
                        "billing_currency",
                        "CAST(effective_cost AS INT)")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }

    /** What clusters share, in the eighteenth decimal. */
    private static List<String> raw(TestInputs inputs, String costs) {
        return inputs
                .with(CostDaily.TABLE, Rows.of(CostDaily.TABLE, costs))
                .derive(CostAllocatedDaily.JOB)
                .filter("cost_kind = 'shared'")
                .selectExpr("cluster", "CAST(round(effective_cost * 1e18) AS INT)")
                .orderBy("cluster")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
