package io.headroom.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headroom.failure.Failure;
import io.headroom.table.Field;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sources that ship with Headroom, to be extended. A preset's name is its table and its file beside the table's
 * declaration: {@code cost/focus_1_0_csv}. Every table has {@code plain_csv}, {@code plain_json} and
 * {@code plain_parquet}, which take the table's own columns.
 */
public final class Presets {

    private static final List<String> WRITTEN = List.of(
            "cost/focus_1_0_csv",
            "cost/focus_1_0_parquet",
            "cost/focus_1_1_csv",
            "cost/focus_1_1_parquet",
            "cost/focus_1_2_csv",
            "cost/focus_1_2_parquet",
            "cost/focus_1_3_csv",
            "cost/focus_1_3_parquet",
            "cost/focus_1_4_csv",
            "cost/focus_1_4_parquet",
            "cost/focus_csv",
            "cost/focus_parquet",
            "counter_sample/otel_json",
            "counter_sample/sglang",
            "counter_sample/sglang_prometheus_api",
            "counter_sample/vllm",
            "counter_sample/vllm_prometheus_api",
            "fx_rate/ecb_csv",
            "gpu_request/kube_state_metrics",
            "gpu_request/kube_state_metrics_prometheus_api",
            "gpu_sample/dcgm_exporter",
            "gpu_sample/dcgm_prometheus_api",
            "gpu_sample/otel_json",
            "invoice/focus_1_4_csv",
            "job_usage/mlperf_run",
            "job_usage/slurm_sacct",
            "job_usage/slurm_sacct_xdmod",
            "power_sample/mlperf_power_log",
            "power_sample/otel_json",
            "power_sample/pdu_csv",
            "power_sample/redfish_environment_metrics",
            "power_sample/redfish_power_distribution_metrics",
            "price/litellm_json",
            "token_usage/azure_llm_trace",
            "token_usage/otel_json");
    private static final List<String> PLAIN = List.of("plain_csv", "plain_json", "plain_parquet");

    private final List<Table> targets;

    Presets(List<Table> targets) {
        this.targets = List.copyOf(targets);
    }

    /** The names of all presets. */
    public List<String> names() {
        Stream<String> plain = targets.stream().flatMap(table -> PLAIN.stream().map(kind -> table.name() + "/" + kind));
        return Stream.concat(WRITTEN.stream(), plain).sorted().toList();
    }

    /** The staging table of that name. */
    public Table target(String name, String origin) {
        return targets.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.wrongCommand("%s fills the unknown table '%s'.%s"
                        .formatted(
                                origin,
                                name,
                                Yaml.suggestion(
                                        name, targets.stream().map(Table::name).toList()))));
    }

    ObjectNode find(String preset, String origin) {
        if (!names().contains(preset)) {
            throw Failure.wrongCommand("%s extends the unknown preset '%s'.%s"
                    .formatted(origin, preset, Yaml.suggestion(preset, names())));
        }
        String[] parts = preset.split("/", -1);
        return PLAIN.contains(parts[1]) ? plain(target(parts[0], origin), parts[1]) : written(preset);
    }

    /** What a source need not say. */
    ObjectNode defaults() {
        return Yaml.tree("""
                doc: ''
                in: landing
                options: {separator: ',', quote: '"', header: true, nulls: [], items: '', member: ''}
                columns: {required: [], optional: [], extensions: '', editions: [], missed: [], amounts: [], instants: [], dates: '',
                  maps: [], words: {}}
                identity: key
                skip: {}
                refuse: {}
                parameters: {}
                set: {}
                tolerated_rejects: 0
                """, "defaults");
    }

    private static ObjectNode written(String preset) {
        try (InputStream in = Presets.class.getResourceAsStream("/io/headroom/staging/" + preset + ".yml")) {
            if (in == null) {
                throw new IllegalStateException("No resource for the preset " + preset);
            }
            return Yaml.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8), preset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode plain(Table table, String kind) {
        List<String> required = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        for (Field field : table.mappedFields()) {
            (field.spec().isRequired() ? required : optional).add(field.column());
        }
        optional.add(Lineage.KNOWN_AT.column());
        String columns = Stream.concat(required.stream(), optional.stream()).collect(Collectors.joining(", "));
        ObjectNode node = Yaml.tree("identity: {slice: [path]}", kind);
        if (!table.key().isEmpty()) {
            node.put("identity", "key");
        }
        node.put("doc", "The columns of staging.%s, as they are.".formatted(table.name()));
        node.put("format", kind.substring("plain_".length()));
        node.put("target", table.name());
        node.put("select", "SELECT record, quirks, %s FROM landed".formatted(columns));
        ObjectNode declared = node.putObject("columns");
        required.forEach(declared.putArray("required")::add);
        optional.forEach(declared.putArray("optional")::add);
        return node;
    }
}
