package io.headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.TestInputs;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastsTest {

    @TempDir
    private Path folder;

    @Test
    void theJobsMakeAPlan() {
        assertThat(Plan.of(Forecasts.JOBS).jobs()).hasSize(6);
    }

    @Test
    void emptyInputsGiveEmptyTablesOfTheDeclaredColumns() {
        for (Job job : Forecasts.JOBS) {
            var output = TestInputs.in(folder).derive(job);
            assertThat(output.collectAsList()).as(job.name()).isEmpty();
            assertThat(typed(output.schema()))
                    .as(job.name())
                    .isEqualTo(typed(job.writes().schema()));
        }
    }

    private static List<String> typed(StructType schema) {
        return Arrays.stream(schema.fields()).map(ForecastsTest::typed).toList();
    }

    private static String typed(StructField field) {
        return field.name() + " " + field.dataType().sql();
    }
}
