package io.headroom.export;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.Rows;
import io.headroom.TestSpark;
import io.headroom.lake.Commit;
import io.headroom.lake.Location;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.table.Table;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cost as FOCUS lines: what stands in them, that they add up, and that our own preset takes them. */
class FocusLinesTest {

    private static final String ALLOCATED = """
            day        | provider | billing_account_id | region | cluster | model | team   | cost_kind   | allocation_rule | billing_currency | effective_cost
            2026-09-30 | a        | acct               | r1     | c1      |       |        | direct      |                 | USD              | 100.000000000000000001
            2026-10-01 | a        | acct               | r1     | c1      |       | search | direct      | by tag          | USD              | 0.123456789012345678
            2026-10-01 | a        | acct               | r1     | c1      |       |        | idle        |                 | USD              | 12345678901234567890.1
            2026-10-01 | a        | acct               |        |         |       |        | unallocated |                 | USD              | -5.000000000000000003
            2026-10-01 | b        | acct               | r2     |         | m1    | search | direct      |                 | EUR              | 7.5
            """;

    private static final String OWN = """
            day        | provider | region | cluster | cost_kind    | is_shared | currency | cost                  | is_price_contradictory | is_provisional
            2026-10-01 | o        | r3     | c2      | depreciation | false     | EUR      | 40.000000000000000007 | false                  | false
            2026-10-01 | o        | r3     | c2      | energy       | false     |          |                       | true                   | false
            2026-10-01 | a        | r1     | c1      | energy       | false     | USD      | 8                     | false                  | false
            """;

    /** What c1 costs is on its bill, and has its electricity in it; c3 is on no bill. */
    private static final String BASES = """
            day        | provider | region | cluster | billing_currency | cost_basis | is_unallocated | cost | direct_cost | shared_cost
            2026-10-01 | a        | r1     | c1      | USD              | effective  | false          | 9    | 9           |
            2026-10-01 | o        | r3     | c2      | EUR              | own        | false          | 40   | 40          |
            2026-10-01 | e        | r5     | c3      | GBP              | rate_card  | false          | 25   | 24.5        | 0.5
            """;

    private static final String TOKENS = """
            day        | supply  | provider | region | cluster | model | token_type     | billing_currency | cost_basis | tokens   | cost | cost_per_million_tokens | split_by
            2026-10-01 | own_gpu | a        | r1     | c1      | m1    | uncached_input | USD              | effective  | 40000000 | 60   | 1.5                     | time
            2026-10-01 | own_gpu |          | r1     | c1      | m1    | output         | USD              | effective  | 10000000 | 45   | 4.5                     | time
            2026-10-01 | api     | b        | r2     |         | m1    | output         | EUR              | effective  | 2500000  | 7.5  | 3                       | charge
            2026-10-01 | own_gpu | d        | r4     | c4      | m2    | output         |                  | unpriced   | 10000000 |      |                         |
            """;

    /** Columns that FOCUS 1.2 requires of every file. */
    private static final List<String> MANDATORY = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    @TempDir
    static Path folder;

    private static LakeFixture lake;

    @BeforeAll
    static void fillALake() {
        lake = new LakeFixture(folder, FocusLines.READS.toArray(Table[]::new));
        fill(CostAllocatedDaily.TABLE, ALLOCATED);
        fill(OwnCostDaily.TABLE, OWN);
        fill(CostPerTokenDaily.TABLE, BASES);
        fill(TokenCostDaily.TABLE, TOKENS);
    }

    private static void fill(Table table, String drawing) {
        var commit = new Commit(Commit.Kind.DERIVATION, "run", "test", "", Map.of());
        lake.lake().table(table).append(Rows.of(table, drawing), commit);
    }

    @Test
    void aLineOfAllocatedCost() {
        assertThat(line("x_LineKind = 'allocated_cost' AND x_AllocationRule = 'by tag'"))
                .containsOnly(
                        entry("BilledCost", "0"),
                        entry("BillingAccountId", "headroom-showback"),
                        entry("BillingAccountName", "Internal showback"),
                        entry("BillingCurrency", "USD"),
                        entry("BillingPeriodEnd", "2026-11-01T00:00:00Z"),
                        entry("BillingPeriodStart", "2026-10-01T00:00:00Z"),
                        entry("ChargeCategory", "Usage"),
                        entry("ChargeDescription", "Allocated cost, direct, c1, 2026-10-01"),
                        entry("ChargeFrequency", "Usage-Based"),
                        entry("ChargePeriodEnd", "2026-10-02T00:00:00Z"),
                        entry("ChargePeriodStart", "2026-10-01T00:00:00Z"),
                        entry("ConsumedQuantity", "1"),
                        entry("ConsumedUnit", "Days"),
                        entry("ContractedCost", "0.123456789012345678"),
                        entry("EffectiveCost", "0.123456789012345678"),
                        entry("InvoiceIssuerName", "Internal showback"),
                        entry("ListCost", "0.123456789012345678"),
                        entry("PricingCategory", "Other"),
                        entry("PricingQuantity", "1"),
                        entry("PricingUnit", "Days"),
                        entry("ProviderName", "a"),
                        entry("PublisherName", "a"),
                        entry("RegionId", "r1"),
                        entry("RegionName", "r1"),
                        entry("ResourceId", "c1"),
                        entry("ResourceType", "Cluster"),
                        entry("ServiceCategory", "AI and Machine Learning"),
                        entry("ServiceName", "AI compute, allocated"),
                        entry("ServiceSubcategory", "Other (AI and Machine Learning)"),
                        entry("SkuId", "headroom/allocated_cost/direct"),
                        entry("SkuMeter", "Allocated cost, direct"),
                        entry("SkuPriceId", "headroom/allocated_cost/direct"),
                        entry("Tags", "{\"cluster\":\"c1\",\"team\":\"search\"}"),
                        entry("x_AllocationRule", "by tag"),
                        entry("x_BillingAccountId", "acct"),
                        entry("x_Cluster", "c1"),
                        entry("x_CostKind", "direct"),
                        entry("x_LineKind", "allocated_cost"),
                        entry("x_Team", "search"));
    }

    @Test
    void aLineOfTokensTellsTheirCostAndCarriesNone() {
        assertThat(line("x_LineKind = 'tokens' AND x_TokenType = 'uncached_input'"))
                .contains(
                        entry("EffectiveCost", "0"),
                        entry("ListCost", "0"),
                        entry("ConsumedQuantity", "40000000"),
                        entry("ConsumedUnit", "Tokens"),
                        entry("SkuMeter", "Input tokens"),
                        entry("SkuId", "headroom/tokens/m1/uncached_input"),
                        entry("ServiceSubcategory", "Generative AI"),
                        entry("Tags", "{\"cluster\":\"c1\",\"model\":\"m1\"}"),
                        entry("x_TokenCost", "60"),
                        entry("x_CostPerMillionTokens", "1.5"),
                        entry("x_CostBasis", "effective"),
                        entry("x_Supply", "own_gpu"),
                        entry("x_SplitBy", "time"));
    }

    @Test
    void aProviderThatNobodyTellsIsNamedSo() {
        assertThat(line("x_TokenType = 'output' AND BillingCurrency = 'USD'"))
                .contains(entry("ProviderName", "unknown"), entry("PublisherName", "unknown"));
    }

    @Test
    void aLineOfAnOwnDataCentre() {
        assertThat(line("x_LineKind = 'own_cost'"))
                .contains(
                        entry("EffectiveCost", "40.000000000000000007"),
                        entry("BilledCost", "0"),
                        entry("BillingCurrency", "EUR"),
                        entry("ServiceCategory", "Compute"),
                        entry("ServiceSubcategory", "Other (Compute)"),
                        entry("SkuMeter", "Own data centre, depreciation"),
                        entry("x_CostKind", "depreciation"),
                        entry("x_IsProvisional", "false"));
    }

    @Test
    void aLineOfARateCard() {
        assertThat(line("x_LineKind = 'rate_card_cost'"))
                .contains(
                        entry("EffectiveCost", "24.5"),
                        entry("BillingCurrency", "GBP"),
                        entry("ServiceCategory", "Compute"),
                        entry("SkuMeter", "GPU-hours at the rate card"),
                        entry("x_Cluster", "c3"),
                        entry("x_CostKind", "rate_card"));
    }

    @Test
    void everyFileHasTheColumnsThatFocusRequires() {
        assertThat(lines().columns()).containsAll(MANDATORY).doesNotContain("day");
        assertThat(lines().columns()).filteredOn(name -> !name.startsWith("x_")).isSorted();
    }

    @Test
    void allLinesAddUpToWhatTheMartsHold() {
        Dataset<Row> lines = lines();
        lines.createOrReplaceTempView("lines");

        assertThat(lines.sparkSession()
                        .sql("SELECT BillingCurrency, sum(EffectiveCost), sum(x_TokenCost), count(*) FROM lines"
                                + " GROUP BY BillingCurrency ORDER BY BillingCurrency")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[EUR,47.500000000000000007,7.500000000000000000,3]",
                        "[GBP,24.500000000000000000,null,1]",
                        "[USD,12345678901234567985.223456789012345676,105.000000000000000000,6]");
    }

    @Test
    void someDaysOnly() {
        var october = new Selected.Days(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"));

        assertThat(Selected.focus(lake.lake(), Optional.of(october), "test")
                        .rows()
                        .count())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"CSV, cost/focus_csv", "CSV, cost/focus_1_2_csv", "PARQUET, cost/focus_parquet"})
    void ourOwnJudgementHasNothingToSayOfThem(Format format, String preset, @TempDir Path other) {
        var reader = new LakeFixture(other);
        Location target = Location.at(
                TestSpark.session(), reader.landing().resolve("showback").toString(), "The folder");
        new Export(target, format, false, false).write(Selected.focus(lake.lake(), Optional.empty(), "test"));

        String source = "name: showback\nextends: %s\nfiles: showback/*.%s\n"
                .formatted(preset, format.name().toLowerCase(Locale.ROOT));
        reader.ingest(source);
        assertThat(reader.sql("SELECT sum(used_records), sum(skipped['exported by Headroom']) FROM delivery"))
                .as("unless it is wanted")
                .containsExactly("0 | 10");
        reader.ingest(source + "skip: {exported by Headroom: 'false'}\n");

        assertThat(reader.sql("SELECT reasons FROM rejected")).isEmpty();
        assertThat(reader.sql("SELECT problem FROM delivery WHERE problem IS NOT NULL"))
                .isEmpty();
        assertThat(reader.sql("SELECT name FROM delivery LATERAL VIEW explode(quirks) AS name, records"))
                .as("that the version is told by columns is all that is said")
                .isSubsetOf("FOCUS 1.2, by its columns");
        assertThat(reader.brokenEquations()).isEmpty();
        assertThat(reader.sql("SELECT billing_currency, sum(effective_cost), sum(billed_cost), count(*) FROM cost"
                        + " GROUP BY billing_currency"))
                .containsExactly(
                        "EUR | 47.500000000000000007 | 0E-18 | 3",
                        "GBP | 24.500000000000000000 | 0E-18 | 1",
                        "USD | 12345678901234567985.223456789012345676 | 0E-18 | 6");
        assertThat(reader.sql("SELECT DISTINCT focus_version FROM cost")).containsExactly("1.2");
        assertThat(reader.sql("SELECT cluster, team, charge_period_start FROM cost WHERE team IS NOT NULL"))
                .containsExactly("c1 | search | 2026-10-01 00:00:00.0", "null | search | 2026-10-01 00:00:00.0");
        assertThat(reader.sql("SELECT token_type, token_count, CAST(extensions['x_TokenCost'] AS DOUBLE) FROM cost"
                        + " WHERE token_count IS NOT NULL AND cluster IS NOT NULL"))
                .containsExactly("output | 1.0E7 | 45.0", "uncached_input | 4.0E7 | 60.0");
    }

    private static Dataset<Row> lines() {
        return Selected.focus(lake.lake(), Optional.empty(), "test").rows();
    }

    /** The one line that a condition holds of: what its columns say, as in a CSV; those that say nothing are left out. */
    private static Map<String, String> line(String condition) {
        List<Row> found = lines().filter(condition).collectAsList();
        assertThat(found).hasSize(1);
        Row row = found.get(0);
        Map<String, Object> values = new HashMap<>();
        for (String name : row.schema().fieldNames()) {
            Object value = row.getAs(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Cell.text(entry.getValue())));
    }
}
