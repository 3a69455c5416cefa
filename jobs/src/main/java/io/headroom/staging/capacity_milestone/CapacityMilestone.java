package io.headroom.staging.capacity_milestone;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** A planned or actual change of capacity at one site, as known at a time. */
public enum CapacityMilestone implements Field {
    MILESTONE_ID(Spec.string("The milestone; what was known of it at several times has one row each.")
            .required()),
    OVERLAP_GROUP(Spec.string("Milestones of one group describe overlapping capacity and must not be added up.")),
    CONTRACT_ID(Spec.string("Contract that promises it, as in staging.contract_term.")),
    PROVIDER(Spec.string("Who supplies the capacity.").required()),
    SITE(Spec.string("Place or building.")),
    CLUSTER(Spec.string("Cluster that it becomes, as in staging.cluster, once there is telemetry.")),
    COUNTRY(Spec.string("Country, ISO 3166-1 alpha-2 where known.")),
    REGION(Spec.string("Region, as the provider names it.")),
    GRID_REGION(Spec.string("Grid operator or region that powers it.")),
    STATE(Spec.string(
                    "What is reached: announced, loi, contracted, permitting, under_construction, delivered, energised, paused or dropped.")
            .required()),
    PLANNED_ON(Spec.date("Day that it is planned for; the last day of a coarser date.")),
    ACTUAL_ON(Spec.date("Day that it happened; null while it has not.")),
    DATE_PRECISION(Spec.string("How fine the date is known: day, month, quarter, half or year.")),
    MW(Spec.number("MW", "Power that the change adds, on the basis beside it.")),
    MW_QUALIFIER(Spec.string("exact, at_least, up_to or about.")),
    MW_BASIS(Spec.string("What the megawatts are measured on: it, facility, utility or unstated.")),
    ACCELERATORS(Spec.count("GPUs", "Accelerators that the change adds.")),
    ACCELERATORS_QUALIFIER(Spec.string("exact, at_least, up_to or about.")),
    ACCELERATOR(Spec.string("Accelerator model or models.")),
    CONFIDENCE(Spec.string("signed, loi or reported.").required()),
    SOURCE_URL(Spec.string("Where it was published.").required()),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("capacity_milestone")
            .grain("a planned or actual change of capacity at one site, as known at a time")
            .fields(values())
            .rule(
                    "state is unknown",
                    "state IN ('announced', 'loi', 'contracted', 'permitting', 'under_construction',"
                            + " 'delivered', 'energised', 'paused', 'dropped')")
            .rule("mw_basis is unknown", "mw_basis IN ('it', 'facility', 'utility', 'unstated')")
            .rule("mw has no basis", "mw IS NULL OR mw_basis IS NOT NULL")
            .rule("mw_qualifier is unknown", "mw_qualifier IN ('exact', 'at_least', 'up_to', 'about')")
            .rule("mw is negative", "mw >= 0")
            .rule(
                    "accelerators_qualifier is unknown",
                    "accelerators_qualifier IN ('exact', 'at_least', 'up_to', 'about')")
            .rule("accelerators is negative", "accelerators >= 0")
            .rule("confidence is unknown", "confidence IN ('signed', 'loi', 'reported')")
            .build();

    private final Spec spec;

    CapacityMilestone(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
