package io.headroom.mart.token_efficiency_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one cluster. */
public enum TokenEfficiencyDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
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
    FACILITY_ENERGY_J(Spec.number("J", "Energy of the facility over the whole day; null where it is not known.")),
    FACILITY_BASIS(Spec.string("metered, or modelled: IT energy times the PUE to plan with.")),
    SERVING_SHARE(Spec.number(
            "share",
            "Part of the allocated GPU-hours, as in mart.cost_per_token_daily, whose energy is for the tokens.")),
    TOKENS_PER_JOULE_GPU(Spec.number(
            "tokens/J",
            "Total tokens over the serving share of the day's GPU energy; null where less than 95 % is covered.")),
    TOKENS_PER_JOULE_IT(Spec.number("tokens/J", "The same over IT energy; null where less than 95 % is metered.")),
    TOKENS_PER_JOULE_FACILITY(Spec.number("tokens/J", "The same over facility energy.")),
    TOKENS_PER_S_PER_MW_FACILITY(Spec.number("tokens/s/MW", "1e6 times tokens per joule at the facility boundary.")),
    PROVISIONED_MW(Spec.number(
            "MW",
            "GPUs seen times the facility power that the benchmark provisions for one (staging.accelerator); null where"
                    + " it provisions for no such GPU.")),
    TOKENS_PER_S_PER_MW_PROVISIONED(
            Spec.number("tokens/s/MW", "Total tokens over the day and the serving share of the power provisioned.")),
    GAP_TOKENS_PER_S_PER_MW(Spec.number("tokens/s/MW", "Measured at the facility boundary less provisioned.")),
    ENERGY_CURRENCY(Spec.string("Currency of the cost of energy, ISO 4217.")),
    ENERGY_COST_PER_MILLION_TOKENS(Spec.number("currency", "Serving share of the cost of the day's energy.")),
    DEMAND_CURRENCY(Spec.string("Currency of the demand charge, ISO 4217; the two are not added.")),
    DEMAND_CHARGE_PER_MILLION_TOKENS(Spec.number("currency", "Serving share of the day's part of the demand charge.")),
    IS_DEMAND_CHARGE_PROVISIONAL(Spec.flag("Whether the month is not over, so that its peak may still rise.")),
    CUE(Spec.number("kg CO2e/kWh", "Carbon usage effectiveness: emissions over IT energy, by location.")),
    KG_CO2E_PER_MILLION_TOKENS(Spec.number("kg CO2e", "Serving share of the day's emissions."));

    public static final Table TABLE = Table.mart("token_efficiency_daily")
            .grain("one day of one cluster")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TokenEfficiencyDaily.class,
            TABLE,
            Input.day(TokenHourly.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.day(SiteEnergyDaily.TABLE),
            Input.all(Accelerator.TABLE));

    private final Spec spec;

    TokenEfficiencyDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
