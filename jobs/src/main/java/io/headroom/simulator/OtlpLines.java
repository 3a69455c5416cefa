package io.headroom.simulator;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.power_sample.PowerSample;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Samples as the file exporter of an OpenTelemetry Collector writes them: one row, one line of OTLP JSON. */
final class OtlpLines {

    static final String VALUE = "value";

    private OtlpLines() {}

    /** Samples of GPUs: what of them the conventions and DCGM have a metric for. */
    static Dataset<Row> ofGpus(Dataset<Row> samples) {
        Column point = attributes(
                attribute("hw.id", GpuSample.GPU_UUID.col()),
                attribute("hw.type", lit("gpu")),
                attribute("hw.model", concat(lit("NVIDIA "), GpuSample.ACCELERATOR.col())),
                attribute("k8s.namespace.name", GpuSample.TEAM.col()));
        Column resource = resource(
                GpuSample.PROVIDER.col(),
                GpuSample.REGION.col(),
                GpuSample.CLUSTER.col(),
                GpuSample.NODE.col(),
                GpuSample.RACK.col(),
                lit(null).cast("string"));
        Column at = GpuSample.SAMPLED_AT.col();
        return samples.select(line(
                resource,
                gauge("hw.gpu.utilization", "1", point, at, GpuSample.GPU_UTIL.col()),
                gauge("DCGM_FI_PROF_SM_ACTIVE", "", point, at, GpuSample.SM_ACTIVE.col()),
                gauge("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "", point, at, GpuSample.TENSOR_ACTIVE.col()),
                gauge("DCGM_FI_PROF_DRAM_ACTIVE", "", point, at, GpuSample.DRAM_ACTIVE.col()),
                gauge("hw.power", "W", point, at, GpuSample.POWER_W.col()),
                counter("hw.energy", point, at, GpuSample.ENERGY_COUNTER_J.col())));
    }

    /** Readings of meters, each with the period of its file. */
    static Dataset<Row> ofMeters(Dataset<Row> readings) {
        Column isHost = PowerSample.SCOPE.col().eqNullSafe("node");
        Column point = attributes(
                attribute("hw.id", PowerSample.METER_ID.col()),
                attribute("hw.type", when(isHost, lit(null)).otherwise(lit("enclosure"))),
                attribute("scope", when(isHost, lit(null)).otherwise(PowerSample.SCOPE.col())));
        Column resource = resource(
                PowerSample.PROVIDER.col(),
                PowerSample.REGION.col(),
                PowerSample.CLUSTER.col(),
                PowerSample.NODE.col(),
                PowerSample.RACK.col(),
                PowerSample.RACK_ROW.col());
        Column at = PowerSample.SAMPLED_AT.col();
        Column watts = PowerSample.POWER_W.col();
        Column joules = PowerSample.ENERGY_COUNTER_J.col();
        Column line = line(
                resource,
                gauge("hw.host.power", "W", point, at, when(isHost, watts)),
                gauge("hw.power", "W", point, at, when(isHost, lit(null)).otherwise(watts)),
                counter("hw.host.energy", point, at, when(isHost, joules)),
                counter("hw.energy", point, at, when(isHost, lit(null)).otherwise(joules)));
        return readings.select(line, Working.PERIOD.col());
    }

    private static Column line(Column resource, Column... metrics) {
        Column scopeMetrics = array(struct(
                struct(lit("simulator").as("name")).as("scope"),
                array_compact(array(metrics)).as("metrics")));
        return to_json(struct(array(struct(resource.as("resource"), scopeMetrics.as("scopeMetrics")))
                        .as("resourceMetrics")))
                .as(VALUE);
    }

    private static Column resource(
            Column provider, Column region, Column cluster, Column node, Column rack, Column rackRow) {
        return struct(attributes(
                        attribute("host.name", node),
                        attribute("k8s.cluster.name", cluster),
                        attribute("cloud.provider", provider),
                        attribute("cloud.region", region),
                        attribute("rack", rack),
                        attribute("rack_row", rackRow))
                .as("attributes"));
    }

    private static Column attributes(Column... attributes) {
        return filter(
                array(attributes),
                attribute -> attribute.getField("value").getField("stringValue").isNotNull());
    }

    private static Column attribute(String key, Column value) {
        return struct(
                lit(key).as("key"),
                struct(value.cast("string").as("stringValue")).as("value"));
    }

    /** A metric of one point; null where it has no value. Gauges and sums are of one type, so that they stand in one list. */
    private static Column gauge(String name, String unit, Column point, Column at, Column value) {
        return metric(name, unit, value, points(point, at, value), lit(null).cast("string"));
    }

    private static Column counter(String name, Column point, Column at, Column value) {
        return metric(name, "J", value, points(point, at, value), lit("2"));
    }

    private static Column points(Column point, Column at, Column value) {
        Column nanoseconds = concat(unix_micros(at).cast("string"), lit("000"));
        return array(struct(
                point.as("attributes"),
                nanoseconds.as("timeUnixNano"),
                value.cast("double").as("asDouble")));
    }

    private static Column metric(String name, String unit, Column value, Column points, Column temporality) {
        Column isCounter = temporality.isNotNull();
        return when(
                value.isNotNull(),
                struct(Stream.of(
                                lit(name).as("name"),
                                lit(unit).as("unit"),
                                when(isCounter, lit(null))
                                        .otherwise(struct(points.as("dataPoints")))
                                        .as("gauge"),
                                when(
                                                isCounter,
                                                struct(
                                                        temporality.cast("int").as("aggregationTemporality"),
                                                        lit(true).as("isMonotonic"),
                                                        points.as("dataPoints")))
                                        .as("sum"))
                        .toArray(Column[]::new)));
    }
}
