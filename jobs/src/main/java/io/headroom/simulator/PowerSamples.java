package io.headroom.simulator;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Power meters: one at every rack, and at the hosts of some clusters. */
final class PowerSamples {

    /** CPUs, network and losses on top of the GPUs. */
    private static final double RACK_PER_GPU_POWER = 1.25;

    private static final double NODE_PER_GPU_POWER = 1.15;

    private PowerSamples() {}

    static Dataset<Row> of(Dataset<Row> activity) {
        return racks(activity).unionByName(nodes(activity));
    }

    private static Dataset<Row> racks(Dataset<Row> activity) {
        Column gpuPower = sum(Working.POWER_DW.col()).divide(10.0);
        Column power = gpuPower.multiply(RACK_PER_GPU_POWER).plus(Working.RACK_BASE_W.col());
        return activity.groupBy(
                        Working.AT_S.col(),
                        PowerSample.PROVIDER.col(),
                        PowerSample.REGION.col(),
                        PowerSample.CLUSTER.col(),
                        PowerSample.RACK.col(),
                        Working.RACK_BASE_W.col())
                .agg(toTenths(power).as(PowerSample.POWER_W.column()))
                .withColumn(PowerSample.NODE.column(), lit(null).cast("string"))
                .transform(rows -> delivered(rows, "rack", PowerSample.RACK));
    }

    private static Dataset<Row> nodes(Dataset<Row> activity) {
        Column power = Working.POWER_DW.col().divide(10.0).multiply(NODE_PER_GPU_POWER);
        return activity.filter(Working.HAS_NODE_METERS.col())
                .withColumn(PowerSample.POWER_W.column(), toTenths(power))
                .transform(rows -> delivered(rows, "node", PowerSample.NODE));
    }

    private static Column toTenths(Column watts) {
        return Activity.whole(watts.multiply(10)).divide(10.0);
    }

    private static Dataset<Row> delivered(Dataset<Row> rows, String scope, Field metered) {
        Column[] columns = Stream.concat(
                        PowerSample.TABLE.mappedFields().stream().map(Field::col), Stream.of(Working.MONTH.col()))
                .toArray(Column[]::new);
        return rows.withColumn(PowerSample.SAMPLED_AT.column(), Activity.at())
                .withColumn(PowerSample.METER_ID.column(), concat(metered.col(), lit("-meter")))
                .withColumn(PowerSample.SCOPE.column(), lit(scope))
                .withColumn(Working.MONTH.column(), Activity.monthOf(PowerSample.SAMPLED_AT.col()))
                .select(columns);
    }
}
