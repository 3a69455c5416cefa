package io.headroom.mart.gpu_hour_waterfall_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.goodput_daily.GoodputDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/**
 * One day of the GPU-hours of one accelerator in one cluster, from contracted to allocated, and from there to tensor-active on
 * one branch and to productive on the other. Each stage is the next one and the named losses between them, to the last
 * decimal.
 */
public enum GpuHourWaterfallDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.").required()),
    ACCELERATOR(Spec.string("Accelerator model.")),

    CONTRACTED_GPU_HOURS(hours("GPUs promised for the day, as in mart.installed_capacity_daily, for 24 h.")),
    DELIVERY_SLIP_GPU_HOURS(hours("Of them promised, not delivered.")),
    DELIVERED_GPU_HOURS(hours("Of them delivered.")),
    POWER_WAIT_GPU_HOURS(hours("Of them delivered, waiting for power.")),
    ENERGISED_GPU_HOURS(hours("Of them energised, or observed where that is more.")),
    UNOBSERVED_GPU_HOURS(hours("Of them without telemetry.")),
    HEALTH_UNTOLD_GPU_HOURS(hours("Of them with telemetry that tells neither health nor allocation.")),
    FAILURE_AND_MAINTENANCE_GPU_HOURS(hours("Of them down or drained, and not allocated.")),
    HEALTHY_GPU_HOURS(hours("Of them healthy, or allocated.")),
    ALLOCATION_UNTOLD_GPU_HOURS(hours("Of them healthy, allocation not told.")),
    UNSCHEDULED_IDLE_GPU_HOURS(hours("Of them healthy and not allocated.")),
    ALLOCATED_GPU_HOURS(hours("Of them allocated.")),

    ACTIVITY_UNTOLD_GPU_HOURS(hours("Of those allocated without SM activity told.")),
    HELD_IDLE_GPU_HOURS(hours("Of those allocated not SM-active.")),
    SM_ACTIVE_GPU_HOURS(hours("Of those allocated SM-active.")),
    TENSOR_UNTOLD_GPU_HOURS(hours("Of those SM-active the share of samples that do not tell tensor activity.")),
    MEMORY_OR_COMMUNICATION_BOUND_GPU_HOURS(hours("Of those SM-active not tensor-active.")),
    TENSOR_ACTIVE_GPU_HOURS(hours("Of those SM-active tensor-active.")),

    NOT_TRAINING_GPU_HOURS(hours("Of those allocated to other workloads, or to none that is told.")),
    TRAINING_GPU_HOURS(
            hours("Of those allocated to training; those of no told workload too, as far as goodput is reported"
                    + " beyond the ones told.")),
    UNREPORTED_GPU_HOURS(hours("Of those for training without goodput or badput reported.")),
    BADPUT_GPU_HOURS(Spec.decimals("GPU h", "Of those for training badput, by its kind, as in mart.goodput_daily.")
            .required()),
    PRODUCTIVE_GPU_HOURS(hours("Of those for training productive: goodput, as in mart.goodput_daily.")),
    REPORTED_BEYOND_GPU_HOURS(
            hours("Goodput and badput reported beyond what telemetry shows allocated; unlike losses, it"
                    + " stands beside the stage: training + this = unreported + badput + productive."));

    private static final String BADPUT = "aggregate(map_values(badput_gpu_hours), CAST(0 AS DECIMAL(20, 6)),"
            + " (sum, hours) -> CAST(sum + hours AS DECIMAL(20, 6)))";

    public static final Table TABLE = Table.mart("gpu_hour_waterfall_daily")
            .grain("one day of the GPU-hours of one accelerator in one cluster")
            .fields(values())
            .byDay()
            .rule(
                    "contracted is not delivered and what slipped",
                    "contracted_gpu_hours = delivered_gpu_hours + delivery_slip_gpu_hours")
            .rule(
                    "delivered is not energised and what waits for power",
                    "delivered_gpu_hours = energised_gpu_hours + power_wait_gpu_hours")
            .rule(
                    "energised is not healthy and its losses",
                    "energised_gpu_hours = healthy_gpu_hours + failure_and_maintenance_gpu_hours"
                            + " + health_untold_gpu_hours + unobserved_gpu_hours")
            .rule(
                    "healthy is not allocated and its losses",
                    "healthy_gpu_hours = allocated_gpu_hours + unscheduled_idle_gpu_hours + allocation_untold_gpu_hours")
            .rule(
                    "allocated is not SM-active and its losses",
                    "allocated_gpu_hours = sm_active_gpu_hours + held_idle_gpu_hours + activity_untold_gpu_hours")
            .rule(
                    "SM-active is not tensor-active and its losses",
                    "sm_active_gpu_hours = tensor_active_gpu_hours + memory_or_communication_bound_gpu_hours"
                            + " + tensor_untold_gpu_hours")
            .rule(
                    "allocated is not training and the rest",
                    "allocated_gpu_hours = training_gpu_hours + not_training_gpu_hours")
            .rule(
                    "training is not productive and its losses",
                    "training_gpu_hours + reported_beyond_gpu_hours = productive_gpu_hours + unreported_gpu_hours + "
                            + BADPUT)
            .rule(
                    "a stage or a loss is negative",
                    "least(delivery_slip_gpu_hours, power_wait_gpu_hours, unobserved_gpu_hours, health_untold_gpu_hours,"
                            + " failure_and_maintenance_gpu_hours, allocation_untold_gpu_hours, unscheduled_idle_gpu_hours,"
                            + " allocated_gpu_hours, activity_untold_gpu_hours, held_idle_gpu_hours, tensor_untold_gpu_hours,"
                            + " memory_or_communication_bound_gpu_hours, tensor_active_gpu_hours, not_training_gpu_hours,"
                            + " training_gpu_hours, unreported_gpu_hours, productive_gpu_hours, reported_beyond_gpu_hours)"
                            + " >= 0")
            .build();

    public static final SelectJob JOB = SelectJob.of(
            GpuHourWaterfallDaily.class,
            TABLE,
            Input.day(InstalledCapacityDaily.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(GoodputDaily.TABLE));

    private final Spec spec;

    GpuHourWaterfallDaily(Spec spec) {
        this.spec = spec;
    }

    private static Spec hours(String doc) {
        return Spec.decimal("GPU h", doc).required();
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
