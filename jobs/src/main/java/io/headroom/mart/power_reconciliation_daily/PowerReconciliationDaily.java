package io.headroom.mart.power_reconciliation_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One rack on one day, by its own meter and by one way to tell its power in software. */
public enum PowerReconciliationDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    RACK_ROW(Spec.string("Row of racks: the one measured, or in which the rack stands that day.")),
    RACK(Spec.string("The rack.")),
    SOFTWARE(Spec.string("gpu_sum: its GPU boards; hosts: the meters of all its hosts.")
            .required()),
    HOURS(Spec.integer("h", "Hours that both tell.").required()),
    SOFTWARE_ENERGY_J(Spec.number("J", "Energy of these hours by software.")),
    METER_ENERGY_J(Spec.number("J", "Energy of these hours by the meter of the rack.")),
    SOFTWARE_SHARE(Spec.number("share", "Energy by software over energy by the meter.")),
    MISSING_POWER_W(Spec.number(
            "W", "Mean power that the meter tells and software does not; negative where software tells more."));

    public static final Table TABLE = Table.mart("power_reconciliation_daily")
            .grain("one rack on one day, by its own meter and by one way to tell its power in software")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB =
            SelectJob.of(PowerReconciliationDaily.class, TABLE, Input.day(PowerInstant.TABLE));

    private final Spec spec;

    PowerReconciliationDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
