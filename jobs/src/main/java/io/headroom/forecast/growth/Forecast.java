package io.headroom.forecast.growth;

import java.util.List;

/**
 * The outlook of one series of a panel. Medians of totals are the sums of their regions' medians. Quantiles of totals
 * are not sums: they lie as far, in proportion, from that median as the total's own days and errors say, which know how
 * much the regions move together. A total with few errors to learn from is drawn towards the other series.
 *
 * @param history what was known
 */
public record Forecast(Series history, Outlook outlook) {

    /** The forecasts of all series that have not ended. */
    public static List<Forecast> of(Panel panel, GrowthModel model) {
        List<Part> parts = panel.living().stream()
                .map(series -> new Part(series, new Projection(series, model)))
                .toList();
        return parts.stream()
                .map(part ->
                        new Forecast(part.series(), part.series().isLeaf() ? part.projection() : total(part, parts)))
                .toList();
    }

    private static Outlook total(Part total, List<Part> parts) {
        List<Projection> regions = parts.stream()
                .filter(part -> total.series().contains(part.series()))
                .map(Part::projection)
                .toList();
        return day -> total.projection()
                .around(
                        regions.stream()
                                .mapToDouble(region -> region.median(day))
                                .sum(),
                        day);
    }

    private record Part(Series series, Projection projection) {}
}
