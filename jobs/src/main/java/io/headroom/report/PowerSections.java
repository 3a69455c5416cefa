package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.power_reconciliation_daily.PowerReconciliationDaily;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import java.util.List;

/** What the fleet draws and what it gets for it. */
final class PowerSections {

    private static final String CHAPTER = "Power";

    static final List<Section> ALL =
            List.of(powerDensity(), powerHeadroom(), pue(), reconciliation(), tokenEfficiency(), jobEfficiency());

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

    private static Section powerHeadroom() {
        return Section.of("power_headroom", Chart.GROUPED_COLUMNS)
                .title(CHAPTER, "Headroom by tier")
                .question("How much more fits, and what binds first: power, cooling, space or network?")
                .definition("""
                        Peak share: the highest demand of the day ÷ the capacity that the tier grants. Headroom = capacity − \
                        highest demand. Unused: headroom of what the site grants. Stranded: the part of it that racks \
                        cannot use because another tier fits fewer of them.""")
                .caption("""
                        The last day of each cluster. The tier rack is the rack that comes nearest to its nameplate. A tier \
                        whose capacity is not given is missing, not endless.""")
                .whenEmpty("Give envelopes in staging.cluster and deliver power readings, then run again.")
                .reads(PowerHeadroomDaily.TABLE)
                .columns(
                        Shown.text("cluster", "Cluster").as(X),
                        Shown.text("tier", "Tier").as(SERIES),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.share("peak_share", "Peak of capacity").as(VALUE),
                        Shown.share("p99_share", "p99 of capacity").as(VALUE),
                        Shown.share("stranded_share", "Stranded of unused").as(VALUE),
                        Shown.text("unit", "Unit"),
                        Shown.number("capacity", "Capacity", "unit"),
                        Shown.number("p99_demand", "p99 demand", "unit"),
                        Shown.number("max_demand", "Highest demand", "unit"),
                        Shown.number("headroom", "Headroom", "unit"),
                        Shown.number("unused", "Unused", "unit"),
                        Shown.number("stranded", "Stranded", "unit"),
                        Shown.count("fitting_racks", "Racks that fit this tier", "racks"),
                        Shown.count("usable_racks", "Racks that fit all", "racks"),
                        Shown.text("binding_constraint", "Binding"),
                        Shown.text("binding_tier", "Binding tier"),
                        Shown.text("place", "Place"),
                        Shown.text("site", "Site"),
                        Shown.text("power_basis", "Basis"),
                        Shown.date("day", "Day"));
    }

    private static Section pue() {
        return Section.of("pue", Chart.LINES)
                .title(CHAPTER, "PUE")
                .question("What does the facility take beyond its IT, and is it what we plan with?")
                .definition("""
                        PUE: Σ facility energy ÷ Σ IT energy of the hours in which both are metered, per UTC day. Category: \
                        where IT energy is measured (ISO/IEC 30134-2).""")
                .caption("The last 400 days. A value below 1 means that a meter is missing or misplaced.")
                .whenEmpty("Deliver readings of the scopes it and facility (staging.power_sample), then run again.")
                .reads(PueDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.number("pue", "PUE", "ratio").as(VALUE),
                        Shown.number("planned_pue", "Planned PUE", "ratio").as(VALUE),
                        Shown.count("pue_category", "Category", ""),
                        Shown.count("hours", "Hours", "h"),
                        Shown.number("it_energy_j", "IT energy", "J"),
                        Shown.number("facility_energy_j", "Facility energy", "J"),
                        Shown.text("finding", "Finding"));
    }

    private static Section reconciliation() {
        return Section.of("power_reconciliation", Chart.LINES)
                .title(CHAPTER, "Software power against the meter")
                .question("How much of what the rack meter counts does software see?")
                .definition("""
                        Share: Σ energy of racks as software tells it (GPU boards, or the meters of all hosts) ÷ Σ energy by \
                        their own meter, over the hours that both tell.""")
                .caption("The last 400 days. What boards do not see is CPUs, memory, network, fans and losses.")
                .whenEmpty("Deliver readings of rack meters and GPU telemetry of the same racks, then run again.")
                .reads(PowerReconciliationDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("software", "Software").as(SERIES),
                        Shown.share("software_share", "Seen by software").as(VALUE),
                        Shown.number("missing_power_kw", "Not seen, per rack", "kW")
                                .as(VALUE),
                        Shown.share("missing_share", "Not seen"),
                        Shown.count("racks", "Racks", "racks"),
                        Shown.number("software_energy_j", "By software", "J"),
                        Shown.number("meter_energy_j", "By the meter", "J"));
    }

    private static Section tokenEfficiency() {
        return Section.of("token_efficiency", Chart.LINES)
                .title(CHAPTER, "Tokens per joule")
                .question("How many tokens does a joule make, and where is energy lost on the way?")
                .definition("""
                        Total tokens ÷ the serving share of the day's energy, at three boundaries: the GPU boards, \
                        metered IT, and facility (metered, or IT × planned PUE); told where 95 % of the day is covered. \
                        tokens/s/MW = 10⁶ × tokens per joule. Provisioned: the same tokens over the facility power \
                        that the benchmark provisions for the GPUs. CUE: kg CO2e ÷ kWh of IT energy.""")
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
                        Shown.number("tokens_per_s_per_mw_provisioned", "Provisioned power", "tokens/s/MW")
                                .as(VALUE),
                        Shown.number("kg_co2e_per_million_tokens", "Carbon per million tokens", "kg CO2e")
                                .as(VALUE),
                        Shown.number("cue", "CUE", "kg CO2e/kWh").as(VALUE),
                        Shown.text("energy_currency", "Energy currency"),
                        Shown.number("energy_cost_per_million_tokens", "Energy cost per million tokens", ""),
                        Shown.text("demand_currency", "Demand currency"),
                        Shown.number("demand_charge_per_million_tokens", "Demand charge per million tokens", ""),
                        Shown.text("demand_charge_is", "Demand charge is"),
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
