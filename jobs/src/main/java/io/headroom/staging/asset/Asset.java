package io.headroom.staging.asset;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** What was paid once for a part of an own data centre, to be depreciated in a straight line. */
public enum Asset implements Field {
    ASSET_ID(Spec.string("Its name in the register of assets.").required()),
    PROVIDER(Spec.string("The owner, as clusters name their provider.").required()),
    REGION(Spec.string("Region, as clusters name it.")),
    CLUSTER(
            Spec.string(
                    "Cluster that it serves; null where it is shared by all clusters of the provider, or of the region if told.")),
    KIND(Spec.string("it, network, power, cooling, building or other.").required()),
    COST(Spec.money("What it cost.").required()),
    SALVAGE_VALUE(Spec.money("What it will be worth at the end of its life; none where null.")),
    CURRENCY(Spec.string("ISO 4217 code.").required()),
    IN_SERVICE_FROM(Spec.instant("Start of its life: the first instant that is depreciated.")
            .required()),
    LIFE_ENDS_AT(Spec.instant("End of its life, exclusive.").required()),
    SOURCE_URL(Spec.string("Where this stands.")),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("asset")
            .grain("one thing bought for an own data centre, as known at a time")
            .fields(values())
            .rule("kind is unknown", "kind IN ('it', 'network', 'power', 'cooling', 'building', 'other')")
            .rule("cost is negative", "cost >= 0")
            .rule("salvage_value is not between 0 and cost", "salvage_value BETWEEN 0 AND cost")
            .rule("currency is not an ISO 4217 code", "currency RLIKE '^[A-Z]{3}$'")
            .plausible(IN_SERVICE_FROM)
            .plausible(LIFE_ENDS_AT)
            .rule("life_ends_at is not after in_service_from", "life_ends_at > in_service_from")
            .build();

    private final Spec spec;

    Asset(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
