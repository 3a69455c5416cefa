package io.headroom.mart.token_efficiency_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.cluster.Cluster;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster. */
public enum TokenEfficiencyDaily implements Field {
    DAY(Spec.date("UTC day; the table is partitioned by it.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    TOTAL_TOKENS(Spec.count("tokens", "Sum of the disjoint buckets.")),
    OUTPUT_TOKENS(Spec.count("tokens", "Output tokens, reasoning included.")),
    GPU_ENERGY_J(Spec.number("J", "Energy of the GPU boards over the time covered.")),
    GPU_COVERED_S(Spec.number("GPU s", "GPU time whose samples tell power.")),
    GPU_EXPECTED_S(Spec.number("GPU s", "A whole day of the GPUs seen on it.")),
    IT_ENERGY_J(Spec.number("J", "Energy of the racks and hosts over the time metered; null where no meter tells.")),
    IT_COVERED_S(Spec.number("s", "Time metered, summed over racks and hosts outside any rack.")),
    IT_EXPECTED_S(Spec.number("s", "A whole day of every rack, and every host outside any rack, seen on it.")),
    FACILITY_ENERGY_J(Spec.number("J", "IT energy times the PUE of the cluster; null without either.")),
    SERVING_SHARE(Spec.number(
            "share",
            "Part of the allocated GPU-hours, as in mart.cost_per_token_daily, whose energy is for the tokens.")),
    TOKENS_PER_JOULE_GPU(Spec.number(
            "tokens/J",
            "Total tokens over the serving share of the day's GPU energy; null where less than 95 % is covered.")),
    TOKENS_PER_JOULE_IT(Spec.number("tokens/J", "The same over IT energy; null where less than 95 % is metered.")),
    TOKENS_PER_JOULE_FACILITY(Spec.number("tokens/J", "The same over IT energy times the PUE of the cluster.")),
    TOKENS_PER_S_PER_MW_FACILITY(Spec.number("tokens/s/MW", "1e6 times tokens per joule at the facility boundary."));

    public static final Table TABLE = Table.mart("token_efficiency_daily")
            .grain("one day of one cluster")
            .fields(values())
            .partitionedByDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TokenEfficiencyDaily.class,
            TABLE,
            Input.day(TokenHourly.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(PowerDensityHourly.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    TokenEfficiencyDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
