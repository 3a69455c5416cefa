package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.TestSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FleetFactsTest {

    private static final String GRANTED = TinyFleet.YAML.replace("telemetry: csv", """
            telemetry: csv
                envelope: {power: 2, facility: 1.5, cooling: 3, space: 4, network: 5}
                energy: {per_kwh: 0.04, per_kw_month: 9.5, currency: EUR}""");

    @Test
    void whatASiteGrantsIsAMultipleOfWhatItsRacksNeed() {
        assertThat(rows(facts(GRANTED)
                        .clusters()
                        .selectExpr(
                                "cluster",
                                "power_envelope_w",
                                "round(facility_envelope_w, 3)",
                                "cooling_envelope_w",
                                "rack_positions",
                                "network_envelope_gbps",
                                "network_gbps_per_rack")))
                .as("own has 2 racks of 8 GPUs and 11 kW, a PUE of 1.1, and 400 Gbit/s a GPU")
                .containsExactly(
                        "rented 22000.0 null null null 4800.0 4800.0", "own 44000.0 36300.0 66000.0 8 32000.0 3200.0");
    }

    @Test
    void electricityIsPricedWhereItsTariffIsTold() {
        assertThat(rows(facts(GRANTED).prices().select("cluster", "accelerator", "unit", "unit_price", "currency")))
                .containsExactly("own H100 gpu_hour 2 USD", "own null kwh 0.04 EUR", "own null kw_month 9.5 EUR");
        assertThat(rows(facts(TinyFleet.YAML).prices().select("cluster", "unit")))
                .containsExactly("own gpu_hour");
    }

    @Test
    void anEnvelopeIsAboveNothingAndATariffHasACurrency() {
        assertThatThrownBy(() -> facts(GRANTED.replace("space: 4", "space: 0")))
                .hasMessageContaining("Cluster own: power, facility, cooling, space and network of an envelope");
        assertThatThrownBy(() -> facts(GRANTED.replace("currency: EUR", "currency: euro")))
                .hasMessageContaining("Cluster own: the currency of an energy tariff");
    }

    private static FleetFacts facts(String yaml) {
        return new FleetFacts(TestSpark.session(), Fleet.parse(yaml, "tiny.yml"));
    }

    private static List<String> rows(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString(" ")).toList();
    }
}
