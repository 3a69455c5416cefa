package io.headroom.simulator;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Power meters: one at every rack, and at the hosts of some clusters. */
final class PowerSamples {

    /** CPUs, network and losses on top of the GPUs. */
    private static final double RACK_PER_GPU_POWER = 1.25;

    private static final double NODE_PER_GPU_POWER = 1.15;

    private PowerSamples() {}

    static Dataset<Row> of(Dataset<Row> activity, Calendar calendar) {
        return racks(activity, calendar).union(nodes(activity, calendar));
    }

    private static Dataset<Row> racks(Dataset<Row> activity, Calendar calendar) {
        Column gpuPower = sum(Working.POWER_DW.col()).divide(10.0);
        Column power = gpuPower.multiply(RACK_PER_GPU_POWER).plus(Working.RACK_BASE_W.col());
        Dataset<Row> racks = activity.groupBy(
                        Working.AT_S.col(),
                        PowerSample.PROVIDER.col(),
                        PowerSample.REGION.col(),
                        PowerSample.CLUSTER.col(),
                        PowerSample.RACK.col(),
                        Working.RACK_BASE_W.col())
                .agg(power.as(PowerSample.POWER_W.column()));
        Map<Field, Column> told = Map.of(
                PowerSample.SCOPE, lit("rack"),
                PowerSample.METER_ID, concat(PowerSample.RACK.col(), lit("-meter")),
                PowerSample.NODE, lit(null).cast("string"),
                PowerSample.POWER_W, toTenths(PowerSample.POWER_W.col()));
        return readings(racks, told, calendar);
    }

    private static Dataset<Row> nodes(Dataset<Row> activity, Calendar calendar) {
        Column power = Working.POWER_DW.col().divide(10.0).multiply(NODE_PER_GPU_POWER);
        Map<Field, Column> told = Map.of(
                PowerSample.SCOPE, lit("node"),
                PowerSample.METER_ID, concat(PowerSample.NODE.col(), lit("-meter")),
                PowerSample.POWER_W, toTenths(power));
        return readings(activity.filter(Working.HAS_NODE_METERS.col()), told, calendar);
    }

    private static Dataset<Row> readings(Dataset<Row> meters, Map<Field, Column> told, Calendar calendar) {
        Column month = calendar.indexOf(Activity.at()).as(Working.MONTH.column());
        return meters.withColumn(PowerSample.SAMPLED_AT.column(), Activity.at())
                .select(Delivered.columns(PowerSample.TABLE, told, month));
    }

    private static Column toTenths(Column watts) {
        return Activity.whole(watts.multiply(10)).divide(10.0);
    }
}
