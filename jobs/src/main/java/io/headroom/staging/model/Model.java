package io.headroom.staging.model;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One AI model. */
public enum Model implements Field {
    MODEL(Spec.string("The model, as the usage names it.").required()),
    VENDOR(Spec.string("Who made it.")),
    PARAMETERS(Spec.number("parameters", "Parameters in all.")),
    ACTIVE_PARAMETERS(Spec.number("parameters", "Parameters active for one token.")),
    SOURCE_URL(Spec.string("Where the figures were published.")),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("model")
            .grain("one AI model")
            .fields(values())
            .key(MODEL)
            .rule("parameters is not positive", "parameters > 0")
            .rule("active_parameters exceed parameters", "active_parameters <= parameters")
            .build();

    private final Spec spec;

    Model(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
