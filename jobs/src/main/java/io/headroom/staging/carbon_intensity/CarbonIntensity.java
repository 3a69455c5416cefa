package io.headroom.staging.carbon_intensity;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The carbon intensity of one grid region's electricity over one period. */
public enum CarbonIntensity implements Field {
    GRID_REGION(Spec.string("Grid operator or region, as in staging.cluster.").required()),
    PERIOD_START(Spec.date("First day of the period.").required()),
    PERIOD_END(Spec.date("Last day of the period.").required()),
    KG_CO2E_PER_KWH(Spec.number("kg CO2e/kWh", "Emissions of one kilowatt-hour delivered.")
            .required()),
    BASIS(Spec.string("location or market, as the GHG Protocol tells them apart.")
            .required()),
    SOURCE_URL(Spec.string("Where it was published.").required()),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("carbon_intensity")
            .grain("the carbon intensity of one grid region's electricity over one period")
            .fields(values())
            .key(GRID_REGION, PERIOD_START, PERIOD_END, BASIS)
            .rule("kg_co2e_per_kwh is negative", "kg_co2e_per_kwh >= 0")
            .rule("basis is unknown", "basis IN ('location', 'market')")
            .rule("period_end is before period_start", "period_end >= period_start")
            .build();

    private final Spec spec;

    CarbonIntensity(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
