package io.headroom.simulator;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.headroom.staging.gpu_sample.GpuSample;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the GPUs of each host did at each instant: what meters, token counts and bills follow from. */
final class Activity {

    private Activity() {}

    /** One row: one host at one instant, in whole numbers that add up to the same in any order. */
    static Dataset<Row> of(Dataset<Row> samples, Dataset<Row> hosts) {
        return samples.groupBy(GpuSample.NODE.col(), Working.AT_S.col())
                .agg(
                        first(GpuSample.WORKLOAD.col()).as(GpuSample.WORKLOAD.column()),
                        count_if(GpuSample.IS_ALLOCATED.col()).as(Working.ALLOCATED_GPUS.column()),
                        sum(parts(GpuSample.SM_ACTIVE.col(), 1e4)).as(Working.SM_ACTIVE_E4.column()),
                        sum(parts(GpuSample.POWER_W.col(), 10)).as(Working.POWER_DW.column()))
                .join(broadcast(hosts), GpuSample.NODE.column());
    }

    static Column at() {
        return timestamp_seconds(Working.AT_S.col());
    }

    static Column monthOf(Column instant) {
        return date_format(instant, "yyyy-MM");
    }

    private static Column parts(Column value, double parts) {
        return floor(value.multiply(parts).plus(0.5));
    }
}
