package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.job.Input;
import io.headroom.job.Job;
import io.headroom.job.SelectJob;
import io.headroom.runner.Pipeline;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {

    static List<Job> jobs() {
        return Pipeline.PLAN.jobs();
    }

    static List<SelectJob> selects() {
        return jobs().stream()
                .filter(SelectJob.class::isInstance)
                .map(SelectJob.class::cast)
                .toList();
    }

    static List<Table> tables() {
        return Pipeline.TABLES;
    }

    @Test
    void aJobComesAfterWhatItReads() {
        Set<String> written = new HashSet<>();
        for (Job job : jobs()) {
            for (Input input : job.reads()) {
                boolean isDerived =
                        jobs().stream().anyMatch(other -> other.writes().equals(input.table()));
                assertThat(isDerived && !written.contains(input.table().qualifiedName()))
                        .as(
                                "%s reads %s before it is written",
                                job.name(), input.table().qualifiedName())
                        .isFalse();
            }
            written.add(job.name());
        }
    }

    @ParameterizedTest
    @MethodSource("selects")
    void aSelectGivesTheColumnsThatItsTableDeclares(SelectJob job) {
        Dataset<Row> derived = TestInputs.NONE.derive(job);

        assertThat(types(derived.schema())).isEqualTo(types(job.writes().schema()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aRuleFitsTheColumnsOfItsTable(Table table) {
        Dataset<Row> empty = TestSpark.session().createDataFrame(List.of(), table.schema());

        assertThat(table.rules())
                .allSatisfy(rule ->
                        assertThat(empty.filter(rule.condition()).isEmpty()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableIsDescribed(Table table) {
        assertThat(table.grain()).isNotBlank();
        assertThat(table.fields()).extracting(field -> field.spec().doc()).allMatch(doc -> doc.endsWith("."));
        assertThat(table.fields()).extracting(Field::column).doesNotHaveDuplicates();
    }

    private static Map<String, String> types(StructType schema) {
        Map<String, String> types = new TreeMap<>();
        for (StructField field : schema.fields()) {
            types.put(field.name(), field.dataType().sql());
        }
        return types;
    }
}
