package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * What a site pays for its electricity.
 *
 * @param perKwh price of a kWh
 * @param perKwMonth price of a kW of the month's peak demand
 * @param currency ISO 4217 code
 */
record EnergyTariff(
        @JsonProperty("per_kwh") BigDecimal perKwh,
        @JsonProperty("per_kw_month") BigDecimal perKwMonth,
        String currency) {

    void check() {
        require(
                perKwh != null && perKwh.signum() >= 0 && perKwMonth != null && perKwMonth.signum() >= 0,
                "per_kwh and per_kw_month of an energy tariff must be amounts.");
        require(
                currency != null && currency.matches("[A-Z]{3}"),
                "the currency of an energy tariff is not an ISO 4217 code.");
    }
}
