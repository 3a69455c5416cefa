package io.headroom.staging;

import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.asset.Asset;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.carbon_intensity.CarbonIntensity;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.contract_term.ContractTerm;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.counter_sample.CounterSample;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.fx_rate.FxRate;
import io.headroom.staging.gpu_request.GpuRequest;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.invoice.Invoice;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.model.Model;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.staging.price.Price;
import io.headroom.staging.pue.Pue;
import io.headroom.staging.rejected.Rejected;
import io.headroom.staging.system_shape.SystemShape;
import io.headroom.staging.token_usage.TokenUsage;
import io.headroom.table.Table;
import java.util.List;
import java.util.stream.Stream;

/** The tables of this stage. */
public final class Staging {

    /** The tables that sources fill. */
    public static final List<Table> TARGETS = List.of(
            GpuSample.TABLE,
            PowerSample.TABLE,
            TokenUsage.TABLE,
            CounterSample.TABLE,
            GpuRequest.TABLE,
            JobUsage.TABLE,
            JobGoodput.TABLE,
            Cost.TABLE,
            Invoice.TABLE,
            FxRate.TABLE,
            Price.TABLE,
            Asset.TABLE,
            CapacityMilestone.TABLE,
            ContractTerm.TABLE,
            Cluster.TABLE,
            Accelerator.TABLE,
            SystemShape.TABLE,
            Pue.TABLE,
            CarbonIntensity.TABLE,
            Model.TABLE);

    /** All tables: those that sources fill, and the record of how. */
    public static final List<Table> TABLES = Stream.concat(TARGETS.stream(), Stream.of(Rejected.TABLE, Delivery.TABLE))
            .toList();

    private Staging() {}
}
