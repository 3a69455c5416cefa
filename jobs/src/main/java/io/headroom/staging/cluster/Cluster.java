package io.headroom.staging.cluster;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One cluster. */
public enum Cluster implements Field {
    CLUSTER(Spec.string("The cluster.").required()),
    PROVIDER(Spec.string("Who supplies it.").required()),
    REGION(Spec.string("Region, as the provider names it.")),
    COUNTRY(Spec.string("Country, ISO 3166-1 alpha-2.")),
    GRID_REGION(Spec.string("Grid operator or region that powers it.")),
    SITE(Spec.string("Place or building.")),
    ACCELERATOR(Spec.string("Accelerator model, as in staging.accelerator.")),
    INSTALLED_GPUS(Spec.count("GPUs", "GPUs installed.")),
    RACKS(Spec.count("racks", "Racks installed.")),
    GPUS_PER_DOMAIN(Spec.integer("GPUs", "Size of an NVLink domain.")),
    RACK_NAMEPLATE_W(Spec.number("W", "Power that one rack is rated for.")),
    POWER_ENVELOPE_W(Spec.number("W", "IT power that the site grants the cluster.")),
    FACILITY_ENVELOPE_W(Spec.number("W", "Power that the utility grants the cluster's part of the facility.")),
    COOLING_ENVELOPE_W(Spec.number("W", "IT power whose heat the site can remove.")),
    RACK_POSITIONS(Spec.count("racks", "Racks that there is space for.")),
    NETWORK_ENVELOPE_GBPS(Spec.number("Gbit/s", "Network capacity that the site grants the cluster.")),
    NETWORK_GBPS_PER_RACK(Spec.number("Gbit/s", "Network capacity that one rack needs.")),
    PUE(Spec.number("ratio", "PUE to plan with where facility power is not metered.")),
    PUE_CATEGORY(Spec.integer("", "ISO/IEC 30134-2 category of that PUE: 1, 2 or 3."));

    public static final Table TABLE = Table.staging("cluster")
            .grain("one cluster")
            .fields(values())
            .key(CLUSTER)
            .rule("pue is below 1", "pue >= 1")
            .rule("installed_gpus is negative", "installed_gpus >= 0")
            .rule("pue_category is not 1, 2 or 3", "pue_category IN (1, 2, 3)")
            .rule(
                    "an envelope is negative",
                    "coalesce(power_envelope_w, 0) >= 0 AND coalesce(facility_envelope_w, 0) >= 0"
                            + " AND coalesce(cooling_envelope_w, 0) >= 0 AND coalesce(network_envelope_gbps, 0) >= 0")
            .rule("rack_nameplate_w is not positive", "rack_nameplate_w > 0")
            .rule("rack_positions is negative", "rack_positions >= 0")
            .rule("network_gbps_per_rack is not positive", "network_gbps_per_rack > 0")
            .build();

    private final Spec spec;

    Cluster(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
