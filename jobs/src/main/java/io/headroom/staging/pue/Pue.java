package io.headroom.staging.pue;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The PUE that one provider published for one period. */
public enum Pue implements Field {
    PROVIDER(Spec.string("Who published it.").required()),
    REGION(Spec.string("Region that it holds for; null for the whole fleet.")),
    PERIOD_START(Spec.date("First day of the period.").required()),
    PERIOD_END(Spec.date("Last day of the period.").required()),
    PUE(Spec.number("ratio", "Facility energy over IT energy.").required()),
    PUE_CATEGORY(Spec.integer("", "ISO/IEC 30134-2 category, where told.")),
    SOURCE_URL(Spec.string("Where it was published.").required()),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("pue")
            .grain("the PUE that one provider published for one period")
            .fields(values())
            .key(PROVIDER, REGION, PERIOD_START, PERIOD_END)
            .rule("pue is below 1", "pue >= 1")
            .rule("period_end is before period_start", "period_end >= period_start")
            .build();

    private final Spec spec;

    Pue(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
