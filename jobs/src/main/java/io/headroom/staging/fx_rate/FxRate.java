package io.headroom.staging.fx_rate;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The rate of one currency in another over one time, as one publisher tells it. */
public enum FxRate implements Field {
    BASE_CURRENCY(Spec.string("ISO 4217 code of the currency of which one unit is priced.")
            .required()),
    QUOTE_CURRENCY(
            Spec.string("ISO 4217 code of the currency that it is priced in.").required()),
    RATE(Spec.money("Units of the quote currency for one unit of the base currency.")
            .required()),
    VALID_FROM(Spec.instant("Start of the time that it holds for, inclusive.").required()),
    VALID_TO(Spec.instant("End of that time, exclusive: for a daily rate the next publication.")
            .required()),
    PUBLISHER(Spec.string("Who publishes it, as in ECB.").required()),
    SOURCE_URL(Spec.string("Where it was published."));

    public static final Table TABLE = Table.staging("fx_rate")
            .grain("the rate of one currency in another over one time, as known at a time")
            .fields(values())
            .rule("base_currency is not an ISO 4217 code", "base_currency RLIKE '^[A-Z]{3}$'")
            .rule("quote_currency is not an ISO 4217 code", "quote_currency RLIKE '^[A-Z]{3}$'")
            .rule("a currency is priced in itself", "base_currency <> quote_currency")
            .rule("rate is not positive", "rate > 0")
            .plausible(VALID_FROM)
            .plausible(VALID_TO)
            .rule("valid_to is not after valid_from", "valid_to > valid_from")
            .build();

    private final Spec spec;

    FxRate(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
