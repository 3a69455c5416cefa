package io.headroom.mart.power_instant;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One place of one level at one instant, by one way to tell its power. */
public enum PowerInstant implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    LEVEL(Spec.string("What the place is: node, rack, row, it or facility.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK_ROW(Spec.string("Row of racks: the one measured, or in which the rack stands that day.")),
    RACK(Spec.string("The rack; null for rows, IT and facility.")),
    NODE(Spec.string("The host; null for racks and what is larger.")),
    POWER_BASIS(Spec.string("metered, or gpu_sum where GPU boards tell any part of it.")
            .required()),
    IS_SUM_OF_PARTS(Spec.flag("Whether it is the sum of its parts, not its own meter or boards.")
            .required()),
    PARTS(Spec.integer("parts", "Parts that it is the sum of: hosts, or racks.")),
    IS_TOLD(Spec.flag("Whether this is what the place is told to draw in the hour; other rows are to compare.")
            .required()),
    INSTANT(Spec.instant("Start of the time over which no reading changes; it is cut at every hour.")
            .required()),
    INTERVAL_S(Spec.number("s", "Length of that time.").required()),
    POWER_W(Spec.number("W", "Power over that time.")),
    ENERGY_J(Spec.number("J", "Energy over that time.")),
    ENERGY_METHOD(
            Spec.string(
                    "How meters tell energy: counter, watts times time, or both; null for boards, whose energy mart.rack_instant tells."));

    public static final Table TABLE = Table.mart("power_instant")
            .grain("one place of one level at one instant, by one way to tell its power")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            PowerInstant.class,
            TABLE,
            Input.day(MeterInstant.TABLE),
            Input.day(GpuSample.TABLE),
            Input.day(RackInstant.TABLE));

    private final Spec spec;

    PowerInstant(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
