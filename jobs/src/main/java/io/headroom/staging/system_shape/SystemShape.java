package io.headroom.staging.system_shape;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One rack, UltraServer or instance shape. */
public enum SystemShape implements Field {
    SHAPE(Spec.string("The shape, as its provider names it.").required()),
    PROVIDER(Spec.string("Who offers it.").required()),
    ACCELERATOR(Spec.string("Accelerator model in it.").required()),
    GPUS_PER_INSTANCE(Spec.integer("GPUs", "GPUs in one instance.")),
    INSTANCES_PER_DOMAIN(Spec.integer("instances", "Instances in one NVLink domain.")),
    GPUS_PER_DOMAIN(Spec.integer("GPUs", "GPUs in one NVLink domain.")),
    RACK_NAMEPLATE_KW_LOW(Spec.number("kW", "Rack power, lowest figure published.")),
    RACK_NAMEPLATE_KW_HIGH(Spec.number("kW", "Rack power, highest figure published.")),
    MEMORY_TB(Spec.number("TB", "High-bandwidth memory in all.")),
    FP8_PFLOPS(Spec.number("PFLOP/s", "Peak FP8 in all, as published.")),
    NETWORK_TBPS(Spec.number("Tbit/s", "Network in all.")),
    SOURCE_URL(Spec.string("Where the figures were published.")),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("system_shape")
            .grain("one rack, UltraServer or instance shape")
            .fields(values())
            .key(PROVIDER, SHAPE)
            .rule("gpus_per_domain is not positive", "gpus_per_domain > 0")
            .build();

    private final Spec spec;

    SystemShape(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
