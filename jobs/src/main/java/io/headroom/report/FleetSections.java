package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.gpu_hour_waterfall_daily.GpuHourWaterfallDaily;
import io.headroom.mart.model_flops_daily.ModelFlopsDaily;
import io.headroom.mart.nvlink_fragmentation_hourly.NvlinkFragmentationHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;

/** Where the GPU-hours of the fleet go. */
final class FleetSections {

    private static final String CHAPTER = "GPU-hours";
    private static final String GPU_HOURS = "GPU h";

    static final List<Section> ALL = List.of(utilisation(), waterfall(), goodput(), fragmentation(), modelFlops());

    private FleetSections() {}

    private static Section utilisation() {
        return Section.of("utilisation", Chart.LINES)
                .title(CHAPTER, "Utilisation by cluster")
                .question("How busy is what we have, and what sits idle?")
                .definition("""
                        SM utilisation: Σ SM-active ÷ Σ GPU-hours that tell SM activity. Tensor utilisation \
                        likewise. Allocated: Σ allocated ÷ Σ installed GPU-hours whose samples tell allocation. \
                        Ratios of sums over the UTC day, one line per cluster and accelerator.""")
                .caption("The last 400 days. A gap in a line is missing telemetry, not idleness.")
                .whenEmpty(
                        "Deliver GPU telemetry (staging.gpu_sample, for example from the DCGM exporter) and run again.")
                .reads(UtilisationHourly.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("accelerator", "Accelerator").as(SERIES),
                        Shown.share("sm_utilisation", "SM utilisation").as(VALUE),
                        Shown.share("allocated_share", "Allocated").as(VALUE),
                        Shown.share("tensor_utilisation", "Tensor utilisation").as(VALUE),
                        Shown.number("installed_gpu_hours", "Installed", "GPU h"),
                        Shown.number("healthy_gpu_hours", "Healthy", "GPU h"),
                        Shown.number("allocated_gpu_hours", "Allocated", "GPU h"),
                        Shown.number("sm_active_gpu_hours", "SM-active", "GPU h"),
                        Shown.number("sm_reporting_gpu_hours", "Telling SM activity", "GPU h"));
    }

    private static Section waterfall() {
        return Section.of("gpu_hour_waterfall", Chart.STACKED_COLUMNS)
                .title(CHAPTER, "GPU-hour waterfall")
                .question("Of the GPU-hours we contracted, how many did work, and where did the others go?")
                .definition("""
                        Contracted = tensor-active + each named loss, exactly. Lost on the way: delivery slip, power wait, \
                        failure and maintenance, unscheduled idle, held idle (allocated, not SM-active), memory or \
                        communication bound (SM-active, not tensor-active). Not told: what telemetry leaves open.""")
                .caption("""
                        GPU-hours of different accelerators are not added up: choose one. The first and last month may be \
                        incomplete.""")
                .whenEmpty(
                        "Deliver GPU telemetry (staging.gpu_sample) or reference data (staging.cluster), then run again.")
                .reads(GpuHourWaterfallDaily.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("accelerator", "Accelerator").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(FILTER),
                        Shown.number("tensor_active_gpu_hours", "Tensor-active", GPU_HOURS)
                                .as(VALUE),
                        Shown.number(
                                        "memory_or_communication_bound_gpu_hours",
                                        "Memory or communication bound",
                                        GPU_HOURS)
                                .as(VALUE),
                        Shown.number("held_idle_gpu_hours", "Held idle", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("unscheduled_idle_gpu_hours", "Unscheduled idle", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("failure_and_maintenance_gpu_hours", "Failure and maintenance", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("untold_gpu_hours", "Not told", GPU_HOURS).as(VALUE),
                        Shown.number("power_wait_gpu_hours", "Power wait", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("delivery_slip_gpu_hours", "Delivery slip", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("contracted_gpu_hours", "Contracted", GPU_HOURS),
                        Shown.number("delivered_gpu_hours", "Delivered", GPU_HOURS),
                        Shown.number("energised_gpu_hours", "Energised", GPU_HOURS),
                        Shown.number("healthy_gpu_hours", "Healthy", GPU_HOURS),
                        Shown.number("allocated_gpu_hours", "Allocated", GPU_HOURS),
                        Shown.number("sm_active_gpu_hours", "SM-active", GPU_HOURS));
    }

    private static Section goodput() {
        return Section.of("training_goodput", Chart.STACKED_COLUMNS)
                .title(CHAPTER, "Training goodput")
                .question("How much of the training time made progress that was kept?")
                .definition("""
                        Training GPU-hours = productive + badput by kind + unreported. Goodput: productive ÷ all that is \
                        reported. Waiting: initialisation and data loading. Wasted: progress that was lost. Time is what the \
                        jobs report of themselves, times their GPUs.""")
                .caption("Jobs that report nothing are unreported, not unproductive.")
                .whenEmpty("Deliver what training jobs report of their time (staging.job_goodput), then run again.")
                .reads(GpuHourWaterfallDaily.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("accelerator", "Accelerator").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(FILTER),
                        Shown.number("productive_gpu_hours", "Productive", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("waiting_gpu_hours", "Waiting", GPU_HOURS).as(VALUE),
                        Shown.number("checkpoint_gpu_hours", "Checkpoints", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("wasted_gpu_hours", "Wasted", GPU_HOURS).as(VALUE),
                        Shown.number("recovery_gpu_hours", "Infrastructure recovery", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("other_badput_gpu_hours", "Other badput", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("unreported_gpu_hours", "Unreported", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("training_gpu_hours", "Training", GPU_HOURS),
                        Shown.share("goodput", "Goodput"));
    }

    private static Section fragmentation() {
        return Section.of("nvlink_fragmentation", Chart.LINES)
                .title(CHAPTER, "Free GPUs and NVLink domains")
                .question("Why does the queue wait while GPUs are free?")
                .definition("""
                        Stranded: free GPUs in NVLink domains that are not free as a whole ÷ free GPUs. Startable jobs: how many \
                        of 72 or of 36 GPUs could start, each within one domain, mean over the day. Idle while queued: free \
                        GPU-hours while jobs or pods waited for GPUs.""")
                .caption("The last 400 days. Where no queue is told, idle while queued is missing.")
                .whenEmpty("Deliver GPU telemetry that tells allocation, then run again.")
                .reads(NvlinkFragmentationHourly.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("accelerator", "Accelerator").as(SERIES),
                        Shown.share("stranded_share", "Stranded of free").as(VALUE),
                        Shown.share("free_share", "Free").as(VALUE),
                        Shown.number("whole_free_domains", "Whole domains free", "domains")
                                .as(VALUE),
                        Shown.number("startable_72_gpu_jobs", "Startable jobs of 72 GPUs", "jobs")
                                .as(VALUE),
                        Shown.number("startable_36_gpu_jobs", "Startable jobs of 36 GPUs", "jobs")
                                .as(VALUE),
                        Shown.number("idle_while_queued_gpu_hours", "Idle while queued", GPU_HOURS)
                                .as(VALUE),
                        Shown.number("waiting_gpu_hours", "Waited for", GPU_HOURS),
                        Shown.number("free_gpu_hours", "Free", GPU_HOURS),
                        Shown.number("stranded_gpu_hours", "Stranded", GPU_HOURS));
    }

    private static Section modelFlops() {
        return Section.of("model_flops", Chart.LINES)
                .title(CHAPTER, "Model FLOP utilisation")
                .question("How much of the peak do our models use?")
                .definition("""
                        MFU: FLOP of the model's tokens (2 × active parameters when serving, 6 × when training) ÷ what the GPUs \
                        allocated to it compute in that time at their dense BF16 peak. Attention over the context and \
                        rematerialisation are not counted.""")
                .caption("The last 400 days. Decoding is bound by memory: a low figure is not idleness.")
                .whenEmpty("Deliver tokens of models that staging.model knows, and GPU telemetry, then run again.")
                .reads(ModelFlopsDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("activity", "Activity").as(FILTER),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("model", "Model").as(SERIES),
                        Shown.share("mfu_bf16_dense", "MFU, BF16 dense").as(VALUE),
                        Shown.count("tokens", "Tokens", "tokens"),
                        Shown.number("gpu_hours", "Allocated", GPU_HOURS),
                        Shown.number("model_flop", "Of the model", "FLOP"),
                        Shown.number("peak_bf16_dense_flop", "At peak", "FLOP"));
    }
}
