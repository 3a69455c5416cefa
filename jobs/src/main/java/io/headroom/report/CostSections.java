package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.cost_per_token_monthly.CostPerTokenMonthly;
import io.headroom.mart.gpu_hour_cost_daily.GpuHourCostDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.mart.token_list_price_daily.TokenListPriceDaily;
import java.util.List;

/** What a token and a GPU-hour cost, and why that differs from the bill. */
final class CostSections {

    static final String CHAPTER = "Cost";

    static final List<Section> ALL =
            List.of(costPerToken(), costBridges(), tokenCost(), tokenListPrice(), gpuHourCost());

    private static final String CURRENCY = "currency";

    private CostSections() {}

    private static Section costPerToken() {
        return Section.of("cost_per_token", Chart.LINES)
                .title(CHAPTER, "Cost per million tokens")
                .question("What does a million tokens cost, and how much of it is idleness?")
                .definition("""
                        Effective: serving cost of the cluster on that day ÷ tokens served × 10⁶. Serving cost: cost × serving \
                        share, the part of allocated GPU-hours that does not train; cost: direct, idle and shared. Usage: serving \
                        cost × active share (SM-active ÷ allocated GPU-hours that serve) ÷ tokens × 10⁶. Idle bridge: effective − \
                        usage. Basis effective: charges of the bill spread over their periods; own: depreciation, energy and \
                        operations of an own data centre, and its charges; rate_card: GPU-hours times the price; unpriced: \
                        some GPU-hours have no price, or several, so that the cost is not known. Currencies are never \
                        converted or added.""")
                .caption("""
                        The 400 days up to the last with tokens. Cost that no cluster could be named for is not in it: see \
                        where the cost goes, below.""")
                .whenEmpty("Deliver FOCUS charges or prices, and token usage, then run again.")
                .reads(CostPerTokenDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("cost_basis", "Basis").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.number("cost_per_million_tokens", "Effective cost per million tokens", CURRENCY)
                                .as(VALUE),
                        Shown.number("usage_cost_per_million_tokens", "Usage cost per million tokens", CURRENCY)
                                .as(VALUE),
                        Shown.number("idle_per_million_tokens", "Idle bridge per million tokens", CURRENCY)
                                .as(VALUE),
                        Shown.money("cost", "Cost"),
                        Shown.money("direct_cost", "Direct"),
                        Shown.money("idle_cost", "Unused commitment"),
                        Shown.money("shared_cost", "Shared"),
                        Shown.share("serving_share", "Serving share"),
                        Shown.money("serving_cost", "Serving cost"),
                        Shown.share("active_share", "Active share"),
                        Shown.money("usage_cost", "Usage cost"),
                        Shown.money("idle_bridge", "Idle bridge"),
                        Shown.count("total_tokens", "Tokens", "tokens"));
    }

    private static Section costBridges() {
        return Section.of("cost_bridges", Chart.STACKED_COLUMNS)
                .title(CHAPTER, "From the bill to use")
                .question("Why does what we were billed differ from what our tokens used?")
                .definition("""
                        Billed + timing bridge + unbilled = effective; effective − idle bridge = usage. All are the serving \
                        part of a month. \
                        Timing bridge: what falls into the month and is billed in another, less what is billed in it for others. \
                        Stacked are usage, the idle bridge, effective cost whose activity is not told, and billed less \
                        effective cost: with what lies below zero taken off, a column is what is billed and what nobody bills: an \
                        own data centre, or a rate card.""")
                .caption("""
                        A commitment bought at once stands high above in its month and below zero in those that use it. Only \
                        what bills tell has a timing bridge.""")
                .whenEmpty("Deliver FOCUS charges and token usage, then run again.")
                .reads(CostPerTokenMonthly.TABLE)
                .columns(
                        Shown.text("month", "Month").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("cost_basis", "Basis").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("cluster", "Cluster").as(FILTER),
                        Shown.text("state", "Month is"),
                        Shown.money("usage_cost", "Usage").as(VALUE),
                        Shown.money("idle_bridge", "Idle bridge").as(VALUE),
                        Shown.money("use_untold_cost", "Activity not told").as(VALUE),
                        Shown.money("billed_less_effective", "Billed less effective")
                                .as(VALUE),
                        Shown.money("billed_cost", "Billed cost"),
                        Shown.money("timing_bridge", "Timing bridge"),
                        Shown.money("unbilled_cost", "Unbilled"),
                        Shown.money("effective_cost", "Effective cost"),
                        Shown.count("total_tokens", "Tokens", "tokens"),
                        Shown.number("billed_cost_per_million_tokens", "Billed per million tokens", CURRENCY),
                        Shown.number("effective_cost_per_million_tokens", "Effective per million tokens", CURRENCY),
                        Shown.number("usage_cost_per_million_tokens", "Usage per million tokens", CURRENCY));
    }

    private static Section tokenCost() {
        return Section.of("token_cost", Chart.GROUPED_COLUMNS)
                .title(CHAPTER, "Build against buy")
                .question("What do input, cached, output and reasoning tokens of a model cost, on our GPUs and bought?")
                .definition("""
                        Σ cost ÷ Σ tokens × 10⁶ of each disjoint bucket. On GPUs the serving cost of the cluster, split between \
                        input and output by their time, or by the weights that are set where no time is told; bought: the \
                        effective cost of charges for tokens. “All tokens” is over all buckets.""")
                .caption("The 30 days up to the last with tokens whose cost is known. On GPUs idle cost is in it.")
                .whenEmpty("Deliver token usage with its cost, or FOCUS charges for tokens, then run again.")
                .reads(TokenCostDaily.TABLE)
                .columns(
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("model", "Model").as(X, FILTER),
                        Shown.text("supplied_by", "Supplied by").as(X),
                        Shown.text("provider", "Provider").as(X, FILTER),
                        Shown.text("token_type", "Tokens are").as(SERIES),
                        Shown.number("cost_per_million_tokens", "Cost per million tokens", CURRENCY)
                                .as(VALUE),
                        Shown.money("cost", "Cost"),
                        Shown.count("tokens", "Tokens", "tokens"),
                        Shown.text("split_by", "Split by"));
    }

    private static Section tokenListPrice() {
        return Section.of("token_list_price", Chart.TABLE)
                .title(CHAPTER, "Our tokens at list price")
                .question("What would the tokens that our GPUs served have cost at a seller's list price?")
                .definition("""
                        Σ tokens of each bucket ÷ 10⁶ × the seller's list price of it, beside what the same tokens cost us. A \
                        bucket that the seller does not price apart is priced as the one it is part of.""")
                .caption("""
                        The 30 days up to the last with both. Tokens without a list price, or whose cost is not known, \
                        are left out on both sides; no currency is converted.""")
                .whenEmpty("Deliver list prices of tokens, and token usage with its cost, then run again.")
                .reads(TokenListPriceDaily.TABLE)
                .columns(
                        Shown.text("model", "Model").as(FILTER),
                        Shown.text("seller", "Seller").as(FILTER),
                        Shown.text("pricing_currency", "List prices in"),
                        Shown.money("list_cost", "Cost at list price"),
                        Shown.number("list_price_per_million_tokens", "List price per million tokens", ""),
                        Shown.text("billing_currency", "Our cost in"),
                        Shown.money("cost", "Our cost"),
                        Shown.number("cost_per_million_tokens", "Our cost per million tokens", ""),
                        Shown.count("tokens", "Tokens", "tokens"));
    }

    private static Section gpuHourCost() {
        return Section.of("gpu_hour_cost", Chart.LINES)
                .title(CHAPTER, "Cost per GPU-hour")
                .question("What does an hour of a GPU cost, and which of our GPUs is the cheapest?")
                .definition("""
                        Cost of the cluster, all its work included, by accelerator ÷ installed GPU-hours, ÷ allocated \
                        GPU-hours, or ÷ installed GPU-hours in H100 equivalents, per UTC day.""")
                .caption("""
                        The 400 days up to the last with GPU-hours. Only H100 equivalents compare accelerators; a GPU \
                        whose equivalent is not known has none.""")
                .whenEmpty("Deliver FOCUS charges, prices or assets, and GPU telemetry, then run again.")
                .reads(GpuHourCostDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("billing_currency", "Currency").as(PICK),
                        Shown.text("cost_basis", "Basis").as(PICK),
                        Shown.text("provider", "Provider").as(FILTER),
                        Shown.text("region", "Region").as(FILTER),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("accelerator", "Accelerator").as(SERIES),
                        Shown.number("cost_per_gpu_hour", "Cost per installed GPU-hour", CURRENCY)
                                .as(VALUE),
                        Shown.number("cost_per_h100_equivalent_hour", "Cost per H100-equivalent hour", CURRENCY)
                                .as(VALUE),
                        Shown.number("cost_per_allocated_gpu_hour", "Cost per allocated GPU-hour", CURRENCY)
                                .as(VALUE),
                        Shown.money("cost", "Cost"),
                        Shown.number("installed_gpu_hours", "Installed", "GPU h"),
                        Shown.number("allocated_gpu_hours", "Allocated", "GPU h"),
                        Shown.number("sm_active_gpu_hours", "SM-active", "GPU h"),
                        Shown.number("h100_equivalent_hours", "H100 equivalents", "H100e h"));
    }
}
