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

    private static final Map<String, Map<String, String>> COMPUTED =
            Map.of("job_usage/slurm_sacct", SACCT, "job_usage/slurm_sacct_xdmod", SACCT);

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

    private static final Pattern RENAMED = Pattern.compile("`?(\\w+)`? AS (\\w+)");

    private final String preset;
    private final Source source;

    Seeds(String preset) {
        this.preset = preset;
        this.source = LakeFixture.source("name: fuzzed\nextends: %s\nfiles: '**'\n".formatted(preset));
    }

    static List<String> presets() {
        return new Sources(Staging.TARGETS).presets().names();
    }

    /** Reads files of the preset, whatever they are called. */
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

    /** All that a source reads but the known time, which files need not tell. */
    private List<String> columns() {
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
