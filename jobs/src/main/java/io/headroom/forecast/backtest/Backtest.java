package io.headroom.forecast.backtest;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** Scores of one method on one measure at one horizon over all origins. */
public enum Backtest implements Field {
    MEASURE(Spec.string("gpu_hours (allocated, H100 equivalents), tokens or mw (mean IT power).")
            .required()),
    PROVIDER(Spec.string("Who supplies the capacity; all for the fleet.").required()),
    REGION(Spec.string("Region; all for the whole provider or fleet.").required()),
    METHOD(Spec.string("mllib_growth or seasonal_naive.").required()),
    HORIZON_DAYS(Spec.integer("d", "Days ahead of the origin, up to and including; 0 for all horizons.")
            .required()),
    ORIGINS(Spec.count("origins", "Rolling origins scored.").required()),
    POINTS(Spec.count("days", "Forecast days scored.").required()),
    WAPE(Spec.number("ratio", "Sum of absolute errors of P50 over sum of actuals.")),
    MASE(Spec.number("ratio", "Mean absolute error over that of in-sample seasonal naive, period 7.")),
    WQL(Spec.number("ratio", "Mean over P10, P50, P90 of twice the pinball loss over the sum of actuals.")),
    COVERAGE(Spec.number("share", "Actuals within [P10, P90]; 0.8 is the target.")),
    WIDTH(Spec.number("ratio", "Mean of P90 minus P10 over mean actual.")),
    BIAS(Spec.number("ratio", "Sum of forecast minus actual over sum of actuals."));

    public static final Table TABLE = Table.forecast("backtest")
            .grain("scores of one method on one measure at one horizon over all origins")
            .fields(values())
            .build();

    private final Spec spec;

    Backtest(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
