package io.headroom.staging.gpu_request;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** The GPUs of one kind that one Kubernetes pod asks for, at one instant. */
public enum GpuRequest implements Field {
    SAMPLED_AT(Spec.instant("When the cluster was asked.").required()),
    PROVIDER(Spec.string("Who supplies the capacity: AWS, Azure, Oracle, own.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("Cluster, the unit that schedules jobs.").required()),
    NODE(Spec.string("Host that the pod is bound to; null while it waits for one.")),
    NAMESPACE(Spec.string("Namespace of the pod.").required()),
    POD(Spec.string("The pod.").required()),
    RESOURCE(Spec.string("What it asks for: nvidia.com/gpu, nvidia.com/mig-1g.10gb, amd.com/gpu.")
            .required()),
    WORKLOAD(Spec.string("training, inference, agentic or batch; null when not told.")),
    TEAM(Spec.string("Who the pod belongs to; the namespace where nothing else tells.")),
    PHASE(Spec.string("Phase of the pod: Pending, Running, Succeeded, Failed or Unknown; null when not told.")),
    GPUS(Spec.count("GPUs", "GPUs or MIG instances that its containers ask for in all.")
            .required()),
    INTERVAL_S(Spec.number("s", "Time that the answer stands for.").required());

    public static final Table TABLE = Table.staging("gpu_request")
            .grain("the GPUs of one kind that one Kubernetes pod asks for, at one instant")
            .fields(values())
            .key(CLUSTER, NAMESPACE, POD, RESOURCE, SAMPLED_AT)
            .partitionedByDayOf(SAMPLED_AT)
            .rule("phase is unknown", "phase IN ('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown')")
            .rule("gpus is negative", "gpus >= 0")
            .rule("interval_s is not within (0, 86400]", "interval_s > 0 AND interval_s <= 86400")
            .build();

    private final Spec spec;

    GpuRequest(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
