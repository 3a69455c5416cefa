package io.headroom.mart.installed_capacity_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the GPUs of one accelerator in one cluster, as milestones and reference data tell of them. */
public enum InstalledCapacityDaily implements Field {
    DAY(Spec.date("UTC day of which any cluster has telemetry or tokens.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.").required()),
    ACCELERATOR(Spec.string("Accelerator model: the milestone's own, else the cluster's.")),
    CONTRACTED_GPUS(
            Spec.count("GPUs", "GPUs that are promised for the day or an earlier one, those delivered included.")
                    .required()),
    DELIVERED_GPUS(Spec.count("GPUs", "Of them delivered by the day, those energised included.")
            .required()),
    ENERGISED_GPUS(Spec.count("GPUs", "Of them energised by the day.").required());

    public static final Table TABLE = Table.mart("installed_capacity_daily")
            .grain(
                    "one day of the GPUs of one accelerator in one cluster, as milestones and reference data tell of them")
            .fields(values())
            .byDay()
            .rule(
                    "a stage has more GPUs than the one before",
                    "contracted_gpus >= delivered_gpus AND delivered_gpus >= energised_gpus AND energised_gpus >= 0")
            .build();

    public static final SelectJob JOB = SelectJob.of(
            InstalledCapacityDaily.class,
            TABLE,
            Input.day(UtilisationHourly.TABLE),
            Input.day(TokenHourly.TABLE),
            Input.all(Cluster.TABLE),
            Input.all(CapacityMilestone.TABLE));

    private final Spec spec;

    InstalledCapacityDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
