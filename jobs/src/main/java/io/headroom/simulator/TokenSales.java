package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.cost.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tokens that are bought of providers of models, day by day. */
record TokenSales(SparkSession spark, Fleet fleet, Noise noise, Demand demand) {

    /** What is bought, in millions of tokens. */
    static final String MILLIONS = "millions";

    private static final double INPUT_SHARE = 0.75;
    private static final double CACHED_SHARE = 0.4;

    private record Sold(TokenApi api, String tokenType, BigDecimal price) {}

    /** One row: tokens of one kind that were bought of one provider for one model on one day, to be charged. */
    Dataset<Row> days() {
        List<Sold> sold = fleet.apis().stream()
                .flatMap(api ->
                        api.prices().entrySet().stream().map(price -> new Sold(api, price.getKey(), price.getValue())))
                .toList();
        return new LocalRows<Sold>()
                .text(Cluster.PROVIDER, row -> row.api().provider())
                .text(Cost.MODEL, row -> row.api().model())
                .text(Cost.TOKEN_TYPE, Sold::tokenType)
                .with(Working.ACCOUNT, row -> row.api().bill().account(row.api().provider()))
                .with(Working.CURRENCY, row -> row.api().currency())
                .with(Working.FOCUS, row -> row.api().bill().focus())
                .with(Working.UNIT_PRICE, Sold::price)
                .with(Working.TOKENS_PER_DAY, row -> row.api().tokensPerDay())
                .with(Working.GROWTH_PER_MONTH, row -> row.api().growthPerMonth())
                .of(spark, sold)
                .withColumn(
                        Capacity.FROM_DAY,
                        explode(sequence(lit(fleet.start()), lit(fleet.end().minusDays(1)))))
                .withColumn(Capacity.TO_DAY, date_add(col(Capacity.FROM_DAY), 1))
                .withColumn(Charges.BILLING_MONTH, trunc(col(Capacity.FROM_DAY), "month"))
                .withColumn(Cost.TOKEN_COUNT.column(), tokens())
                .withColumn(
                        MILLIONS,
                        Cost.TOKEN_COUNT
                                .col()
                                .cast("decimal(18,0)")
                                .multiply(lit("0.000001").cast("decimal(6,6)"))
                                .cast("decimal(18,6)"))
                .withColumn(
                        Charges.AMOUNT,
                        Working.UNIT_PRICE.col().multiply(col(MILLIONS)).cast(Charges.MONEY_TYPE));
    }

    private Column tokens() {
        Column midnight = unix_date(col(Capacity.FROM_DAY)).cast("long").multiply(Fleet.DAY_S);
        Column all = floor(Working.TOKENS_PER_DAY
                .col()
                .multiply(pow(Working.GROWTH_PER_MONTH.col().plus(1), demand.months(midnight)))
                .multiply(noise.between(
                        0.85, 1.15, "api tokens", Cluster.PROVIDER.col(), Cost.MODEL.col(), col(Capacity.FROM_DAY))));
        Column input = floor(all.multiply(INPUT_SHARE));
        Column cached = floor(input.multiply(CACHED_SHARE));
        return when(is(TokenApi.OUTPUT), all.minus(input))
                .when(is(TokenApi.CACHE_READ), cached)
                .otherwise(input.minus(cached));
    }

    /** How the meter of a kind of token is called. */
    static Column meter() {
        return when(is(TokenApi.OUTPUT), lit("Output tokens"))
                .when(is(TokenApi.CACHE_READ), lit("Cached input tokens"))
                .otherwise(lit("Input tokens"));
    }

    private static Column is(String tokenType) {
        return Cost.TOKEN_TYPE.col().equalTo(tokenType);
    }
}
