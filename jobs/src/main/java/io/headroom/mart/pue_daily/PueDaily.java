package io.headroom.mart.pue_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster. */
public enum PueDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    HOURS(Spec.integer("h", "Hours in which both facility and IT are metered.").required()),
    IT_ENERGY_J(Spec.number("J", "IT energy of these hours.")),
    FACILITY_ENERGY_J(Spec.number("J", "Facility energy of these hours.")),
    IS_IT_SUM_OF_PARTS(Spec.flag("Whether in any hour IT is the sum of racks and hosts, not a meter of its own.")),
    PUE(Spec.number("ratio", "Facility over IT energy of these hours.")),
    IS_BELOW_1(Spec.flag(
            "Whether that is below 1, which no facility can be: a meter is missing, misplaced or mislabelled.")),
    PUE_CATEGORY(Spec.integer(
            "", "ISO/IEC 30134-2 category, by where IT energy is measured, as staging.cluster tells: 1, 2 or 3.")),
    PLANNED_PUE(
            Spec.number("ratio", "PUE to plan with: that of the cluster, else the one that its provider published."));

    public static final Table TABLE = Table.mart("pue_daily")
            .grain("one day of one cluster")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB =
            SelectJob.of(PueDaily.class, TABLE, Input.day(PowerDensityHourly.TABLE), Input.all(Cluster.TABLE));

    private final Spec spec;

    PueDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
