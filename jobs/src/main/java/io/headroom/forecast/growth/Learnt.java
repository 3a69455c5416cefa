package io.headroom.forecast.growth;

/**
 * What a growth model has learnt besides its regression.
 *
 * @param weeks weeks of the longest history
 * @param longestHorizon weeks that it has looked ahead; beyond them growth fades
 * @param examples looks that it learnt from
 */
public record Learnt(int weeks, double longestHorizon, int examples, Rates rates, Spread spread) {

    /** What remains of a rate after each week beyond the longest horizon. */
    static final double DAMPING = 0.993;

    /** The weeks that a rate counts for over a horizon: itself, and beyond the longest horizon ever less. */
    public double growingWeeks(double horizon) {
        if (horizon <= longestHorizon) {
            return horizon;
        }
        return longestHorizon + DAMPING * (1 - Math.pow(DAMPING, horizon - longestHorizon)) / (1 - DAMPING);
    }
}
