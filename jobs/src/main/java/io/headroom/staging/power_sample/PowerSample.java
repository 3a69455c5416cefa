package io.headroom.staging.power_sample;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One power meter at one instant. */
public enum PowerSample implements Field {
    SAMPLED_AT(Spec.instant("When the meter was read.").required()),
    METER_ID(Spec.string("The meter, unique across the fleet.").required()),
    SCOPE(Spec.string("What it measures: gpu, node, rack, row, it or facility.").required()),
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.")),
    RACK_ROW(Spec.string("Row of racks that it measures or stands in, as the site names it.")),
    RACK(Spec.string("Rack that it measures, where the scope is one.")),
    NODE(Spec.string("Host that it measures, where the scope is one.")),
    POWER_W(Spec.number("W", "Power at that instant; null where only the energy counter tells.")),
    ENERGY_COUNTER_J(Spec.number("J", "Energy that the meter has counted; it falls when the meter starts anew."));

    public static final Table TABLE = Table.staging("power_sample")
            .grain("one power meter at one instant")
            .fields(values())
            .key(METER_ID, SAMPLED_AT)
            .partitionedByDayOf(SAMPLED_AT)
            .rule("scope is unknown", "scope IN ('gpu', 'node', 'rack', 'row', 'it', 'facility')")
            .rule("power_w is not within [0, 1e10]", "power_w BETWEEN 0 AND 1e10")
            .rule("energy_counter_j is negative", "energy_counter_j >= 0")
            .rule("neither power_w nor energy_counter_j is told", "power_w IS NOT NULL OR energy_counter_j IS NOT NULL")
            .build();

    private final Spec spec;

    PowerSample(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
