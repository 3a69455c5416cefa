package io.headroom.mart.cost_daily;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.staging.cost.ChargeText;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Allocation rules as columns over charges. All rules are one choice that tells the place of the rule that decides, from
 * which the rest follows. What users write enters as literals, never as the text of a query.
 */
public final class RuleColumns {

    private static final String RULE = "_rule";
    private static final Column NONE = lit(null);

    private final List<AllocationRule> rules;

    public RuleColumns(List<AllocationRule> rules) {
        this.rules = rules;
    }

    /** The charges with the place of the rule that decides, null where none does. */
    public Dataset<Row> decided(Dataset<Row> charges) {
        return charges.withColumn(
                RULE, firstOf(this::matches, place -> lit(place)).cast("int"));
    }

    /** What is decided of a charge: how, by which rule, and what it is for. */
    public Stream<Column> columns() {
        Column rule = byRule(place -> lit(rules.get(place).name()));
        return Stream.of(
                allocation().as(CostDaily.ALLOCATION.column()),
                rule.as(CostDaily.ALLOCATION_RULE.column()),
                target(Cost.CLUSTER, Target::cluster),
                target(Cost.MODEL, Target::model),
                target(Cost.WORKLOAD, Target::workload),
                target(Cost.TEAM, Target::team));
    }

    private Column allocation() {
        Column isNamed = Stream.of(Cost.CLUSTER, Cost.MODEL, Cost.WORKLOAD, Cost.TEAM)
                .map(field -> named(field).isNotNull())
                .reduce(Column::or)
                .orElseThrow();
        Column byRule = byRule(place -> lit(rules.get(place).spread() == null ? "rule" : "spread"));
        return coalesce(byRule, when(isNamed, "named").otherwise("none"));
    }

    private Column target(Cost field, Function<Target, @Nullable String> value) {
        Column given = byRule(place -> given(rules.get(place), value));
        return coalesce(named(field), given).as(field.column());
    }

    private Column matches(int place) {
        AllocationRule rule = rules.get(place);
        List<Column> conditions = new ArrayList<>();
        if (rule.from() != null) {
            conditions.add(Cost.CHARGE_PERIOD_START.col().geq(midnight(rule.from())));
        }
        if (rule.until() != null) {
            conditions.add(
                    Cost.CHARGE_PERIOD_START.col().lt(midnight(rule.until().plusDays(1))));
        }
        for (Map.Entry<String, List<String>> condition : rule.when().entrySet()) {
            Column text = text(condition.getKey());
            condition.getValue().stream()
                    .map(value -> TextPattern.matches(text, value))
                    .reduce(Column::or)
                    .ifPresent(conditions::add);
        }
        conditions.add(givesSomething(rule));
        return conditions.stream().reduce(Column::and).orElse(lit(true));
    }

    /** Whether the charge does not name itself something that the rule gives. */
    private static Column givesSomething(AllocationRule rule) {
        if (rule.spread() != null) {
            return named(Cost.CLUSTER).isNull();
        }
        return Stream.of(
                        fills(rule, Cost.CLUSTER, Target::cluster),
                        fills(rule, Cost.MODEL, Target::model),
                        fills(rule, Cost.WORKLOAD, Target::workload),
                        fills(rule, Cost.TEAM, Target::team))
                .flatMap(Optional::stream)
                .reduce(Column::or)
                .orElse(lit(false));
    }

    private static Optional<Column> fills(AllocationRule rule, Cost field, Function<Target, @Nullable String> value) {
        return Optional.ofNullable(rule.to())
                .map(value)
                .map(written -> named(field).isNull().and(given(written).isNotNull()));
    }

    private static Column given(AllocationRule rule, Function<Target, @Nullable String> value) {
        return Optional.ofNullable(rule.to()).map(value).map(RuleColumns::given).orElse(NONE);
    }

    private static Column given(String written) {
        return written.startsWith(AllocationRule.COLUMN) ? text(written.substring(1)) : lit(written);
    }

    private static Column named(Field field) {
        return ChargeText.told(field.col());
    }

    private static Column text(String name) {
        return ChargeText.of(name)
                .orElseThrow(() -> new IllegalArgumentException("A charge has no text that is named " + name));
    }

    private static Column midnight(LocalDate day) {
        return lit(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Column byRule(Function<Integer, Column> value) {
        return firstOf(place -> col(RULE).equalTo(place), value).cast("string");
    }

    /** The value of the first rule for which a condition holds. */
    private Column firstOf(Function<Integer, Column> condition, Function<Integer, Column> value) {
        Column chosen = when(lit(false), NONE);
        for (int place = 0; place < rules.size(); place++) {
            chosen = chosen.when(condition.apply(place), value.apply(place));
        }
        return chosen;
    }
}
