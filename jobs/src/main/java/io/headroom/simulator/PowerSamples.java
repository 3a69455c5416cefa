package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Power meters: of every rack, of the hosts of some clusters, and of every cluster's IT and of the facility around it. */
final class PowerSamples {

    /** CPUs, network and losses on top of the GPUs. */
    private static final double RACK_PER_GPU_POWER = 1.25;

    private static final double NODE_PER_GPU_POWER = 1.15;

    /** Middle of July, when cooling takes most, in days since 1970 began. */
    private static final int HOTTEST_DAY = 195;

    private static final double DAYS_A_YEAR = 365.25;

    /** One for each rule of the table and each column that it requires. */
    private static final List<Map<String, Column>> WAYS_TO_BREAK = List.of(
            way(PowerSample.POWER_W, lit(-1.0)),
            way(PowerSample.POWER_W, lit(Double.NaN)),
            way(PowerSample.POWER_W, lit(null).cast("double")),
            way(PowerSample.ENERGY_COUNTER_J, lit(-1.0)),
            way(PowerSample.SCOPE, lit("planet")),
            way(PowerSample.SCOPE, lit(null).cast("string")),
            way(PowerSample.METER_ID, lit(null).cast("string")),
            way(PowerSample.SAMPLED_AT, timestamp_seconds(lit(0L))),
            way(PowerSample.SAMPLED_AT, lit(null).cast("timestamp")));

    private final Soiling soiling;

    PowerSamples(Soiling soiling) {
        this.soiling = soiling;
    }

    /** The readings as they are delivered, each with the period of its file. */
    Dataset<Row> of(Dataset<Row> activity) {
        Dataset<Row> racks = racks(activity);
        Dataset<Row> sites = sites(racks);
        Column[] identity = {PowerSample.METER_ID.col(), PowerSample.SAMPLED_AT.col()};
        return readings(racks, "rack", PowerSample.RACK.col(), Working.POWER_DW.col())
                .union(nodes(activity))
                .union(readings(sites, "it", PowerSample.CLUSTER.col(), Working.POWER_DW.col()))
                .union(readings(sites, "facility", PowerSample.CLUSTER.col(), facilityPower()))
                .transform(rows -> soiling.withDuplicates(rows, identity))
                .transform(rows -> soiling.late(rows, identity))
                .transform(rows -> soiling.broken(rows, WAYS_TO_BREAK, identity));
    }

    /** One row: one rack at one instant, with the power that it takes in. */
    static Dataset<Row> racks(Dataset<Row> activity) {
        Column gpuPower = sum(Working.POWER_DW.col());
        Column power = gpuPower.multiply(RACK_PER_GPU_POWER)
                .plus(Working.RACK_BASE_W.col().multiply(10));
        return activity.groupBy(with(PowerSample.RACK.col(), Working.RACK_BASE_W.col(), Working.RACKS_PER_ROW.col()))
                .agg(Activity.whole(power).as(Working.POWER_DW.column()), gpuPower.as(Working.GPU_POWER_DW.column()));
    }

    /** One row: one cluster at one instant, with the power of its racks. */
    static Dataset<Row> sites(Dataset<Row> racks) {
        return racks.groupBy(with())
                .agg(
                        sum(Working.POWER_DW.col()).as(Working.POWER_DW.column()),
                        sum(Working.GPU_POWER_DW.col()).as(Working.GPU_POWER_DW.column()));
    }

    /** Power of a cluster with its share of cooling and losses, in tenths of a watt; in summer more than in winter. */
    static Column facilityPower() {
        Column days = Working.AT_S.col().divide(Fleet.DAY_S).minus(HOTTEST_DAY);
        Column season = cos(days.multiply(2 * Math.PI / DAYS_A_YEAR));
        Column pue = Working.PUE.col().plus(Working.PUE_SWING.col().multiply(season));
        return Activity.whole(Working.POWER_DW.col().multiply(pue));
    }

    private static Column[] with(Column... others) {
        Stream<Column> always = Stream.of(
                Working.PERIOD.col(),
                Working.AT_S.col(),
                Working.LENGTH_S.col(),
                PowerSample.PROVIDER.col(),
                PowerSample.REGION.col(),
                PowerSample.CLUSTER.col(),
                Working.PUE.col(),
                Working.PUE_SWING.col());
        return Stream.concat(always, Arrays.stream(others)).toArray(Column[]::new);
    }

    private static Dataset<Row> nodes(Dataset<Row> activity) {
        Column power = Activity.whole(Working.POWER_DW.col().multiply(NODE_PER_GPU_POWER));
        return readings(activity.filter(Working.HAS_NODE_METERS.col()), "node", PowerSample.NODE.col(), power);
    }

    private static Dataset<Row> readings(Dataset<Row> metered, String scope, Column place, Column tenthsOfWatts) {
        Map<Field, Column> told = Map.of(
                PowerSample.SAMPLED_AT, Activity.at(),
                PowerSample.SCOPE, lit(scope),
                PowerSample.METER_ID, concat(place, lit("-%s-meter".formatted(scope))),
                PowerSample.RACK_ROW, scope.equals("rack") ? row() : lit(null).cast("string"),
                PowerSample.RACK, ifThere(metered, PowerSample.RACK),
                PowerSample.NODE, ifThere(metered, PowerSample.NODE),
                PowerSample.POWER_W, tenthsOfWatts.divide(10.0));
        return metered.select(Delivered.columns(metered, PowerSample.TABLE, told, Working.PERIOD.col()));
    }

    /** The row that a rack stands in, where rows are told: racks are numbered along them. */
    private static Column row() {
        Column number = regexp_extract(PowerSample.RACK.col(), "([0-9]+)$", 1).cast("int");
        Column racksPerRow = when(Working.RACKS_PER_ROW.col().gt(0), Working.RACKS_PER_ROW.col());
        Column row = floor(number.minus(1).divide(racksPerRow)).plus(1);
        return concat(lit("row-"), row.cast("string"));
    }

    private static Column ifThere(Dataset<Row> rows, PowerSample field) {
        return Arrays.asList(rows.columns()).contains(field.column())
                ? col(field.column())
                : lit(null).cast("string");
    }

    private static Map<String, Column> way(PowerSample field, Column value) {
        return Map.of(field.column(), value);
    }
}
