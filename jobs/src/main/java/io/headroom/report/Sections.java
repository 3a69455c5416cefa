package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.forecast.backtest.Backtest;
import io.headroom.forecast.capacity_gap.CapacityGap;
import io.headroom.forecast.demand.Demand;
import io.headroom.forecast.history.History;
import io.headroom.forecast.supply.Supply;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import java.util.List;

/** The sections of the page, in order. */
final class Sections {

    private static final String CAPACITY = "Capacity";
    private static final String USE = "Use and cost";
    private static final String POWER = "Power";
    private static final String EVIDENCE = "Evidence";

    static final List<Section> ALL = List.of(
            headline(),
            supplyAgainstDemand(),
            capacityGap(),
            backtest(),
            utilisation(),
            costPerToken(),
            unallocatedCost(),
            powerDensity(),
            tokenEfficiency(),
            jobEfficiency(),
            ledger(),
            dataTrust(),
            dataFindings());

    private Sections() {}

    private static Section headline() {
        return Section.of("headline", Chart.CARDS)
                .title(CAPACITY, "At a glance")
                .question("How much do we have, use and pay, and when do we run out?")
                .definition("""
                        Supply: the level of forecast.supply on the last day of history, all providers; \
                        H100e-hours a day ÷ 24 give H100 equivalents (H100e). Allocated share: Σ allocated ÷ Σ \
                        installed GPU-hours whose samples tell allocation. Cost per million tokens: Σ cost ÷ Σ \
                        tokens × 10⁶ in the latest complete month, one card per currency and basis. Dates: base \
                        scenario of forecast.capacity_gap.""")
                .whenEmpty("Nothing has been computed yet. Deliver files to the landing folder and run ./headroom run.")
                .reads(Supply.TABLE, History.TABLE, UtilisationHourly.TABLE, CostPerTokenDaily.TABLE, CapacityGap.TABLE)
                .columns(
                        Shown.text("card", "Figure"),
                        Shown.number("value", "Value", ""),
                        Shown.text("unit", "Unit"),
                        Shown.date("day", "Day"),
                        Shown.text("words", "In words"),
                        Shown.text("note", "Note"));
    }

    private static Section supplyAgainstDemand() {
        return Section.of("supply_demand", Chart.FAN)
                .title(CAPACITY, "Supply against demand")
                .question("When does demand cross supply, and how sure are we?")
                .definition("""
                        Actual: one complete UTC day. Forecast: median (P50) and the band in which eight days of \
                        ten should fall (P10 to P90). Supply: capacity energised by that day, stepped at each \
                        milestone; planned milestones count from their planned day. GPU-hours are in H100 \
                        equivalents.""")
                .caption("""
                        Totals are forecast as such: a P90 of the fleet is not the sum of its parts' P90s. Days \
                        are marked on which P50 and P90 first exceed supply in the base scenario.""")
                .whenEmpty("""
                        The forecast needs at least some weeks of complete days. Deliver usage and capacity \
                        milestones, then run ./headroom run.""")
                .reads(History.TABLE, Demand.TABLE, Supply.TABLE)
                .columns(
                        Shown.text("measure", "Measure").as(PICK),
                        Shown.text("unit", "Unit"),
                        Shown.text("provider", "Provider").as(SERIES),
                        Shown.text("region", "Region").as(SERIES),
                        Shown.date("day", "Day").as(X),
                        Shown.number("actual", "Actual", ""),
                        Shown.number("p10", "P10", ""),
                        Shown.number("p50", "P50", ""),
                        Shown.number("p90", "P90", ""),
                        Shown.number("supply", "Supply", ""),
                        Shown.share("planned_share", "Of it planned"));
    }

    private static Section capacityGap() {
        return Section.of("capacity_gap", Chart.TABLE)
                .title(CAPACITY, "Capacity gap")
                .question("Where and by when are we short, and by how much?")
                .definition("""
                        First day on which the forecast quantile of demand exceeds supply, and the largest \
                        excess until the last day looked at. gpu_hours: H100e-hours per day; tokens: tokens per \
                        day; mw: mean IT power in MW.""")
                .caption("A dash under a day means that demand never exceeds supply, or that no supply is stated.")
                .whenEmpty("Needs a forecast and capacity milestones. Deliver both, then run ./headroom run.")
                .reads(CapacityGap.TABLE)
                .columns(
                        Shown.text("scenario", "Scenario").as(PICK),
                        Shown.text("measure", "Measure").as(PICK),
                        Shown.text("provider", "Provider"),
                        Shown.text("region", "Region"),
                        Shown.date("first_day_p50_exceeds", "P50 exceeds"),
                        Shown.date("first_day_p90_exceeds", "P90 exceeds"),
                        Shown.number("max_short_p50", "Largest shortfall P50", ""),
                        Shown.number("max_short_p90", "Largest shortfall P90", ""),
                        Shown.number("supply_at_end", "Supply at end", ""),
                        Shown.number("p50_at_end", "P50 at end", ""),
                        Shown.number("p90_at_end", "P90 at end", ""),
                        Shown.date("origin", "Known through"),
                        Shown.date("until", "Looked at until"));
    }

    private static Section backtest() {
        return Section.of("backtest", Chart.GROUPED_COLUMNS)
                .title(CAPACITY, "How good is the forecast?")
                .question("Does the model beat repeating last week, and does its band hold what it promises?")
                .definition("""
                        Rolling origins: each forecast knew only the days before its origin. WAPE: Σ|forecast − \
                        actual| ÷ Σ actual, of P50. WQL: the same for the three quantiles. MASE: error over that \
                        of seasonal naive in sample. Coverage: share of actuals within P10 to P90; the target is \
                        80 %.""")
                .caption("Lower is better, except for coverage (80 %) and bias (0). Horizon 0 stands for all horizons.")
                .whenEmpty(
                        "Backtests need a history longer than their horizon. They appear once there are enough days.")
                .reads(Backtest.TABLE)
                .columns(
                        Shown.text("measure", "Measure").as(PICK),
                        Shown.text("provider", "Provider").as(X),
                        Shown.text("region", "Region").as(X),
                        Shown.text("method", "Method").as(SERIES),
                        Shown.count("horizon_days", "Horizon", "days").as(PICK),
                        Shown.share("wape", "WAPE").as(VALUE),
                        Shown.share("coverage", "Coverage of P10 to P90").as(VALUE),
                        Shown.number("mase", "MASE", "ratio").as(VALUE),
                        Shown.share("wql", "WQL").as(VALUE),
                        Shown.share("width", "Band width").as(VALUE),
                        Shown.share("bias", "Bias").as(VALUE),
                        Shown.count("origins", "Origins", ""),
                        Shown.count("points", "Points", "days"));
    }

    private static Section utilisation() {
        return Section.of("utilisation", Chart.LINES)
                .title(USE, "Utilisation by cluster")
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

    private static Section costPerToken() {
        return Section.of("cost_per_token", Chart.LINES)
                .title(USE, "Cost per million tokens")
                .question("What does a million tokens cost, per cluster and day?")
                .definition("""
                        Cost of the cluster on that day ÷ tokens served × 10⁶. Basis effective: charges of the \
                        bill spread over their periods; rate_card: GPU-hours times the price. Currencies are \
                        never converted or added.""")
                .caption("""
                        The last 400 days. Cost that no cluster could be named for is not in it: see the next \
                        section.""")
                .whenEmpty("Deliver FOCUS charges or prices, and token usage, then run again.")
                .reads(CostPerTokenDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("cost_basis", "Basis").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.number("cost_per_million_tokens", "Cost per million tokens", "currency")
                                .as(VALUE),
                        Shown.money("cost", "Cost"),
                        Shown.count("total_tokens", "Tokens", "tokens"));
    }

    private static Section unallocatedCost() {
        return Section.of("unallocated_cost", Chart.STACKED_COLUMNS)
                .title(USE, "Unallocated cost")
                .question("How much of the bill can no cluster be named for?")
                .definition("""
                        Cost by month. Allocated: its charge names a cluster. Unallocated: it names none, and \
                        stays a part of its own. Both add up to the whole cost on that basis.""")
                .caption("""
                        The first and last month may be incomplete. All providers of one currency are stacked \
                        together.""")
                .whenEmpty("Deliver FOCUS charges, then run again.")
                .reads(CostPerTokenDaily.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("cost_basis", "Basis").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.money("allocated_cost", "Allocated").as(VALUE),
                        Shown.money("unallocated_cost", "Unallocated").as(VALUE),
                        Shown.share("unallocated_share", "Unallocated share"));
    }

    private static Section powerDensity() {
        return Section.of("power_density", Chart.HEAT_MAP)
                .title(POWER, "Power density")
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
                .title(POWER, "Tokens per joule")
                .question("How many tokens does a joule make, and where is energy lost on the way?")
                .definition("""
                        Total tokens ÷ energy of the day, at three boundaries: the GPU boards, metered IT, and \
                        facility (IT × PUE). tokens/s/MW = 10⁶ × tokens per joule.""")
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
                .title(POWER, "Job efficiency")
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

    private static Section ledger() {
        return Section.of("ledger", Chart.TIMELINE)
                .title(EVIDENCE, "Capacity ledger")
                .question("What capacity was promised, what has arrived, and who says so?")
                .definition("""
                        The latest known row of each milestone, planned and actual. Megawatts are on the basis \
                        named in the row (IT, facility, utility, unstated) and are not comparable across bases.""")
                .caption("""
                        Do not add rows up: milestones of one overlap group describe overlapping capacity, seen \
                        from a contract, a site or a chip. A pale bar spans a date known only to the month, \
                        quarter, half or year; a line joins plan and actual. Milestones without a date stand in \
                        the table only.""")
                .whenEmpty("Deliver capacity milestones (staging.capacity_milestone), then run again.")
                .reads(CapacityMilestone.TABLE)
                .columns(
                        Shown.text("provider", "Provider").as(FILTER, SERIES),
                        Shown.text("site", "Site").as(SERIES),
                        Shown.text("state", "State").as(FILTER),
                        Shown.date("planned_on", "Planned"),
                        Shown.text("date_precision", "Precision"),
                        Shown.date("actual_on", "Actual"),
                        Shown.text("mw_qualifier", "MW are"),
                        Shown.number("mw", "Power", "MW"),
                        Shown.text("mw_basis", "MW basis"),
                        Shown.text("accelerators_qualifier", "GPUs are"),
                        Shown.count("accelerators", "Accelerators", "GPUs"),
                        Shown.text("accelerator", "Model"),
                        Shown.text("confidence", "Confidence").as(FILTER),
                        Shown.text("overlap_group", "Overlap group"),
                        Shown.text("contract_id", "Contract"),
                        Shown.text("country", "Country"),
                        Shown.text("region", "Region"),
                        Shown.text("grid_region", "Grid"),
                        Shown.text("cluster", "Cluster"),
                        Shown.text("milestone_id", "Milestone"),
                        Shown.text("note", "Note"),
                        Shown.instant("known_at", "Known since"),
                        Shown.link("source_url", "Source"));
    }

    private static Section dataTrust() {
        return Section.of("data_trust", Chart.STACKED_ROWS)
                .title(EVIDENCE, "Data trust")
                .question("Was everything that was delivered read, and what became of it?")
                .definition("""
                        Per file: read = used + skipped + unparsable records; received = accepted + duplicate + \
                        rejected rows. Unaccounted is what breaks either equation, and must be 0. Superseded \
                        rows were accepted and replaced by a newer delivery of their slice.""")
                .caption("The figure beside each bar is the share of received rows that were accepted, rounded down.")
                .whenEmpty("No file has been delivered yet. Put files into the landing folder and run ./headroom run.")
                .reads(Delivery.TABLE)
                .columns(
                        Shown.text("source", "Source").as(X),
                        Shown.text("target", "Table").as(X),
                        Shown.count("accepted_rows", "Accepted", "rows").as(VALUE),
                        Shown.count("duplicate_rows", "Duplicate", "rows").as(VALUE),
                        Shown.count("rejected_rows", "Rejected", "rows").as(VALUE),
                        Shown.count("received_rows", "Received", "rows"),
                        Shown.count("superseded_rows", "Superseded", "rows"),
                        Shown.count("read_records", "Read", "records"),
                        Shown.count("used_records", "Used", "records"),
                        Shown.count("skipped_records", "Skipped", "records"),
                        Shown.count("unparsable_records", "Unparsable", "records"),
                        Shown.count("unaccounted", "Unaccounted", ""),
                        Shown.count("files", "Files", ""),
                        Shown.count("refused_files", "Refused files", ""),
                        Shown.instant("last_known_at", "Latest known"));
    }

    private static Section dataFindings() {
        return Section.of("data_findings", Chart.TABLE)
                .title(EVIDENCE, "Quirks and refusals")
                .question("What was odd in the deliveries, and what was done about it?")
                .definition("""
                        Quirks were normalised and used; skipped records were left out by a named rule of the \
                        source; rejected rows and refused files stand in staging.rejected with their raw text. A \
                        row that broke several rules counts under each.""")
                .caption("At most the 500 most frequent findings.")
                .whenEmpty("No quirk, skipped record, rejected row or refused file is on record.")
                .reads(Delivery.TABLE, Rejected.TABLE)
                .columns(
                        Shown.text("source", "Source").as(FILTER),
                        Shown.text("target", "Table"),
                        Shown.text("finding", "Finding").as(FILTER),
                        Shown.text("name", "Name or reason"),
                        Shown.count("occurrences", "Occurrences", ""),
                        Shown.text("unit", "Of"));
    }
}
