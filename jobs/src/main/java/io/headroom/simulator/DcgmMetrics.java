package io.headroom.simulator;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.headroom.staging.gpu_sample.GpuSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** GPU samples as metrics of dcgm-exporter. What a sample lacks has no series. */
public final class DcgmMetrics {

    private static final String VALUE = "value";

    private DcgmMetrics() {}

    /** One row: the lines of one sample in the Prometheus text format. */
    public static Dataset<Row> exposed(Dataset<Row> samples) {
        Column labels = labels("=");
        Column time = coalesce(concat(lit(" "), millis().cast("string")), lit(""));
        Column[] lines = metrics().entrySet().stream()
                .map(metric -> concat(lit(metric.getKey() + "{"), labels, lit("} "), metric.getValue(), time))
                .toArray(Column[]::new);
        return samples.select(concat_ws("\n", lines).as(VALUE));
    }

    /** One row: one sample as a response to {@code query_range}. */
    static Dataset<Row> answered(Dataset<Row> samples) {
        Column labels = labels(":");
        Column time = format_string("%.3f", millis().divide(1000.0));
        Column[] series = metrics().entrySet().stream()
                .map(metric -> concat(
                        lit("{\"metric\":{\"__name__\":\"%s\",".formatted(metric.getKey())),
                        labels,
                        lit("},\"values\":[["),
                        when(millis().isNotNull(), time),
                        lit(",\""),
                        metric.getValue(),
                        lit("\"]]}")))
                .toArray(Column[]::new);
        return samples.select(concat(
                        lit("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["),
                        concat_ws(",", series),
                        lit("]}}"))
                .as(VALUE));
    }

    private static Column millis() {
        return unix_millis(GpuSample.SAMPLED_AT.col());
    }

    private static Map<String, Column> metrics() {
        Map<String, Column> metrics = new LinkedHashMap<>();
        metrics.put(
                "DCGM_FI_DEV_GPU_UTIL",
                when(GpuSample.GPU_UTIL.col().lt(Double.POSITIVE_INFINITY), percent())
                        .otherwise(decimals(GpuSample.GPU_UTIL)));
        metrics.put("DCGM_FI_PROF_SM_ACTIVE", decimals(GpuSample.SM_ACTIVE));
        metrics.put("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", decimals(GpuSample.TENSOR_ACTIVE));
        metrics.put("DCGM_FI_PROF_DRAM_ACTIVE", decimals(GpuSample.DRAM_ACTIVE));
        metrics.put("DCGM_FI_DEV_POWER_USAGE", decimals(GpuSample.POWER_W));
        metrics.put("DCGM_FI_DEV_ENFORCED_POWER_LIMIT", decimals(GpuSample.POWER_LIMIT_W));
        return metrics;
    }

    private static Column percent() {
        return Activity.whole(GpuSample.GPU_UTIL.col().multiply(100)).cast("string");
    }

    private static Column decimals(GpuSample field) {
        return when(field.col().isNotNull(), format_string("%.6f", field.col()));
    }

    private static Column labels(String separator) {
        Column model = concat(lit("NVIDIA "), GpuSample.ACCELERATOR.col());
        Column held = when(GpuSample.IS_ALLOCATED.col(), concat(GpuSample.WORKLOAD.col(), lit("-0")))
                .otherwise(lit(""));
        Stream<Column> labels = Stream.of(
                label("UUID", separator, GpuSample.GPU_UUID.col()),
                label("modelName", separator, model),
                label("hostname", separator, GpuSample.NODE.col()),
                label("namespace", separator, coalesce(GpuSample.TEAM.col(), lit(""))),
                label("pod", separator, held),
                label("hpc_job", separator, GpuSample.JOB_ID.col()),
                label("cluster", separator, GpuSample.CLUSTER.col()),
                label("provider", separator, GpuSample.PROVIDER.col()),
                label("region", separator, GpuSample.REGION.col()),
                label("rack", separator, GpuSample.RACK.col()),
                label("workload", separator, GpuSample.WORKLOAD.col()));
        return concat_ws(",", labels.toArray(Column[]::new));
    }

    /** In text a label's name is bare; in JSON it is quoted. */
    private static Column label(String name, String separator, Column value) {
        String key = separator.equals(":") ? "\"" + name + "\"" : name;
        return concat(lit(key + separator + "\""), value, lit("\""));
    }
}
