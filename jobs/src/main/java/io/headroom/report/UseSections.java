package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;

/** How busy the fleet is and what its work costs. */
final class UseSections {

    private static final String CHAPTER = "Use and cost";

    static final List<Section> ALL = List.of(utilisation(), costPerToken(), unallocatedCost());

    private UseSections() {}

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

    private static Section costPerToken() {
        return Section.of("cost_per_token", Chart.LINES)
                .title(CHAPTER, "Cost per million tokens")
                .question("What does a million tokens cost, per cluster and day?")
                .definition("""
                        Serving cost of the cluster on that day ÷ tokens served × 10⁶. Serving cost: cost × serving \
                        share, the part of allocated GPU-hours that does not train. Basis effective: charges of \
                        the bill spread over their periods; rate_card: GPU-hours times the price; unpriced: some \
                        GPU-hours have no price, or several, so that the cost is not known. Currencies are \
                        never converted or added.""")
                .caption("""
                        The 400 days up to the last with tokens. Cost that no cluster could be named for is not in it: see the next \
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
                        Shown.share("serving_share", "Serving share"),
                        Shown.money("serving_cost", "Serving cost"),
                        Shown.count("total_tokens", "Tokens", "tokens"));
    }

    private static Section unallocatedCost() {
        return Section.of("unallocated_cost", Chart.STACKED_COLUMNS)
                .title(CHAPTER, "Unallocated cost")
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
}
