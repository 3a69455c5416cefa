package io.headroom.mart.gpu_hour_waterfall_daily;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.mart.goodput_daily.GoodputDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GpuHourWaterfallDailyTest {

    private static final String NO_GOODPUT = "cluster";

    /** Five GPUs are promised, four delivered, three energised, two observed all day. */
    private static final String CAPACITY = """
            day        | provider | region | cluster | accelerator | contracted_gpus | delivered_gpus | energised_gpus
            2026-03-01 | p        | r      | c       | H100        | 5               | 4              | 3
            """;

    @Test
    void everyStageIsTheNextOneAndItsNamedLosses() {
        Dataset<Row> waterfall = of(CAPACITY, """
                day        | cluster | accelerator | workload  | installed_gpu_hours | healthy_reporting_gpu_hours | healthy_gpu_hours | allocated_reporting_gpu_hours | allocated_gpu_hours | sm_reporting_gpu_hours | sm_active_gpu_hours | tensor_reporting_gpu_hours | tensor_active_gpu_hours
                2026-03-01 | c       | H100        | training  | 20                  | 20                          | 20                | 20                            | 20                  | 19                     | 12                  | 19                         | 5
                2026-03-01 | c       | H100        | inference | 10                  | 10                          | 10                | 10                            | 10                  | 10                     | 4                   | 10                         | 1
                2026-03-01 | c       | H100        |           | 18                  | 15                          | 11                | 13                            | 0                   | 18                     | 0                   | 18                         | 0
                """, """
                day        | cluster | accelerator | productive_gpu_hours | badput_gpu_hours
                2026-03-01 | c       | H100        | 9                    | checkpoint_save=2.5, other=0.5
                2026-03-01 | c       | H100        | 3                    | other=1
                """);

        assertThat(one(waterfall))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("contracted", "120.000000"),
                        Map.entry("delivery_slip", "24.000000"),
                        Map.entry("delivered", "96.000000"),
                        Map.entry("power_wait", "24.000000"),
                        Map.entry("energised", "72.000000"),
                        // three GPUs less the 48 h of two
                        Map.entry("unobserved", "24.000000"),
                        // 18 - 15
                        Map.entry("health_untold", "3.000000"),
                        // 15 - 11
                        Map.entry("failure_and_maintenance", "4.000000"),
                        Map.entry("healthy", "41.000000"),
                        // of the 11 healthy that nothing holds, all are told to be free
                        Map.entry("allocation_untold", "0.000000"),
                        Map.entry("unscheduled_idle", "11.000000"),
                        Map.entry("allocated", "30.000000"),
                        Map.entry("activity_untold", "1.000000"),
                        Map.entry("held_idle", "13.000000"),
                        Map.entry("sm_active", "16.000000"),
                        Map.entry("tensor_untold", "0.000000"),
                        Map.entry("memory_or_communication_bound", "10.000000"),
                        Map.entry("tensor_active", "6.000000"),
                        Map.entry("not_training", "10.000000"),
                        Map.entry("training", "20.000000"),
                        // 20 - 12 - 4
                        Map.entry("unreported", "4.000000"),
                        Map.entry("badput", "checkpoint_save=2.500000 other=1.500000"),
                        Map.entry("productive", "12.000000"),
                        Map.entry("reported_beyond", "0.000000")));
        assertThat(broken(waterfall)).isEmpty();
    }

    @Test
    void whatIsObservedBeyondMilestonesIsTheTruthOfAllStagesBefore() {
        Dataset<Row> waterfall = of("""
                day        | cluster | accelerator | contracted_gpus | delivered_gpus | energised_gpus
                2026-03-01 | c       | H100        | 2               | 1              | 1
                """, """
                day        | cluster | accelerator | installed_gpu_hours
                2026-03-01 | c       | H100        | 100
                """, NO_GOODPUT);

        assertThat(one(waterfall))
                .containsEntry("contracted", "100.000000")
                .containsEntry("energised", "100.000000")
                .containsEntry("delivery_slip", "0.000000")
                .containsEntry("power_wait", "0.000000")
                .containsEntry("unobserved", "0.000000")
                .containsEntry("health_untold", "100.000000");
        assertThat(broken(waterfall)).isEmpty();
    }

    /** Of ten drained hours four still run a job; of nine whose health is not told five do. */
    @Test
    void whatIsAllocatedIsNotLostWhateverItsHealth() {
        Dataset<Row> waterfall = of("cluster", """
                day        | cluster | accelerator | workload | installed_gpu_hours | healthy_reporting_gpu_hours | healthy_gpu_hours | allocated_reporting_gpu_hours | allocated_gpu_hours
                2026-03-01 | drained | H100        | training | 4                   | 4                           | 0                 | 4                             | 4
                2026-03-01 | drained | H100        |          | 6                   | 6                           | 0                 | 6                             | 0
                2026-03-01 | untold  | H100        | training | 5                   |                             |                   | 5                             | 5
                2026-03-01 | untold  | H100        |          | 4                   |                             |                   | 4                             | 0
                """, NO_GOODPUT);

        assertThat(row(waterfall, "drained"))
                .containsEntry("failure_and_maintenance", "6.000000")
                .containsEntry("healthy", "4.000000")
                .containsEntry("allocated", "4.000000")
                .containsEntry("unscheduled_idle", "0.000000");
        assertThat(row(waterfall, "untold"))
                .containsEntry("failure_and_maintenance", "0.000000")
                .containsEntry("health_untold", "4.000000")
                .containsEntry("healthy", "5.000000")
                .containsEntry("allocated", "5.000000");
        assertThat(broken(waterfall)).isEmpty();
    }

    @Test
    void tensorActivityThatHalfOfTheSamplesTellIsUntoldOfTheOtherHalf() {
        Dataset<Row> waterfall = of("cluster", """
                day        | cluster | accelerator | workload | installed_gpu_hours | allocated_reporting_gpu_hours | allocated_gpu_hours | sm_reporting_gpu_hours | sm_active_gpu_hours | tensor_reporting_gpu_hours | tensor_active_gpu_hours
                2026-03-01 | c       | H100        | training | 10                  | 10                            | 10                  | 10                     | 8                   | 5                          | 3
                """, NO_GOODPUT);

        assertThat(one(waterfall))
                .as("4 of the 8 h have tensor activity told, 3 are active")
                .containsEntry("tensor_untold", "4.000000")
                .containsEntry("memory_or_communication_bound", "1.000000")
                .containsEntry("tensor_active", "3.000000");
    }

    @Test
    void goodputBeyondWhatTelemetryShowsIsNamedAndTakesWhatHasNoWorkloadFirst() {
        Dataset<Row> waterfall = of("cluster", """
                day        | cluster | accelerator | workload  | installed_gpu_hours | allocated_reporting_gpu_hours | allocated_gpu_hours
                2026-03-01 | c       | H100        | training  | 10                  | 10                            | 10
                2026-03-01 | c       | H100        | inference | 10                  | 10                            | 10
                2026-03-01 | c       | H100        |           | 10                  | 10                            | 4
                2026-03-01 | d       | H100        |           | 10                  | 10                            | 10
                """, """
                day        | cluster | accelerator | productive_gpu_hours | badput_gpu_hours
                2026-03-01 | c       |             | 12                   | other=5
                2026-03-01 | d       | other name  | 7                    | other=1
                """);

        assertThat(row(waterfall, "c"))
                .containsEntry("training", "14.000000")
                .containsEntry("not_training", "10.000000")
                .containsEntry("unreported", "0.000000")
                .containsEntry("reported_beyond", "3.000000");
        assertThat(row(waterfall, "d"))
                .containsEntry("training", "8.000000")
                .containsEntry("not_training", "2.000000")
                .containsEntry("reported_beyond", "0.000000");
        assertThat(broken(waterfall)).isEmpty();
    }

    @Test
    void anAcceleratorThatIsNotNamedIsTheOnlyOneThatIsAndOthersStandApart() {
        Dataset<Row> waterfall = of("""
                day        | cluster | accelerator | contracted_gpus | delivered_gpus | energised_gpus
                2026-03-01 | seen    | H100        | 1               | 1              | 1
                2026-03-01 | told    |             | 1               | 1              | 1
                2026-03-01 | mixed   | H100        | 1               | 1              | 1
                2026-03-01 | silent  | H100        | 1               | 1              | 1
                """, """
                day        | cluster | accelerator | installed_gpu_hours
                2026-03-01 | seen    |             | 6
                2026-03-01 | told    | B200        | 6
                2026-03-01 | mixed   | H100        | 6
                2026-03-01 | mixed   | B200        | 6
                """, NO_GOODPUT);

        assertThat(waterfall
                        .selectExpr(
                                "concat_ws(' ', cluster, accelerator, energised_gpu_hours, unobserved_gpu_hours) AS row")
                        .orderBy("row")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0)))
                .containsExactly(
                        "mixed B200 6.000000 0.000000",
                        "mixed H100 24.000000 18.000000",
                        "seen H100 24.000000 18.000000",
                        "silent H100 24.000000 24.000000",
                        "told B200 24.000000 18.000000");
    }

    /** A third of a GPU for a third of an hour, three times: nothing of it is a whole decimal. */
    @Test
    void partsOfGpusAddUpToTheLastDecimal() {
        Dataset<Row> waterfall = of("cluster", """
                day        | cluster | accelerator | workload | installed_gpu_hours | healthy_reporting_gpu_hours | healthy_gpu_hours | allocated_reporting_gpu_hours | allocated_gpu_hours | sm_reporting_gpu_hours | sm_active_gpu_hours | tensor_reporting_gpu_hours | tensor_active_gpu_hours
                2026-03-01 | c       | H100        | training | 0.111111111         | 0.111111111                 | 0.095238095       | 0.111111111                   | 0.079365079         | 0.074074074            | 0.012345678         | 0.037037037                | 0.004115226
                2026-03-01 | c       | H100        | training | 0.111111111         | 0.111111111                 | 0.095238095       | 0.111111111                   | 0.079365079         | 0.074074074            | 0.012345678         | 0.037037037                | 0.004115226
                2026-03-01 | c       | H100        | training | 0.111111111         | 0.111111111                 | 0.095238095       | 0.111111111                   | 0.079365079         | 0.074074074            | 0.012345678         | 0.037037037                | 0.004115226
                """, NO_GOODPUT);

        assertThat(one(waterfall)).containsEntry("energised", "0.333333").containsEntry("healthy", "0.285714");
        assertThat(broken(waterfall)).isEmpty();
    }

    private static Dataset<Row> of(String capacity, String hours, String goodput) {
        return TestInputs.NONE
                .with(InstalledCapacityDaily.TABLE, Rows.of(InstalledCapacityDaily.TABLE, capacity))
                .with(UtilisationHourly.TABLE, Rows.of(UtilisationHourly.TABLE, hours))
                .with(GoodputDaily.TABLE, Rows.of(GoodputDaily.TABLE, goodput))
                .derive(GpuHourWaterfallDaily.JOB);
    }

    /** The rules of the table that a row breaks. */
    private static List<String> broken(Dataset<Row> waterfall) {
        Column[] broken = GpuHourWaterfallDaily.TABLE.rules().stream()
                .map(rule -> when(not(expr(rule.condition())), lit(rule.name())))
                .toArray(Column[]::new);
        return waterfall.select(explode(array_compact(array(broken)))).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Map<String, String> one(Dataset<Row> waterfall) {
        return row(waterfall, "c");
    }

    private static Map<String, String> row(Dataset<Row> waterfall, String cluster) {
        List<Row> rows = waterfall.filter("cluster = '%s'".formatted(cluster)).collectAsList();
        assertThat(rows).hasSize(1);
        Map<String, String> cells = new TreeMap<>();
        for (String column : waterfall.columns()) {
            if (column.endsWith("_gpu_hours")) {
                Object cell = rows.get(0).getAs(column);
                cells.put(column.replace("_gpu_hours", ""), drawn(cell));
            }
        }
        return cells;
    }

    private static String drawn(Object cell) {
        if (!(cell instanceof scala.collection.Map<?, ?> map)) {
            return cell.toString();
        }
        return new TreeMap<>(scala.jdk.javaapi.CollectionConverters.asJava(map))
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }
}
