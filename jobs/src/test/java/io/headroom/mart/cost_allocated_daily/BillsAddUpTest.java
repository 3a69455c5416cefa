package io.headroom.mart.cost_allocated_daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.TestInputs;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Spec;
import io.headroom.table.Table;
import io.headroom.table.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a bill and its rules are, what is allocated adds up to it, by day, account and currency. */
class BillsAddUpTest {

    private static final int CHARGES = 300;
    private static final int RULES = 12;
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private static final Map<Type, Object> FILLERS = Map.of(
            Type.STRING,
            "-",
            Type.MONEY,
            BigDecimal.ONE,
            Type.TIMESTAMP,
            Timestamp.from(FIRST),
            Type.DATE,
            Date.valueOf("2026-03-01"),
            Type.LONG,
            0L);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allPartsAddUpToTheBill(long seed) {
        var random = new Random(seed);
        List<Row> charges =
                IntStream.range(0, CHARGES).mapToObj(i -> charge(random)).toList();
        var settings = new Settings("USD", TokenWeights.DEFAULT, rules(random));
        TestInputs inputs = TestInputs.NONE
                .with(settings)
                .with(Cost.TABLE, TestInputs.NONE.rowsOf(Cost.TABLE, charges))
                .after(CostDaily.JOB, CostAllocatedDaily.JOB);

        Map<String, BigDecimal> ofDays = sums(inputs, CostDaily.TABLE, "day, billing_account_id, billing_currency");

        assertThat(sums(inputs, CostDaily.TABLE, "billing_account_id, billing_currency"))
                .isEqualTo(billed(charges));
        assertThat(sums(inputs, CostAllocatedDaily.TABLE, "day, billing_account_id, billing_currency"))
                .isEqualTo(ofDays);
        assertThat(inputs.rows(CostAllocatedDaily.TABLE)
                        .select("cost_kind")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("direct", "idle", "shared", "unallocated");
    }

    private static Row charge(Random random) {
        Map<String, Object> values = new HashMap<>();
        Instant start = FIRST.plusSeconds(random.nextInt(5 * 86_400));
        long seconds = random.nextInt(4) == 0 ? 1 + random.nextInt(9 * 86_400) : 1 + random.nextInt(3_600);
        values.put(Cost.PROVIDER.column(), pick(random, "P", "Q"));
        values.put(Cost.BILLING_ACCOUNT_ID.column(), pick(random, "a1", "a2", "a3"));
        values.put(Cost.REGION.column(), maybe(random, "r", "s"));
        values.put(Cost.SERVICE_NAME.column(), pick(random, "GPU", "Support", "Disk", "x'y\\"));
        values.put(Cost.CLUSTER.column(), maybe(random, "c1", "c2", "c3"));
        values.put(Cost.TEAM.column(), maybe(random, "t"));
        values.put(Cost.BILLING_CURRENCY.column(), pick(random, "USD", "USD", "EUR"));
        values.put(Cost.COMMITMENT_DISCOUNT_STATUS.column(), maybe(random, "Used", "Unused"));
        values.put(Cost.CHARGE_PERIOD_START.column(), Timestamp.from(start));
        values.put(Cost.CHARGE_PERIOD_END.column(), Timestamp.from(start.plusSeconds(seconds)));
        values.put(Cost.EFFECTIVE_COST.column(), amount(random));
        return RowFactory.create(Cost.TABLE.fields().stream()
                .map(field -> values.getOrDefault(field.column(), filler(field.spec())))
                .toArray());
    }

    /** What stands in required columns that do not matter here. */
    private static @Nullable Object filler(Spec spec) {
        return spec.isRequired() ? FILLERS.get(spec.type()) : null;
    }

    /** From zero to trillions, of either sign, with up to 18 decimals. */
    private static BigDecimal amount(Random random) {
        int digits = random.nextInt(100);
        var amount = new BigDecimal(new BigInteger(digits, random), 18);
        return random.nextInt(5) == 0 ? amount.negate() : amount;
    }

    private static List<AllocationRule> rules(Random random) {
        List<AllocationRule> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            LocalDate from = random.nextBoolean() ? LocalDate.parse("2026-03-02") : null;
            LocalDate until = random.nextBoolean() ? LocalDate.parse("2026-03-04") : null;
            boolean isSpread = random.nextBoolean();
            rules.add(new AllocationRule(
                    "rule '%d'".formatted(i),
                    from,
                    until,
                    Map.of(
                            "service_name", List.of(pick(random, "G*", "Support", "*s*", "x'y\\")),
                            "provider", List.of(pick(random, "P", "Q", "*"))),
                    isSpread ? null : new Target(maybe(random, "c1", "c9"), null, "w", pick(random, "$region", "u")),
                    isSpread ? spread(random) : null));
        }
        return rules;
    }

    private static Spread spread(Random random) {
        By by = pick(random, By.values());
        Among among = pick(random, Among.values());
        return new Spread(
                by, among, by == By.FIXED ? Map.of("c1", random.nextDouble(), "c'7", 0.1, "c8", 0.2) : Map.of());
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** One of some texts, or none. */
    private static @Nullable String maybe(Random random, String... values) {
        return random.nextInt(3) == 0 ? null : pick(random, values);
    }

    private static Map<String, BigDecimal> billed(List<Row> charges) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        int account = index(Cost.BILLING_ACCOUNT_ID);
        int currency = index(Cost.BILLING_CURRENCY);
        int cost = index(Cost.EFFECTIVE_COST);
        charges.forEach(charge -> sums.merge(
                "[%s,%s]".formatted(charge.get(account), charge.get(currency)),
                charge.getDecimal(cost),
                BigDecimal::add));
        return sums;
    }

    private static int index(Cost field) {
        return Cost.TABLE.fields().indexOf(field);
    }

    private static Map<String, BigDecimal> sums(TestInputs inputs, Table table, String by) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        inputs.with(table, inputs.rows(table))
                .select("SELECT struct(%1$s), sum(effective_cost) FROM %2$s GROUP BY %1$s".formatted(by, table.name()))
                .collectAsList()
                .forEach(row -> sums.put(row.getStruct(0).toString(), row.getDecimal(1)));
        return sums;
    }
}
