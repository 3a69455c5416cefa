package io.headroom.forecast.model;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One fitted MLlib model. */
public enum Model implements Field {
    MODEL_ID(Spec.string("Digest of the training data and settings: the same data gives the same model.")
            .required()),
    MEASURE(Spec.string("Measure that it forecasts.").required()),
    ALGORITHM(Spec.string("MLlib class of the model.").required()),
    TRAINED_THROUGH(Spec.date("Last day of history that it learnt from.").required()),
    TRAINING_ROWS(Spec.count("rows", "Rows that it was fitted on.").required()),
    LOCATION(Spec.string("Where the model is saved, relative to the lake.").required()),
    PARAMETERS(Spec.string("Settings, intercept and coefficients, as JSON."));

    public static final Table TABLE = Table.forecast("model")
            .grain("one fitted MLlib model")
            .fields(values())
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
