package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import java.util.List;

/** What the fleet draws and what it gets for it. */
final class PowerSections {

    private static final String CHAPTER = "Power";

    static final List<Section> ALL = List.of(powerDensity(), tokenEfficiency(), jobEfficiency());

    private PowerSections() {}

    private static Section powerDensity() {
        return Section.of("power_density", Chart.HEAT_MAP)
                .title(CHAPTER, "Power density")
                .question("Which racks run hot, which are far from what they were built for?")
                .definition("""
                        Mean kW: Σ energy ÷ Σ time covered by readings, per rack and UTC day. p95 is the highest \
                        hourly 95th percentile of the day, max the highest instant. Basis metered: rack or host \
                        meters; gpu_sum: the GPU boards alone, so the rack draws more.""")
                .caption("""
                        The last 31 days with readings, and at most the 300 racks that drew the most. A host \
                        metered outside any rack stands as a row of its own. Empty cells have no readings.""")
                .whenEmpty(
                        "Deliver rack or host power readings (staging.power_sample) or GPU telemetry, then run again.")
                .reads(PowerDensityHourly.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(FILTER, SERIES),
                        Shown.text("rack", "Rack or host").as(SERIES),
                        Shown.number("mean_power_kw", "Mean power", "kW").as(VALUE),
                        Shown.number("p95_power_kw", "p95", "kW").as(VALUE),
                        Shown.number("max_power_kw", "Max", "kW").as(VALUE),
                        Shown.share("nameplate_share", "Mean of nameplate").as(VALUE),
                        Shown.number("nameplate_kw", "Nameplate", "kW"),
                        Shown.number("tgp_kw", "Sum of TGP", "kW"),
                        Shown.number("covered_h", "Covered", "h"),
                        Shown.text("power_basis", "Basis"));
    }

    private static Section tokenEfficiency() {
        return Section.of("token_efficiency", Chart.LINES)
                .title(CHAPTER, "Tokens per joule")
                .question("How many tokens does a joule make, and where is energy lost on the way?")
                .definition("""
                        Total tokens ÷ the serving share of the day's energy, at three boundaries: the GPU boards, \
                        metered IT, and facility (metered, else IT × PUE); told where 95 % of the day is covered. tokens/s/MW = 10⁶ × tokens per joule.""")
                .caption("The last 400 days. A boundary that nothing meters is missing, not estimated.")
                .whenEmpty("Deliver token usage and energy or power readings of the same clusters, then run again.")
                .reads(TokenEfficiencyDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.number("tokens_per_joule_gpu", "GPU boundary", "tokens/J")
                                .as(VALUE),
                        Shown.number("tokens_per_joule_it", "IT boundary", "tokens/J")
                                .as(VALUE),
                        Shown.number("tokens_per_joule_facility", "Facility boundary", "tokens/J")
                                .as(VALUE),
                        Shown.number("tokens_per_s_per_mw_facility", "Facility boundary", "tokens/s/MW")
                                .as(VALUE),
                        Shown.count("total_tokens", "Tokens", "tokens"),
                        Shown.count("output_tokens", "Output tokens", "tokens"),
                        Shown.number("gpu_energy_j", "GPU energy", "J"),
                        Shown.number("it_energy_j", "IT energy", "J"),
                        Shown.number("facility_energy_j", "Facility energy", "J"));
    }

    private static Section jobEfficiency() {
        return Section.of("job_efficiency", Chart.TABLE)
                .title(CHAPTER, "Job efficiency")
                .question("What energy does a token cost, job by job?")
                .definition("""
                        J/token: mean power of the job's hosts from start to end ÷ tokens per second that the \
                        job reports. Known only where every host of the job is metered.""")
                .caption("At most 500 jobs: those with a known J/token first, the latest first.")
                .whenEmpty("Deliver jobs (staging.job_usage) and host power readings, then run again.")
                .reads(JobEfficiency.TABLE)
                .columns(
                        Shown.text("job_id", "Job"),
                        Shown.text("cluster", "Cluster").as(FILTER),
                        Shown.text("state", "State").as(FILTER),
                        Shown.number("joules_per_token", "Energy per token", "J/token"),
                        Shown.number("tokens_per_s", "Throughput", "tokens/s"),
                        Shown.number("tokens_per_s_per_mw", "Per megawatt", "tokens/s/MW"),
                        Shown.number("mean_power_kw", "Mean power", "kW"),
                        Shown.number("energy_kwh", "Energy", "kWh"),
                        Shown.count("allocated_gpus", "GPUs", ""),
                        Shown.number("gpu_hours", "GPU time", "GPU h"),
                        Shown.count("metered_hosts", "Metered hosts", ""),
                        Shown.count("hosts", "Hosts", ""),
                        Shown.instant("started_at", "Started"),
                        Shown.instant("ended_at", "Ended"),
                        Shown.text("provider", "Provider"),
                        Shown.text("region", "Region"));
    }
}
