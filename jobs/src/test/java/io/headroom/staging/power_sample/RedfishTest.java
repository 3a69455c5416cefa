package io.headroom.staging.power_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedfishTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String PDU = """
            {
              "@odata.id": "/redfish/v1/PowerEquipment/RackPDUs/1/Metrics",
              "@odata.type": "#PowerDistributionMetrics.v1_3_2.PowerDistributionMetrics",
              "Id": "Metrics",
              "Name": "Summary Metrics",
              "PowerWatts": {
                "DataSourceUri": "/redfish/v1/PowerEquipment/RackPDUs/1/Sensors/PDUPower",
                "Reading": 6438,
                "ApparentVA": 6300,
                "PowerFactor": 0.93
              },
              "EnergykWh": {
                "DataSourceUri": "/redfish/v1/PowerEquipment/RackPDUs/1/Sensors/PDUEnergy",
                "Reading": 56438.5
              },
              "TemperatureCelsius": {"Reading": 26.3},
              "Actions": {
                "#PowerDistributionMetrics.ResetMetrics": {
                  "target": "/redfish/v1/PowerEquipment/RackPDUs/1/Metrics/PowerDistributionMetrics.ResetMetrics"
                }
              }
            }
            """;

    private static final Case PATH = CASES.of("""
                name: pdus
                extends: power_sample/redfish_power_distribution_metrics
                files: redfish/*/*
                parameters:
                  path_host: '/([^/]+)/[^/]*$'
                  path_time: '(\\d{8}T\\d{6})'
                  path_time_format: "yyyyMMdd'T'HHmmss"
                  time_zone: Europe/Oslo
                """).deliver("redfish/pdu-r7/20260301T103000.json", PDU);

    /** 56438.5 kWh are 203178600000 J. At 10:30 Oslo's clock is an hour ahead of UTC. */
    @Test
    void timeAndHostCanBeInThePath() {
        assertThat(
                        PATH.sql(
                                "SELECT sampled_at, meter_id, scope, node, power_w, CAST(energy_counter_j AS BIGINT) FROM power_sample"))
                .containsExactly(
                        "2026-03-01 09:30:00.0 | pdu-r7/redfish/v1/PowerEquipment/RackPDUs/1/Metrics | rack | null"
                                + " | 6438.0 | 203178600000");
        assertThat(PATH.sql("SELECT size(quirks) FROM delivery")).containsExactly("0");
    }

    private static final Case UNTIMED = CASES.of("""
                name: pdus
                extends: power_sample/redfish_power_distribution_metrics
                files: redfish/*
                """).deliver("redfish/one.json", PDU);

    @Test
    void withoutATimeThatOfTheFileCounts() {
        assertThat(UNTIMED.sql(
                        "SELECT sampled_at = modified_at, meter_id FROM power_sample JOIN delivery USING (path)"))
                .containsExactly("true | /redfish/v1/PowerEquipment/RackPDUs/1/Metrics");
        assertThat(UNTIMED.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("no host is told | 1", "time of the file | 1");
    }

    private static final Case COLLECTED = CASES.of("""
                name: chassis
                extends: power_sample/redfish_environment_metrics
                files: redfish/*
                tolerated_rejects: 1
                """).deliver("redfish/all.json", """
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n01", "rack": "r1", "cluster": "c",
                 "@odata.id": "/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics",
                 "@odata.type": "#EnvironmentMetrics.v1_3_0.EnvironmentMetrics",
                 "PowerWatts": {"Reading": 1349.263802}, "EnergykWh": {"Reading": 12.5}}
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n01",
                 "@odata.id": "/redfish/v1/Chassis/HGX_GPU_0/EnvironmentMetrics",
                 "PowerWatts": {"Reading": 231.958}, "EnergyJoules": {"Reading": 7200001}, "EnergykWh": {"Reading": 2.0}}
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n01",
                 "@odata.id": "/redfish/v1/Chassis/HGX_ProcessorModule_0/EnvironmentMetrics", "PowerWatts": {"Reading": 700}}
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n02",
                 "@odata.id": "/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics", "PowerWatts": {"Reading": null},
                 "EnergykWh": {"Reading": 1}}
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n03",
                 "@odata.id": "/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics", "PowerWatts": {"Reading": null}}
                {"@odata.id": "/redfish/v1/Systems/1", "@odata.type": "#ComputerSystem.v1_20_0.ComputerSystem"}
                {"error": {"code": "Base.1.18.GeneralError"}, "@odata.type": null, "PowerWatts": {"Reading": 1}}
                {"collected_at": "later", "host": "n04",
                 "@odata.id": "/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics", "PowerWatts": {"Reading": "much"}}
                {"collected_at": "2026-03-01T00:00:00Z", "host": "n01",
                 "@odata.id": "/redfish/v1/Chassis/HGX_Chassis_0/EnvironmentMetrics", "PowerWatts": {"Reading": 900}}
                """);

    @Test
    void aCollectorsDocumentsFollowEachOther() {
        assertThat(COLLECTED.sql(
                        "SELECT meter_id, scope, cluster, rack, node, power_w, energy_counter_j FROM power_sample"))
                .containsExactly(
                        "n01/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics | node | c | r1 | n01 | 1349.263802 | 4.5E7",
                        "n01/redfish/v1/Chassis/HGX_GPU_0/EnvironmentMetrics | gpu | null | null | n01 | 231.958 | 7200001.0",
                        "n02/redfish/v1/Chassis/Chassis_0/EnvironmentMetrics | node | null | null | n02 | null | 3600000.0");
        assertThat(COLLECTED.sql("SELECT explode(skipped) FROM delivery"))
                .containsExactly("another resource | 1", "no reading | 1", "part of a host | 2");
        assertThat(COLLECTED.sql("SELECT line, reasons FROM rejected"))
                .containsExactly(
                        "16 | [meter_id is missing]",
                        "17 | [sampled_at is not an instant: later, power_w is not a number: much,"
                                + " neither power_w nor energy_counter_j is told]");
    }

    private static final Case CUT_OFF = CASES.of("""
                name: pdus
                extends: power_sample/redfish_power_distribution_metrics
                files: redfish/*
                """).deliver("redfish/cut.json", PDU.substring(0, 400));

    @Test
    void aDocumentThatIsCutOffIsRefused() {
        assertThat(CUT_OFF.sql("SELECT problem FROM delivery"))
                .containsExactly("The document that begins at line 1 is cut off.");
    }
}
