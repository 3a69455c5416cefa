package io.headroom.mart.power_headroom_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One tier of one cluster on one day. */
public enum PowerHeadroomDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    SITE(Spec.string("Place or building.")),
    CLUSTER(Spec.string("The cluster.")),
    TIER(Spec.string("rack, row, it, facility, cooling, space or network.").required()),
    UNIT(Spec.string("Unit of capacity, demand, headroom, unused and stranded: MW, racks or Gbit/s.")
            .required()),
    PLACE(Spec.string("The rack or the row that comes nearest to its nameplate.")),
    POWER_BASIS(Spec.string("How demand is told: metered, gpu_sum or modelled; null for space and network.")),
    CAPACITY(Spec.number("unit", "Capacity usable: nameplate, envelope or positions; null where not given.")),
    P99_DEMAND(Spec.number("unit", "Demand that is not exceeded for 99 % of the time covered.")),
    MAX_DEMAND(Spec.number("unit", "Highest demand.")),
    COVERED_S(Spec.number("s", "Time of the day that demand is told for.")),
    P99_HEADROOM(Spec.number("unit", "Capacity less p99 demand.")),
    HEADROOM(Spec.number("unit", "Capacity less the highest demand; negative where that is above it.")),
    FITTING_RACKS(Spec.count("racks", "Whole racks, at nameplate power, that fit into the headroom of this tier.")),
    UNUSED(Spec.number("unit", "Headroom where there is any, of tiers that the site grants.")),
    STRANDED(
            Spec.number(
                    "unit",
                    "Part of the unused that racks cannot use because another tier fits fewer; null unless two tiers are given.")),
    USABLE_RACKS(Spec.count("racks", "Whole racks that fit by every tier given.")),
    BINDING_CONSTRAINT(Spec.string(
            "What lets the fewest racks fit: power, cooling, space or network; of equals the first in this order.")),
    BINDING_TIER(Spec.string("The tier of that constraint."));

    public static final Table TABLE = Table.mart("power_headroom_daily")
            .grain("one tier of one cluster on one day")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            PowerHeadroomDaily.class,
            TABLE,
            Input.day(PowerInstant.TABLE),
            Input.day(PueDaily.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    PowerHeadroomDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
