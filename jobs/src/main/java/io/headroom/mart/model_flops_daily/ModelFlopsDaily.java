package io.headroom.mart.model_flops_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.staging.accelerator.Accelerator;
import io.headroom.staging.cluster.Cluster;
import io.headroom.staging.job_goodput.JobGoodput;
import io.headroom.staging.job_usage.JobUsage;
import io.headroom.staging.model.Model;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one model on one cluster, serving or training. */
public enum ModelFlopsDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    PROVIDER(Spec.string("Who supplies the capacity.")),
    REGION(Spec.string("Region, as the provider names it.")),
    CLUSTER(Spec.string("The cluster.")),
    MODEL(Spec.string("The model.")),
    ACTIVITY(Spec.string("serving or training.").required()),
    TOKENS(
            Spec.count(
                    "tokens",
                    "Tokens that the model computed: served, all but input read from a cache; trained, those that jobs report.")),
    ACTIVE_PARAMETERS(Spec.number("parameters", "Parameters active for one token.")),
    MODEL_FLOP(
            Spec.number(
                    "FLOP",
                    "2 (serving) or 6 (training) times active parameters times tokens; attention over the context is not in it.")),
    GPU_SECONDS(Spec.number(
            "GPU s",
            "GPU time allocated to it: of serving, the model's part by FLOP of the cluster's; of training, the GPUs of its"
                    + " jobs over the intervals that they report.")),
    PEAK_BF16_DENSE_FLOP(Spec.number(
            "FLOP",
            "What these GPUs compute in that time at their peak in BF16 without sparsity; null where not known.")),
    MFU_BF16_DENSE(Spec.number(
            "share", "Model FLOP utilisation: model_flop over peak_bf16_dense_flop, whatever precision it ran in."));

    public static final Table TABLE = Table.mart("model_flops_daily")
            .grain("one day of one model on one cluster, serving or training")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            ModelFlopsDaily.class,
            TABLE,
            Input.day(TokenHourly.TABLE),
            Input.day(UtilisationHourly.TABLE),
            Input.interval(JobGoodput.TABLE, JobGoodput.STARTED_AT, JobGoodput.ENDED_AT),
            Input.interval(JobUsage.TABLE, JobUsage.STARTED_AT, JobUsage.ENDED_AT),
            Input.all(Model.TABLE),
            Input.all(Accelerator.TABLE),
            Input.all(Cluster.TABLE));

    private final Spec spec;

    ModelFlopsDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
