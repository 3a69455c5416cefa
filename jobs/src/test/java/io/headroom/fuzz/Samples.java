package io.headroom.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One sample of a time series, as exporters expose it and as the Prometheus HTTP API answers it.
 *
 * @param labels in braces, as text has them
 */
record Samples(String metric, Map<String, String> labels, String value) {

    static final List<Samples> DCGM = List.of(
            gpu("DCGM_FI_DEV_GPU_UTIL", "37"),
            gpu("DCGM_FI_PROF_SM_ACTIVE", "0.25"),
            gpu("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "0.125"),
            gpu("DCGM_FI_DEV_POWER_USAGE", "512.5"),
            gpu("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "123456789"),
            gpu("DCGM_FI_DEV_ENFORCED_POWER_LIMIT", "700"));

    static final List<Samples> VLLM = List.of(
            served("vllm:request_success_total", "finished_reason", "stop"),
            served("vllm:request_success_total", "finished_reason", "length"),
            served("vllm:request_success_total", "finished_reason", "abort"));

    static final List<Samples> SGLANG = List.of(
            served("sglang:cached_tokens_total", "cache_source", "device"),
            served("sglang:cached_tokens_total", "cache_source", "host"),
            served("sglang:cached_tokens_total", "cache_source", "storage"));

    static final List<Samples> REQUESTS = List.of(
            pod("kube_pod_container_resource_requests", Map.of("container", "a", "resource", "nvidia_com_gpu"), "4"),
            pod("kube_pod_container_resource_requests", Map.of("container", "b", "resource", "nvidia_com_gpu"), "2"),
            pod("kube_pod_status_phase", Map.of("phase", "Running"), "1"));

    private static Samples gpu(String metric, String value) {
        return new Samples(
                metric,
                Map.of(
                        "cluster",
                        "c1",
                        "UUID",
                        "GPU-a",
                        "modelName",
                        "NVIDIA H100 80GB HBM3",
                        "hostname",
                        "n1",
                        "pod",
                        "p1"),
                value);
    }

    private static Samples served(String metric, String label, String kind) {
        return new Samples(metric, Map.of("cluster", "c1", "instance", "i", "model_name", "m", label, kind), "12");
    }

    private static Samples pod(String metric, Map<String, String> more, String value) {
        Map<String, String> labels = new TreeMap<>(more);
        labels.putAll(Map.of("cluster", "c1", "namespace", "a", "pod", "p"));
        return new Samples(metric, labels, value);
    }

    /** A line for each sample, in the Prometheus text format. */
    static List<String> exposed(List<Samples> samples) {
        return samples.stream()
                .map(sample -> "%s{%s} %s".formatted(sample.metric, sample.labels("%s=\"%s\""), sample.value))
                .toList();
    }

    /** A line for each sample, a response of the Prometheus HTTP API. */
    static List<String> answered(List<Samples> samples) {
        return samples.stream()
                .map(sample -> """
                        {"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"%s",%s},"value":[1772323200,"%s"]}]}}""".formatted(sample.metric, sample.labels("\"%s\":\"%s\""), sample.value))
                .toList();
    }

    private String labels(String form) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> form.formatted(label.getKey(), label.getValue()))
                        .collect(Collectors.joining(","));
    }
}
