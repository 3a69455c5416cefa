package io.headroom.mart.cost_daily;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides whose each charge is and spreads it over its days, in one pass over the charges. */
record CostDailyJob() implements Job {

    private static final String DEFINITION = """
            Rules fill what a charge does not name; amounts over days by time, in double, rounded to 18 places; the residual
            on the largest part, the first of equals.
            """;

    /** Columns of a charge that are told as they are. */
    private static final List<Cost> KEPT = List.of(
            Cost.PROVIDER,
            Cost.BILLING_ACCOUNT_ID,
            Cost.SUB_ACCOUNT_ID,
            Cost.REGION,
            Cost.SERVICE_NAME,
            Cost.CHARGE_CATEGORY,
            Cost.COMMITMENT_DISCOUNT_ID,
            Cost.COMMITMENT_DISCOUNT_STATUS,
            Cost.CAPACITY_RESERVATION_STATUS,
            Cost.INVOICE_ISSUER,
            Cost.INVOICE_ID,
            Cost.BILLING_PERIOD_START,
            Cost.BILLING_CURRENCY,
            Cost.CHARGE_PERIOD_START,
            Cost.CHARGE_PERIOD_END,
            Cost.EFFECTIVE_COST,
            Cost.LIST_COST,
            Cost.CONTRACTED_COST);

    private static final List<CostDaily> AMOUNTS =
            List.of(CostDaily.EFFECTIVE_COST, CostDaily.LIST_COST, CostDaily.CONTRACTED_COST);

    @Override
    public List<Input> reads() {
        return List.of(Input.interval(Cost.TABLE, Cost.CHARGE_PERIOD_START, Cost.CHARGE_PERIOD_END));
    }

    @Override
    public Table writes() {
        return CostDaily.TABLE;
    }

    @Override
    public String definition() {
        return DEFINITION;
    }

    @Override
    public boolean readsSettings() {
        return true;
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        var rules = new RuleColumns(inputs.settings().allocation());
        Dataset<Row> decided = rules.decided(inputs.rows(Cost.TABLE));
        Column[] columns =
                Stream.concat(KEPT.stream().map(Field::col), rules.columns()).toArray(Column[]::new);
        return DaySpread.of(decided.select(columns), AMOUNTS)
                .groupBy(keys())
                .agg(
                        count(lit(1)).as(CostDaily.CHARGE_COUNT.column()),
                        AMOUNTS.stream()
                                .map(amount -> sum(amount.col()).as(amount.column()))
                                .toArray(Column[]::new));
    }

    private static Column[] keys() {
        return Stream.of(CostDaily.values())
                .filter(field -> field != CostDaily.CHARGE_COUNT && !AMOUNTS.contains(field))
                .map(Field::col)
                .toArray(Column[]::new);
    }
}
