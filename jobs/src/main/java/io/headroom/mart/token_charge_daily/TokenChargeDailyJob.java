package io.headroom.mart.token_charge_daily;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.mart.cost_daily.DaySpread;
import io.headroom.mart.cost_daily.RuleColumns;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Table;
import io.headroom.table.Type;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides whose each charge for tokens is, and spreads its cost over its days as mart.cost_daily does; tokens stay whole. */
record TokenChargeDailyJob() implements Job {

    private static final List<Cost> KEPT = List.of(
            Cost.PROVIDER,
            Cost.REGION,
            Cost.TOKEN_TYPE,
            Cost.TOKEN_COUNT,
            Cost.BILLING_CURRENCY,
            Cost.CHARGE_PERIOD_START,
            Cost.CHARGE_PERIOD_END,
            Cost.EFFECTIVE_COST);

    private static final List<TokenChargeDaily> AMOUNTS =
            List.of(TokenChargeDaily.TOKEN_COUNT, TokenChargeDaily.EFFECTIVE_COST);

    @Override
    public List<Input> reads() {
        return List.of(Input.interval(Cost.TABLE, Cost.CHARGE_PERIOD_START, Cost.CHARGE_PERIOD_END));
    }

    @Override
    public Table writes() {
        return TokenChargeDaily.TABLE;
    }

    @Override
    public String definition() {
        return "Charges that tell tokens; rules fill what they do not name; cost and whole tokens over days by time.";
    }

    @Override
    public boolean readsSettings() {
        return true;
    }

    @Override
    public Dataset<Row> derive(Inputs inputs) {
        var rules = new RuleColumns(inputs.settings().allocation());
        Dataset<Row> charges =
                inputs.rows(Cost.TABLE).filter(Cost.TOKEN_COUNT.col().isNotNull());
        Column[] columns =
                Stream.concat(KEPT.stream().map(Field::col), rules.columns()).toArray(Column[]::new);
        return DaySpread.of(rules.decided(charges).select(columns), List.of(Cost.EFFECTIVE_COST))
                .withColumn(TokenChargeDaily.TOKEN_COUNT.column(), DaySpread.wholePart(Cost.TOKEN_COUNT.col()))
                .groupBy(keys())
                .agg(
                        count(lit(1)).as(TokenChargeDaily.CHARGE_COUNT.column()),
                        sum(TokenChargeDaily.TOKEN_COUNT.col())
                                .cast(Type.DECIMAL.dataType())
                                .as(TokenChargeDaily.TOKEN_COUNT.column()),
                        sum(TokenChargeDaily.EFFECTIVE_COST.col()).as(TokenChargeDaily.EFFECTIVE_COST.column()));
    }

    private static Column[] keys() {
        return Stream.of(TokenChargeDaily.values())
                .filter(field -> field != TokenChargeDaily.CHARGE_COUNT && !AMOUNTS.contains(field))
                .map(Field::col)
                .toArray(Column[]::new);
    }
}
