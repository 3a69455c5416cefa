package io.headroom.forecast.supply;

import io.headroom.forecast.history.History;
import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/**
 * Supply of one measure of one provider and region from one day on. Milestones of one overlap group are never added up:
 * the group has the largest figure reached so far, so that regions need not add up to their totals. Of a cluster, what
 * is installed beyond its energised milestones counts from the first day of history: by today it has the larger of
 * both, and its planned milestones on top. What is delivered and not energised is planned.
 */
public enum Supply implements Field {
    MEASURE(Spec.string("gpu_hours (H100 equivalents) or mw (IT power); tokens have no supply.")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity; all for the fleet.").required()),
    REGION(Spec.string("Region; all for the whole provider or fleet.").required()),
    DAY(Spec.date("First day that the level holds; a level holds until the next.")
            .required()),
    SUPPLY(Spec.number("of the measure", "Capacity energised by then, or planned to be: H100e-hours a day, or MW.")
            .required()),
    PLANNED_SHARE(
            Spec.number("share", "Part of it that is planned, not actual.").required()),
    MILESTONES(Spec.count(
                    "milestones",
                    "Milestones summed: one for an overlap group, none for what is installed beyond them.")
            .required());

    public static final Table TABLE = Table.forecast("supply")
            .grain("supply of one measure of one provider and region from one day on")
            .fields(values())
            .build();

    public static final SelectJob JOB = SelectJob.of(
            Supply.class,
            TABLE,
            Input.all(CapacityMilestone.TABLE),
            Input.all(Cluster.TABLE),
            Input.all(Accelerator.TABLE),
            Input.all(History.TABLE));

    private final Spec spec;

    Supply(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
