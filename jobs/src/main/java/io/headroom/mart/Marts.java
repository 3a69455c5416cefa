package io.headroom.mart;

import io.headroom.job.Job;
import io.headroom.mart.billed_cost_monthly.BilledCostMonthly;
import io.headroom.mart.contract_applied.ContractApplied;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.cost_per_token_monthly.CostPerTokenMonthly;
import io.headroom.mart.cost_report_daily.CostReportDaily;
import io.headroom.mart.goodput_daily.GoodputDaily;
import io.headroom.mart.gpu_hour_cost_daily.GpuHourCostDaily;
import io.headroom.mart.gpu_hour_waterfall_daily.GpuHourWaterfallDaily;
import io.headroom.mart.host_allocation_hourly.HostAllocationHourly;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.invoice_reconciliation.InvoiceReconciliation;
import io.headroom.mart.job_efficiency.JobEfficiency;
import io.headroom.mart.meter_instant.MeterInstant;
import io.headroom.mart.model_flops_daily.ModelFlopsDaily;
import io.headroom.mart.nvlink_fragmentation_hourly.NvlinkFragmentationHourly;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.power_density_hourly.PowerDensityHourly;
import io.headroom.mart.power_headroom_daily.PowerHeadroomDaily;
import io.headroom.mart.power_instant.PowerInstant;
import io.headroom.mart.power_reconciliation_daily.PowerReconciliationDaily;
import io.headroom.mart.pue_daily.PueDaily;
import io.headroom.mart.rack_instant.RackInstant;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.telemetry_device_daily.TelemetryDeviceDaily;
import io.headroom.mart.telemetry_trust_daily.TelemetryTrustDaily;
import io.headroom.mart.token_charge_daily.TokenChargeDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.mart.token_efficiency_daily.TokenEfficiencyDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.token_list_price_daily.TokenListPriceDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;

/** The jobs of this stage. */
public final class Marts {

    public static final List<Job> JOBS = List.of(
            HostAllocationHourly.JOB,
            RackInstant.JOB,
            UtilisationHourly.JOB,
            MeterInstant.JOB,
            PowerInstant.JOB,
            PowerDensityHourly.JOB,
            TokenHourly.JOB,
            PueDaily.JOB,
            PowerReconciliationDaily.JOB,
            PowerHeadroomDaily.JOB,
            SiteEnergyDaily.JOB,
            ContractApplied.JOB,
            CostDaily.JOB,
            CostAllocatedDaily.JOB,
            InvoiceReconciliation.JOB,
            BilledCostMonthly.JOB,
            TokenChargeDaily.JOB,
            CostReportDaily.JOB,
            RateCardCostDaily.JOB,
            OwnCostDaily.JOB,
            CostPerTokenDaily.JOB,
            CostPerTokenMonthly.JOB,
            TokenCostDaily.JOB,
            TokenListPriceDaily.JOB,
            GpuHourCostDaily.JOB,
            TokenEfficiencyDaily.JOB,
            ModelFlopsDaily.JOB,
            JobEfficiency.JOB,
            GoodputDaily.JOB,
            InstalledCapacityDaily.JOB,
            GpuHourWaterfallDaily.JOB,
            NvlinkFragmentationHourly.JOB,
            TelemetryDeviceDaily.JOB,
            TelemetryTrustDaily.JOB);

    private Marts() {}
}
