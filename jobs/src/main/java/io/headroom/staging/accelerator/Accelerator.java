package io.headroom.staging.accelerator;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One accelerator model. */
public enum Accelerator implements Field {
    ACCELERATOR(Spec.string("The model, as the telemetry names it.").required()),
    VENDOR(Spec.string("Who makes it.").required()),
    H100_EQUIVALENTS(Spec.number("H100e", "H100s that one of it is counted as.")),
    H100_EQUIVALENTS_BASIS(Spec.string("How that ratio was formed.")),
    TGP_W(Spec.number("W", "Total graphics power of one GPU.")),
    MEMORY_GB(Spec.number("GB", "High-bandwidth memory.")),
    BF16_DENSE_FLOPS(Spec.number("FLOP/s", "Peak, BF16, dense.")),
    FP8_DENSE_FLOPS(Spec.number("FLOP/s", "Peak, FP8, dense.")),
    RACK_KW_PER_GPU(Spec.number("kW", "Planning power of one GPU at the rack.")),
    FACILITY_KW_PER_GPU(Spec.number("kW", "Planning power of one GPU at the facility.")),
    SOURCE_URL(Spec.string("Where the figures were published.")),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("accelerator")
            .grain("one accelerator model")
            .fields(values())
            .key(ACCELERATOR)
            .rule("h100_equivalents is not positive", "h100_equivalents > 0")
            .rule("tgp_w is not positive", "tgp_w > 0")
            .build();

    private final Spec spec;

    Accelerator(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
