package io.headroom.mart;

import io.headroom.job.Job;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.power_reconciliation_daily.PowerReconciliationDaily;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;

/** The jobs of this stage. */
public final class Marts {

    public static final List<Job> JOBS = List.of(
            RackInstant.JOB,
            UtilisationHourly.JOB,
            MeterInstant.JOB,
            PowerInstant.JOB,
            PowerDensityHourly.JOB,
            PueDaily.JOB,
            PowerReconciliationDaily.JOB,
            PowerHeadroomDaily.JOB,
            SiteEnergyDaily.JOB,
            CostDaily.JOB,
            CostPerTokenDaily.JOB,
            TokenEfficiencyDaily.JOB,
            JobEfficiency.JOB);

    private Marts() {}
}
