package io.headroom.mart.billed_cost_monthly;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.mart.cost_daily.RuleColumns;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides whose each charge is, as mart.cost_daily does, and adds up what is billed in its billing period. */
record BilledCostMonthlyJob() implements Job {

    @Override
    public List<Input> reads() {
        return List.of(Input.interval(Cost.TABLE, Cost.BILLING_PERIOD_START, Cost.BILLING_PERIOD_END));
    }

    @Override
    public Table writes() {
        return BilledCostMonthly.TABLE;
    }

    @Override
    public String definition() {
        return "Billed cost by the first day of its billing period; rules fill what a charge does not name.";
    }

    @Override
    public boolean readsSettings() {
        return true;
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        var rules = new RuleColumns(inputs.settings().allocation());
        Dataset<Row> decided = rules.decided(inputs.rows(Cost.TABLE));
        Stream<Column> kept = Stream.of(
                to_date(Cost.BILLING_PERIOD_START.col()).as(BilledCostMonthly.DAY.column()),
                Cost.PROVIDER.col(),
                Cost.BILLING_ACCOUNT_ID.col(),
                Cost.BILLING_CURRENCY.col(),
                Cost.BILLED_COST.col());
        return decided.select(Stream.concat(kept, rules.columns()).toArray(Column[]::new))
                .groupBy(keys())
                .agg(
                        sum(Cost.BILLED_COST.col()).as(BilledCostMonthly.BILLED_COST.column()),
                        count(lit(1)).as(BilledCostMonthly.CHARGE_COUNT.column()));
    }

    private static Column[] keys() {
        return Stream.of(BilledCostMonthly.values())
                .filter(field -> field != BilledCostMonthly.BILLED_COST && field != BilledCostMonthly.CHARGE_COUNT)
                .map(Field::col)
                .toArray(Column[]::new);
    }
}
