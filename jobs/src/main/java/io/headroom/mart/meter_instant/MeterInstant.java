package io.headroom.mart.meter_instant;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One place at one instant, by its own meters or by its GPU boards. */
public enum MeterInstant implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    LEVEL(Spec.string("What the place is: node, rack, row, it or facility.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK_ROW(Spec.string("Row of racks: the one measured, or in which the rack stands that day.")),
    RACK(Spec.string("The rack; null for rows, IT and facility.")),
    NODE(Spec.string("The host; null for racks and what is larger.")),
    POWER_BASIS(Spec.string("metered: the sum of the place's own meters; gpu_sum: its GPU boards alone.")
            .required()),
    INSTANT(Spec.instant("Start of the time over which no reading changes; it is cut at every hour.")
            .required()),
    INTERVAL_S(Spec.number("s", "Length of that time.").required()),
    POWER_W(Spec.number("W", "Power over that time.")),
    ENERGY_J(Spec.number("J", "Energy over that time; not power times time where a counter tells it.")),
    ENERGY_METHOD(
            Spec.string(
                    "How meters tell energy: counter, watts times time, or both; null for boards, whose energy mart.rack_instant tells."));

    public static final Table TABLE = Table.mart("meter_instant")
            .grain("one place at one instant, by its own meters or by its GPU boards")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            MeterInstant.class,
            TABLE,
            Input.day(PowerSample.TABLE),
            Input.day(RackInstant.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    MeterInstant(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
