package io.headroom.simulator;

import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import org.apache.spark.sql.Column;

/** How many hosts of its cluster each workload wants: a compounded trend and, for services, the rhythm of day and week. */
record Demand(Noise noise, long startS) {

    private static final double MONTH_S = 30.4375 * Fleet.DAY_S;
    private static final int BUSIEST_HOUR = 15;
    private static final double DAILY_SWING = 0.35;
    private static final double ON_WEEKDAYS = 1.072;
    private static final double AT_WEEKENDS = 0.82;
    /** 1970 began on a Thursday. */
    private static final long MONDAY_OFFSET = 3;

    private static final int SATURDAY = 5;

    /** Months since the fleet's start, with fractions. */
    Column months(Column seconds) {
        return seconds.minus(startS).divide(MONTH_S);
    }

    /** Hosts of the cluster that are wanted, be there as many or not; rhythm left out. */
    Column trend(Column seconds) {
        Column grown = pow(Working.GROWTH_PER_MONTH.col().plus(1), months(seconds));
        return Working.BASE_NODES.col().multiply(Working.INITIAL_LOAD.col()).multiply(grown);
    }

    /** Hosts that would be wanted if the cluster only served. */
    Column service() {
        Column seconds = Working.AT_S.col();
        Column day = floor(seconds.divide(Fleet.DAY_S));
        return trend(seconds)
                .multiply(ofDay())
                .multiply(ofWeek())
                .multiply(noise.between(0.96, 1.04, "demand", GpuSample.CLUSTER.col(), day));
    }

    private static Column ofDay() {
        Column angle = local().minus(BUSIEST_HOUR * 3600L).multiply(2 * Math.PI / Fleet.DAY_S);
        return cos(angle).multiply(DAILY_SWING).plus(1);
    }

    private static Column ofWeek() {
        Column weekday = pmod(floor(local().divide(Fleet.DAY_S)).plus(MONDAY_OFFSET), lit(7L));
        return when(weekday.geq(SATURDAY), lit(AT_WEEKENDS)).otherwise(lit(ON_WEEKDAYS));
    }

    private static Column local() {
        return Working.AT_S.col().plus(Working.UTC_OFFSET_S.col());
    }
}
