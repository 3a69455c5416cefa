package io.headroom.report;

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
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;

/** What there is, what is needed, and when it runs out. */
final class CapacitySections {

    private static final String CHAPTER = "Capacity";

    static final List<Section> ALL = List.of(headline(), supplyAgainstDemand(), capacityGap(), backtest());

    private CapacitySections() {}

    private static Section headline() {
        return Section.of("headline", Chart.CARDS)
                .title(CHAPTER, "At a glance")
                .question("How much do we have, use and pay, and when do we run out?")
                .definition("""
                        Supply: the level of forecast.supply on the last day of history, all providers; \
                        H100e-hours a day ÷ 24 give H100 equivalents (H100e). Allocated share: Σ allocated ÷ Σ \
                        installed GPU-hours whose samples tell allocation. Cost per million tokens: Σ serving \
                        cost ÷ Σ tokens × 10⁶ in the latest complete month with tokens, one card per currency and basis. \
                        Dates: base scenario of forecast.capacity_gap, where the mean of a day is compared \
                        with supply.""")
                .whenEmpty(
                        "Nothing to sum up here: it takes GPU telemetry, tokens with their cost, or capacity milestones of providers with telemetry.")
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
                .title(CHAPTER, "Supply against demand")
                .question("When does demand cross supply, and how sure are we?")
                .definition("""
                        Actual: one complete UTC day. Forecast: median (P50) and the band in which eight days of \
                        ten should fall (P10 to P90). Supply: capacity energised by that day, stepped at each \
                        milestone; planned milestones count from their planned day. GPU-hours are in H100 \
                        equivalents; MW are those of clusters whose racks or hosts are metered.""")
                .caption("""
                        Totals are forecast as such: a P90 of the fleet is not the sum of its parts' P90s. Days \
                        are marked on which P50 and P90 of the daily mean first exceed supply in the base scenario.""")
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
                .title(CHAPTER, "Capacity gap")
                .question("Where and by when are we short, and by how much?")
                .definition("""
                        First day whose demand exceeds supply at that quantile of the forecast, and the largest \
                        excess until the last day looked at. Demand is the daily mean: hours within a day may \
                        exceed supply before. Days before the first with supply known are not compared. \
                        GPU-hours: H100e-hours per day; power: mean IT power in MW. Tokens have no supply.""")
                .caption("""
                        A dash under a day means that there is none: demand never exceeds supply, or no supply \
                        is stated.""")
                .whenEmpty("Needs a forecast and capacity milestones. Deliver both, then run ./headroom run.")
                .reads(CapacityGap.TABLE)
                .columns(
                        Shown.text("scenario", "Scenario").as(PICK),
                        Shown.text("measure", "Measure").as(PICK),
                        Shown.text("provider", "Provider"),
                        Shown.text("region", "Region"),
                        Shown.date("first_day_p50_exceeds", "P50 exceeds"),
                        Shown.date("first_day_p90_exceeds", "P90 exceeds"),
                        Shown.count("days_p50_exceeds", "Days P50 exceeds", "days"),
                        Shown.number("max_short_p50", "Largest shortfall P50", ""),
                        Shown.number("max_short_p90", "Largest shortfall P90", ""),
                        Shown.number("supply_at_end", "Supply at end", ""),
                        Shown.number("p50_at_end", "P50 at end", ""),
                        Shown.number("p90_at_end", "P90 at end", ""),
                        Shown.date("origin", "Known through"),
                        Shown.date("compared_from", "Compared from"),
                        Shown.date("until", "Looked at until"));
    }

    private static Section backtest() {
        return Section.of("backtest", Chart.GROUPED_COLUMNS)
                .title(CHAPTER, "How good is the forecast?")
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
}
