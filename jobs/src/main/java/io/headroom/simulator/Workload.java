package io.headroom.simulator;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;

/** What GPUs are used for, and how that uses them. */
enum Workload {
    TRAINING(0.80, 0.14, 0.55, 0.48),
    INFERENCE(0.42, 0.26, 0.24, 0.85),
    AGENTIC(0.30, 0.28, 0.22, 0.80);

    private final double smActive;
    private final double smSpread;
    private final double tensorPerSm;
    private final double dramPerSm;

    Workload(double smActive, double smSpread, double tensorPerSm, double dramPerSm) {
        this.smActive = smActive;
        this.smSpread = smSpread;
        this.tensorPerSm = tensorPerSm;
        this.dramPerSm = dramPerSm;
    }

    /** The workload as staging names it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Column isIt() {
        return GpuSample.WORKLOAD.col().equalTo(label());
    }

    /** SM activity of an allocated GPU at least. */
    double smActive() {
        return smActive;
    }

    /** By how much SM activity varies above that. */
    double smSpread() {
        return smSpread;
    }

    double tensorPerSm() {
        return tensorPerSm;
    }

    double dramPerSm() {
        return dramPerSm;
    }

    /** A figure of the row's workload; 0 for a row without one. */
    static Column figure(ToDoubleFunction<Workload> figure) {
        return when(TRAINING.isIt(), lit(figure.applyAsDouble(TRAINING)))
                .when(INFERENCE.isIt(), lit(figure.applyAsDouble(INFERENCE)))
                .when(AGENTIC.isIt(), lit(figure.applyAsDouble(AGENTIC)))
                .otherwise(lit(0.0));
    }
}
