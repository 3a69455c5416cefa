package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.headroom.simulator.FleetCluster.Meters;
import io.headroom.simulator.LandingFiles.Kind;
import io.headroom.staging.power_sample.PowerSample;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Readings of power meters, each cluster's in the format in which it delivers them. */
record MeterFiles(LandingFiles files, Fleet fleet) {

    private static final Map<String, String> PRETTY = Map.of("pretty", "true");

    void write(Dataset<Row> readings) {
        for (Meters format : Meters.values()) {
            Object[] clusters = fleet.clusters().stream()
                    .filter(cluster -> cluster.meters() == format)
                    .map(FleetCluster::cluster)
                    .toArray();
            if (clusters.length > 0) {
                write(readings.filter(PowerSample.CLUSTER.col().isin(clusters)), format);
            }
        }
    }

    private void write(Dataset<Row> readings, Meters format) {
        switch (format) {
            case PARQUET ->
                write(
                        readings,
                        Kind.parquet("power_sample/%s.parquet"),
                        PowerSample.SAMPLED_AT.col(),
                        PowerSample.METER_ID.col());
            case OTEL ->
                write(
                        OtlpLines.ofMeters(readings),
                        Kind.text("power_sample/%s.jsonl.gz").with("compression", "gzip"),
                        col(OtlpLines.VALUE));
            case PDU_CSV -> write(ofPdus(readings), Kind.csv("power_sample/%s.csv"), col("timestamp"), col("pdu"));
            case REDFISH -> {
                Column isHost = PowerSample.SCOPE.col().eqNullSafe("node");
                write(
                        documents(
                                readings.filter(isHost), "Chassis/1/EnvironmentMetrics", "#EnvironmentMetrics.v1_3_1"),
                        Kind.text("power_sample/environment/%s.json.gz").with("compression", "gzip"),
                        col(OtlpLines.VALUE));
                write(
                        documents(
                                readings.filter(not(isHost)),
                                "PowerEquipment/RackPDUs/1/Metrics",
                                "#PowerDistributionMetrics.v1_3_2"),
                        Kind.text("power_sample/distribution/%s.json.gz").with("compression", "gzip"),
                        col(OtlpLines.VALUE));
            }
        }
    }

    private void write(Dataset<Row> rows, Kind kind, Column... order) {
        files.write(rows, kind, fleet.periods().names(), Working.PERIOD, order);
    }

    private static Dataset<Row> ofPdus(Dataset<Row> readings) {
        return readings.select(
                date_format(PowerSample.SAMPLED_AT.col(), "yyyy-MM-dd HH:mm:ss").as("timestamp"),
                PowerSample.METER_ID.col().as("pdu"),
                PowerSample.SCOPE.col().as("measures"),
                PowerSample.PROVIDER.col(),
                PowerSample.REGION.col(),
                PowerSample.CLUSTER.col(),
                PowerSample.RACK_ROW.col(),
                PowerSample.RACK.col(),
                PowerSample.NODE.col(),
                PowerSample.POWER_W.col(),
                PowerSample.ENERGY_COUNTER_J.col().divide(3.6e6).as("energy_kwh"),
                Working.PERIOD.col());
    }

    /** What a collector keeps of Redfish: the resource, and beside it when and of whom it was asked. */
    private static Dataset<Row> documents(Dataset<Row> readings, String resource, String type) {
        Column document = struct(
                lit("/redfish/v1/" + resource).as("@odata.id"),
                lit(type + type.substring(0, type.indexOf('.')).replace('#', '.'))
                        .as("@odata.type"),
                lit("Metrics").as("Id"),
                struct(PowerSample.POWER_W.col().as("Reading")).as("PowerWatts"),
                struct(PowerSample.ENERGY_COUNTER_J.col().divide(3.6e6).as("Reading"))
                        .as("EnergykWh"),
                date_format(PowerSample.SAMPLED_AT.col(), "yyyy-MM-dd'T'HH:mm:ssXXX")
                        .as("collected_at"),
                PowerSample.METER_ID.col().as("host"),
                PowerSample.SCOPE.col().as("measures"),
                PowerSample.PROVIDER.col(),
                PowerSample.REGION.col(),
                PowerSample.CLUSTER.col(),
                PowerSample.RACK_ROW.col(),
                PowerSample.RACK.col());
        return readings.select(to_json(document, PRETTY).as(OtlpLines.VALUE), Working.PERIOD.col());
    }
}
