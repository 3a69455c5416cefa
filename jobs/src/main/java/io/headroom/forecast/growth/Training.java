package io.headroom.forecast.growth;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The rows that a regression is fitted on. They are handed to MLlib and kept nowhere. */
enum Training implements Field {
    LABEL(Spec.number("1/week", "Growth rate that followed, within the range that the measure has shown.")
            .required()),
    FEATURES(Spec.numbers("", "What was seen, in the order of the features' names.")
            .required());

    static final Table TABLE = Table.forecast("training")
            .grain("a look from one week of one series to a later week")
            .fields(values())
            .build();

    private final Spec spec;

    Training(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
