package io.headroom.staging.gpu_sample;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One GPU or MIG instance at one instant. */
public enum GpuSample implements Field {
    SAMPLED_AT(Spec.instant("When the sample was taken.").required()),
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.").required()),
    RACK(Spec.string("Rack; on NVL72 a rack is an NVLink domain.")),
    NODE(Spec.string("Host that holds the GPU.")),
    GPU_UUID(Spec.string("UUID of the GPU.").required()),
    MIG_INSTANCE(Spec.string("MIG instance (GPU_I_ID); null for a whole GPU.")),
    MIG_PROFILE(Spec.string("MIG profile (GPU_I_PROFILE) such as 3g.40gb; null for a whole GPU.")),
    NVLINK_DOMAIN(
            Spec.string("NVLink domain (fabric cluster UUID and clique); null where a rack is one or none is told.")),
    ACCELERATOR(Spec.string("Accelerator model, as in staging.accelerator.")),
    WORKLOAD(Spec.string("training, inference, agentic or batch; null when unallocated or unknown.")),
    TEAM(Spec.string("Who the GPU was allocated to.")),
    JOB_ID(Spec.string("Job that held the GPU.")),
    INTERVAL_S(Spec.number("s", "Time that the sample stands for.").required()),
    IS_HEALTHY(Spec.flag("Neither down nor drained; null when not told.")),
    IS_ALLOCATED(Spec.flag("Held by a job or a service; null when not told.")),
    GPU_UTIL(Spec.number("share", "Share of the time in which any kernel ran (DCGM 203).")),
    SM_ACTIVE(Spec.number("share", "Cycles in which an SM had a warp, mean over SMs (DCGM 1002).")),
    TENSOR_ACTIVE(Spec.number("share", "Cycles in which a tensor pipe was busy, of peak (DCGM 1004).")),
    DRAM_ACTIVE(Spec.number("share", "Cycles in which the memory interface was busy (DCGM 1005).")),
    POWER_W(Spec.number("W", "Board power (DCGM 155).")),
    ENERGY_COUNTER_J(Spec.number(
            "J", "Energy of the board since its driver was loaded (DCGM 156); it falls when that is loaded again.")),
    POWER_LIMIT_W(Spec.number("W", "Enforced power limit (DCGM 164)."));

    public static final Table TABLE = Table.staging("gpu_sample")
            .grain("one GPU or MIG instance at one instant")
            .fields(values())
            .key(CLUSTER, GPU_UUID, MIG_INSTANCE, SAMPLED_AT)
            .partitionedByDayOf(SAMPLED_AT)
            .rule("interval_s is not within (0, 86400]", "interval_s > 0 AND interval_s <= 86400")
            .rule("gpu_util is not a share", "gpu_util BETWEEN 0 AND 1")
            .rule("sm_active is not a share", "sm_active BETWEEN 0 AND 1")
            .rule("tensor_active is not a share", "tensor_active BETWEEN 0 AND 1")
            .rule("dram_active is not a share", "dram_active BETWEEN 0 AND 1")
            .rule("power_w is not within [0, 10000]", "power_w BETWEEN 0 AND 10000")
            .rule("energy_counter_j is negative", "energy_counter_j >= 0")
            .build();

    private final Spec spec;

    GpuSample(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
