package io.headroom.fuzz;

import io.headroom.LakeFixture;
import io.headroom.source.Format;
import io.headroom.source.Source;
import io.headroom.source.Sources;
import io.headroom.staging.Staging;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Good files of every preset. Cells are drawn for the field of the table that the SELECT fills from their column; where it
 * computes a field, what the format writes is told here.
 */
final class Seeds {

    private static final int ROWS = 6;

    /** Cells of formats whose SELECT computes. {@code #} is a number of the row's own, {@code @} a second of its own. */
    private static final Map<String, String> SACCT = Map.ofEntries(
            Map.entry("JobID", "#"),
            Map.entry("Submit", "2026-03-01T00:00:@"),
            Map.entry("Eligible", "2026-03-01T00:00:@"),
            Map.entry("Start", "2026-03-01T01:00:@"),
            Map.entry("End", "2026-03-01T02:00:@"),
            Map.entry("Elapsed", "01:00:00"),
            Map.entry("State", "COMPLETED"),
            Map.entry("AllocTRES", "billing=8,cpu=8,gres/gpu=8,node=2"),
            Map.entry("NodeList", "gpu-[01-02]"));

    private static final Map<String, String> TOKENS = Map.of("resourceMetrics", json("""
            [{'resource':{'attributes':[]},'scopeMetrics':[{'metrics':[{'name':'gen_ai.client.token.usage','histogram':{\
            'aggregationTemporality':1,'dataPoints':[\
            {'attributes':[{'key':'gen_ai.token.type','value':{'stringValue':'input'}},\
            {'key':'gen_ai.request.model','value':{'stringValue':'m-#'}}],\
            'startTimeUnixNano':'17723232@000000000','timeUnixNano':'17723233@000000000','count':'2','sum':30},\
            {'attributes':[{'key':'gen_ai.token.type','value':{'stringValue':'output'}},\
            {'key':'gen_ai.request.model','value':{'stringValue':'m-#'}}],\
            'startTimeUnixNano':'17723232@000000000','timeUnixNano':'17723233@000000000','count':'2','sum':7}]}}]}]}]"""));

    private static final Map<String, String> PDU = Map.of(
            "timestamp", "2026-03-01 00:00:@",
            "pdu", "pdu-#",
            "outlet", "7",
            "rack", "r#",
            "power_w", "250.5",
            "energy_kwh", "#.25");

    private static final Map<String, Map<String, String>> COMPUTED = Map.of(
            "job_usage/slurm_sacct", SACCT,
            "job_usage/slurm_sacct_xdmod", SACCT,
            "power_sample/pdu_csv", PDU,
            "power_sample/redfish_environment_metrics", redfish("Chassis/1/EnvironmentMetrics"),
            "power_sample/redfish_power_distribution_metrics", redfish("PowerEquipment/RackPDUs/1/Metrics"),
            "gpu_sample/otel_json",
                    otlp(
                            "hw.gpu.utilization",
                            "{'key':'hw.id','value':{'stringValue':'GPU-#'}}",
                            "'gauge':{'dataPoints':[%s]}"),
            "power_sample/otel_json",
                    otlp(
                            "hw.host.energy",
                            "{'key':'hw.id','value':{'stringValue':'psu-#'}}",
                            "'sum':{'aggregationTemporality':2,'isMonotonic':true,'dataPoints':[%s]}"),
            "counter_sample/otel_json",
                    otlp(
                            "gen_ai.client.inference.usage.output_tokens",
                            "{'key':'gen_ai.request.model','value':{'stringValue':'m-#'}}",
                            "'sum':{'aggregationTemporality':2,'isMonotonic':true,'dataPoints':[%s]}"),
            "token_usage/otel_json", TOKENS);

    /** Files of lines: each record's text; of formats of samples those of one row. */
    private static final Map<String, List<String>> LINES = Map.ofEntries(
            Map.entry("gpu_sample/dcgm_exporter", Samples.exposed(Samples.DCGM)),
            Map.entry("gpu_sample/dcgm_prometheus_api", Samples.answered(Samples.DCGM)),
            Map.entry("counter_sample/vllm", Samples.exposed(Samples.VLLM)),
            Map.entry("counter_sample/vllm_prometheus_api", Samples.answered(Samples.VLLM)),
            Map.entry("counter_sample/sglang", Samples.exposed(Samples.SGLANG)),
            Map.entry("counter_sample/sglang_prometheus_api", Samples.answered(Samples.SGLANG)),
            Map.entry("gpu_request/kube_state_metrics", Samples.exposed(Samples.REQUESTS)),
            Map.entry("gpu_request/kube_state_metrics_prometheus_api", Samples.answered(Samples.REQUESTS)),
            Map.entry(
                    "power_sample/mlperf_power_log",
                    IntStream.range(0, ROWS)
                            .mapToObj(row -> "Time,07-17-2024 00:00:@.000,Watts,#.5,Volts,239.17,Mark,run")
                            .toList()),
            Map.entry(
                    "job_usage/mlperf_run",
                    List.of(
                            ":::MLLOG {\"key\": \"loadgen_version\", \"value\": \"4.1\"}",
                            ":::MLLOG {\"key\": \"power_begin\", \"value\": \"07-17-2024 00:00:00.000\"}",
                            ":::MLLOG {\"key\": \"power_end\", \"value\": \"07-17-2024 00:01:00.000\"}",
                            ":::MLLOG {\"key\": \"result_tokens_per_second\", \"value\": #}")));

    private static Map<String, String> redfish(String resource) {
        return Map.of(
                "@odata.id",
                "/redfish/v1/" + resource,
                "PowerWatts",
                json("{'Reading':250.5}"),
                "EnergykWh",
                json("{'Reading':#.25}"),
                "collected_at",
                "2026-03-01T00:00:@Z",
                "host",
                "bmc-#");
    }

    /** A line of OTLP with one point. */
    private static Map<String, String> otlp(String name, String attribute, String data) {
        String point = "{'attributes':[%s],'timeUnixNano':'17723232@000000000','asDouble':0.5}".formatted(attribute);
        return Map.of(
                "resourceMetrics",
                json(("[{'resource':{'attributes':[{'key':'host.name','value':{'stringValue':'n-#'}},"
                                + "{'key':'k8s.cluster.name','value':{'stringValue':'c'}},"
                                + "{'key':'service.instance.id','value':{'stringValue':'i-#'}}]},"
                                + "'scopeMetrics':[{'metrics':[{'name':'%s'," + data + "}]}]}]")
                        .formatted(name, point)));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    private static final Pattern RENAMED = Pattern.compile("`?(\\w+)`? AS (\\w+)");

    /** Files of these replace each other, being the whole of what one publisher says, or make several rows of a record. */
    private static final Set<String> NOT_ALONE = Set.of("fx_rate/ecb_csv", "price/litellm_json");

    private final String preset;
    private final Source source;

    Seeds(String preset) {
        this.preset = preset;
        this.source = LakeFixture.source("name: %1$s\nextends: %2$s\nfiles: '%1$s/**'\n".formatted(name(), preset));
    }

    private String name() {
        return preset.replace('/', '_');
    }

    static List<String> presets() {
        return new Sources(Staging.TARGETS)
                .presets().names().stream()
                        .filter(preset -> !NOT_ALONE.contains(preset))
                        .toList();
    }

    /** The path of a file that the source reads, whatever it is called. */
    String path(String file) {
        return name() + "/" + file;
    }

    /** Reads files of the preset. */
    Source source() {
        return source;
    }

    /** The good file of that number; no two numbers have a row in common. */
    Seed file(int number) {
        List<String> lines = LINES.get(preset);
        if (lines == null && source.format() == Format.TEXT) {
            throw new IllegalStateException("No lines are told of the preset " + preset);
        }
        if (lines != null) {
            List<List<String>> rows = IntStream.range(0, lines.size())
                    .mapToObj(row -> List.of(filled(lines.get(row), number, row)))
                    .toList();
            return new Seed(source, List.of("value"), rows, !source.select().contains("GROUP BY"));
        }
        List<String> columns = columns();
        List<List<String>> rows = IntStream.range(0, ROWS)
                .mapToObj(row -> columns.stream()
                        .map(column -> cell(column, number, row))
                        .toList())
                .toList();
        return new Seed(source, columns, rows, true);
    }

    /** All that a source reads but the known time, which files need not tell; of some formats, what is told here. */
    private List<String> columns() {
        Map<String, String> told = COMPUTED.getOrDefault(preset, Map.of());
        if (!told.isEmpty() && !told.equals(SACCT)) {
            return source.columns().declared().stream()
                    .filter(told::containsKey)
                    .toList();
        }
        return source.columns().declared().stream()
                .filter(column -> !column.equals("known_at"))
                .toList();
    }

    private String cell(String column, int number, int row) {
        String computed = COMPUTED.getOrDefault(preset, Map.of()).get(column);
        if (computed != null) {
            return filled(computed, number, row);
        }
        return field(source, column)
                .map(field -> Drawn.value(target(source), field, number, row))
                .orElseGet(() -> Drawn.label(column, number, row));
    }

    static Table target(Source source) {
        return Staging.TARGETS.stream()
                .filter(target -> target.name().equals(source.target()))
                .findFirst()
                .orElseThrow();
    }

    /** The field that a column of the file fills as it is. */
    static Optional<Field> field(Source source, String column) {
        Table table = target(source);
        Stream<String> renamed = RENAMED.matcher(source.select())
                .results()
                .filter(found -> found.group(1).equals(column))
                .map(found -> found.group(2));
        return Stream.concat(renamed, Stream.of(column))
                .flatMap(name -> table.field(name).stream())
                .findFirst();
    }

    private static String filled(String template, int number, int row) {
        return template.replaceAll("#", Matcher.quoteReplacement(String.valueOf(1 + 10L * number + row)))
                .replaceAll("@", "%02d".formatted(row));
    }
}
