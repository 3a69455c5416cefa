package io.headroom.mart.cost_daily;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import io.headroom.staging.cost.Cost;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final Spread BY_DIRECT_COST = new Spread(By.DIRECT_COST, Among.PROVIDER, Map.of());

    @Test
    void theFirstRuleThatMatchesDecides() {
        var rules = List.of(
                to("late", Map.of("service_name", List.of("GPU")), cluster("a")),
                to("never", Map.of("service_name", List.of("GPU")), cluster("b")),
                to("all", Map.of("provider", List.of("*")), new Target(null, null, null, "finance")));

        assertThat(allocated(rules, """
                        provider | service_name | charge_period_start | charge_period_end   | effective_cost
                        P        | GPU          | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 1
                        P        | Disk         | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 2
                        """))
                .containsExactly(
                        "1 | rule | late | a | null | null | null", "2 | rule | all | null | null | null | finance");
    }

    @Test
    void whatAChargeNamesStaysAndARuleFillsTheRest() {
        var rules = List.of(
                spread("shared", Map.of("provider", List.of("P"))),
                to("given", Map.of("provider", List.of("P")), new Target("other", null, "inference", "platform")));

        assertThat(allocated(rules, """
                        provider | cluster | team | charge_period_start | charge_period_end   | effective_cost
                        P        | own     |      | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 1
                        P        |         | mine | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 2
                        Q        | own     |      | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 3
                        Q        |         |      | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 4
                        """))
                .containsExactly(
                        "1 | rule | given | own | null | inference | platform",
                        "2 | spread | shared | null | null | null | mine",
                        "3 | named | null | own | null | null | null",
                        "4 | none | null | null | null | null | null");
    }

    @Test
    void aRuleThatGivesAChargeNothingNewIsPassedOver() {
        var rules = List.of(
                to("by tag", Map.of("provider", List.of("*")), cluster("$tags.cluster")),
                to("by account", Map.of("sub_account_id", List.of("s1")), cluster("of-account")));

        assertThat(allocated(rules, """
                        provider | sub_account_id | tags           | charge_period_start | charge_period_end   | effective_cost
                        P        | s1             | cluster=tagged | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 1
                        P        | s1             | cluster=       | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 2
                        P        | s1             | owner=me       | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 3
                        P        | s2             |                | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 4
                        """))
                .containsExactly(
                        "1 | rule | by tag | tagged | null | null | null",
                        "2 | rule | by account | of-account | null | null | null",
                        "3 | rule | by account | of-account | null | null | null",
                        "4 | none | null | null | null | null | null");
    }

    @Test
    void aRuleHoldsForChargesThatBeginOnItsDays() {
        var rules = List.of(
                new AllocationRule(
                        "first half",
                        LocalDate.parse("2026-03-01"),
                        LocalDate.parse("2026-03-15"),
                        Map.of("provider", List.of("P")),
                        cluster("a"),
                        null),
                new AllocationRule(
                        "since",
                        LocalDate.parse("2026-03-16"),
                        null,
                        Map.of("provider", List.of("P")),
                        cluster("b"),
                        null));

        assertThat(allocated(rules, """
                        provider | charge_period_start | charge_period_end   | effective_cost
                        P        | 2026-02-28 23:59:59 | 2026-03-01 00:00:00 | 1
                        P        | 2026-03-01 00:00:00 | 2026-03-01 01:00:00 | 2
                        P        | 2026-03-15 23:00:00 | 2026-03-15 23:30:00 | 3
                        P        | 2026-03-16 00:00:00 | 2026-03-16 01:00:00 | 4
                        """))
                .containsExactly(
                        "1 | none | null | null | null | null | null",
                        "2 | rule | first half | a | null | null | null",
                        "3 | rule | first half | a | null | null | null",
                        "4 | rule | since | b | null | null | null");
        assertThat(clusters(rules, """
                        provider | charge_period_start | charge_period_end   | effective_cost
                        P        | 2026-03-01 00:00:00 | 2026-04-01 00:00:00 | 31
                        """))
                .as("a month goes whole, by its first day")
                .containsExactly("a 31");
    }

    @Test
    void aConditionIsATextWithWildcardsOrAnyOfSeveral() {
        var rules = List.of(
                to("several", Map.of("region", List.of("r1", "r2")), cluster("several")),
                to("begins", Map.of("resource_id", List.of("i-*")), cluster("begins")),
                to("within", Map.of("resource_id", List.of("arn:*:node/*-gpu")), cluster("within")),
                to("literally", Map.of("resource_id", List.of("100%_a\\b*c")), cluster("literally")),
                to("both", Map.of("service_name", List.of("S"), "region", List.of("r3")), cluster("both")));

        assertThat(clusters(rules, """
                        region | service_name | resource_id        | charge_period_start | charge_period_end   | effective_cost
                        r1     |              |                    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 1
                        r2     |              |                    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 2
                        R2     |              |                    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 3
                        r9     |              | i-17               | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 4
                        r9     |              | xi-17              | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 5
                        r9     |              | arn:x:node/7-gpu   | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 6
                        r9     |              | arn:x:node/7-gpu-b | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 7
                        r9     |              | 100%_a\\b and c    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 8
                        r9     |              | 1000xa\\b and c    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 9
                        r3     | S            |                    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 10
                        r3     | T            |                    | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 11
                        """))
                .containsExactly(
                        "several 1",
                        "several 2",
                        "null 3",
                        "begins 4",
                        "null 5",
                        "within 6",
                        "null 7",
                        "literally 8",
                        "null 9",
                        "both 10",
                        "null 11");
    }

    @Test
    void tagsAndColumnsOfTheProvidersOwnAreAskedByTheirName() {
        var rules = List.of(
                to("tag", Map.of("tags.cost center", List.of("42")), cluster("$x_pool")),
                to("own", Map.of("x_pool", List.of("p2")), cluster("of-pool")),
                to("details", Map.of("sku_price_details.GpuCount", List.of("8")), cluster("of-details")));

        assertThat(clusters(rules, """
                        tags           | extensions | sku_price_details | charge_period_start | charge_period_end   | effective_cost
                        cost center=42 | x_pool=p1  |                   | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 1
                        cost center=7  | x_pool=p2  |                   | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 2
                                       |            | GpuCount=8        | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | 3
                        """)).containsExactly("p1 1", "of-pool 2", "of-details 3");
    }

    @Test
    void whatAUserOrABillWritesIsNeverPartOfAQuery() {
        String hostile = "' OR 1=1 -- \" \\ % _ * `\n$tags.x ${y} \\u0027";
        Dataset<Row> charges = Rows.of(Cost.TABLE, """
                        provider | charge_period_start | charge_period_end   | billing_currency | effective_cost
                        P        | 2026-03-01 00:00:00 | 2026-03-02 00:00:00 | USD              | 1
                        """).withColumn("resource_id", lit("$" + hostile));
        var rules = List.of(to(
                hostile,
                Map.of("resource_id", List.of("$" + hostile)),
                new Target(hostile, "$resource_id", null, null)));

        Row found = derived(rules, charges).head();

        assertThat(found.<String>getAs("allocation_rule")).isEqualTo(hostile);
        assertThat(found.<String>getAs("cluster")).isEqualTo(hostile);
        assertThat(found.<String>getAs("model")).isEqualTo("$" + hostile);
    }

    private static AllocationRule to(String name, Map<String, List<String>> when, Target target) {
        return new AllocationRule(name, null, null, when, target, null);
    }

    private static AllocationRule spread(String name, Map<String, List<String>> when) {
        return new AllocationRule(name, null, null, when, null, BY_DIRECT_COST);
    }

    private static Target cluster(String cluster) {
        return new Target(cluster, null, null, null);
    }

    private static Dataset<Row> derived(List<AllocationRule> rules, Dataset<Row> charges) {
        return TestInputs.NONE
                .with(new Settings("USD", TokenWeights.DEFAULT, rules))
                .with(Cost.TABLE, charges)
                .derive(CostDaily.JOB);
    }

    private static List<String> allocated(List<AllocationRule> rules, String charges) {
        return told(
                rules,
                charges,
                "concat_ws(' | ', CAST(sum(effective_cost) AS INT), allocation, coalesce(allocation_rule, 'null'),"
                        + " coalesce(cluster, 'null'), coalesce(model, 'null'), coalesce(workload, 'null'),"
                        + " coalesce(team, 'null'))");
    }

    private static List<String> clusters(List<AllocationRule> rules, String charges) {
        return told(rules, charges, "concat(coalesce(cluster, 'null'), ' ', CAST(sum(effective_cost) AS INT))");
    }

    /** A line for each charge, in order of its cost; each has a commitment of its own, so that none are added up. */
    private static List<String> told(List<AllocationRule> rules, String charges, String line) {
        Dataset<Row> apart = Rows.of(Cost.TABLE, charges)
                .withColumn("commitment_discount_id", col("effective_cost").cast("string"));
        return derived(rules, apart)
                .groupBy(
                        "commitment_discount_id",
                        "allocation",
                        "allocation_rule",
                        "cluster",
                        "model",
                        "workload",
                        "team")
                .agg(expr(line).as("line"), expr("sum(effective_cost) AS cost"))
                .orderBy("cost")
                .collectAsList()
                .stream()
                .map(row -> row.<String>getAs("line"))
                .toList();
    }
}
