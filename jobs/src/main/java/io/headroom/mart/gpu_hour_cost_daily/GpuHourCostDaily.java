package io.headroom.mart.gpu_hour_cost_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of the GPUs of one accelerator in one cluster in one currency. */
public enum GpuHourCostDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.").required()),
    ACCELERATOR(Spec.string("Accelerator model; null where no GPU of the cluster is known on the day.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 code; null where no cost is known.")),
    COST_BASIS(Spec.string("effective, own, rate_card or unpriced, as in mart.cost_per_token_daily.")
            .required()),
    COST(Spec.money("Cost of the cluster, all its work included, in proportion to GPU-hours in H100"
            + " equivalents, an unknown accelerator as one; the accelerators add up to the cluster.")),
    INSTALLED_GPU_HOURS(Spec.number(
            "GPU h",
            "GPU-hours that are there, as in mart.rate_card_cost_daily; like the others, on the row"
                    + " of each currency that the cluster costs.")),
    ALLOCATED_GPU_HOURS(Spec.number("GPU h", "GPU-hours allocated; null where not told.")),
    SM_ACTIVE_GPU_HOURS(Spec.number("GPU h", "SM-active GPU-hours; null where not told.")),
    H100_EQUIVALENT_HOURS(
            Spec.number("H100e h", "Installed GPU-hours in H100 equivalents; null for an unknown accelerator.")),
    COST_PER_GPU_HOUR(Spec.number("currency", "Cost over installed GPU-hours.")),
    COST_PER_ALLOCATED_GPU_HOUR(Spec.number("currency", "Cost over allocated GPU-hours.")),
    COST_PER_H100_EQUIVALENT_HOUR(Spec.number("currency", "Cost over installed GPU-hours in H100 equivalents."));

    public static final Table TABLE = Table.mart("gpu_hour_cost_daily")
            .grain("one day of the GPUs of one accelerator in one cluster in one currency")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            GpuHourCostDaily.class,
            TABLE,
            Input.day(CostPerTokenDaily.TABLE),
            Input.day(RateCardCostDaily.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.all(Accelerator.TABLE));

    private final Spec spec;

    GpuHourCostDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
