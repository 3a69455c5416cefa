package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.unix_date;

import io.headroom.staging.fx_rate.FxRate;
import io.headroom.table.Lineage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A rate in US dollars for every day of a fleet and every other currency that it costs: a slow wave, and noise by day. */
record FxRates(SparkSession spark, Fleet fleet, Noise noise) {

    private static final double SWING = 0.03;
    private static final double NOISE = 0.004;
    private static final double DAYS_A_YEAR = 365.25;

    /** One row: the rate of one currency on one day, as text. */
    Dataset<Row> rates() {
        Column day = col(Capacity.FROM_DAY);
        Column midnight = midnight(day);
        return new LocalRows<Map.Entry<String, BigDecimal>>()
                .text(FxRate.BASE_CURRENCY, Map.Entry::getKey)
                .with(Working.RATE, Map.Entry::getValue)
                .of(spark, List.copyOf(fleet.fx().entrySet()))
                .withColumn(
                        Capacity.FROM_DAY,
                        explode(sequence(lit(fleet.start()), lit(fleet.end().minusDays(1)))))
                .select(
                        FxRate.BASE_CURRENCY.col(),
                        lit(Bill.DOLLAR).as(FxRate.QUOTE_CURRENCY.column()),
                        rate(day).cast("string").as(FxRate.RATE.column()),
                        midnight.as(FxRate.VALID_FROM.column()),
                        midnight(date_add(day, 1)).as(FxRate.VALID_TO.column()),
                        lit("simulated").as(FxRate.PUBLISHER.column()),
                        lit("simulated").as(FxRate.SOURCE_URL.column()),
                        midnight.as(Lineage.KNOWN_AT.column()));
    }

    private Column rate(Column day) {
        Column wave = cos(unix_date(day).multiply(2 * Math.PI / DAYS_A_YEAR)).multiply(SWING);
        Column chance = noise.between(-NOISE, NOISE, "fx", FxRate.BASE_CURRENCY.col(), day);
        return Working.RATE
                .col()
                .cast("double")
                .multiply(wave.plus(chance).plus(1))
                .cast("decimal(18,4)");
    }

    private static Column midnight(Column day) {
        return concat(day.cast("string"), lit("T00:00:00Z"));
    }
}
