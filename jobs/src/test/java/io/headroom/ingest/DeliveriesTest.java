package io.headroom.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import io.headroom.TestSpark;
import io.headroom.lake.Commit;
import io.headroom.lake.LakeTable;
import io.headroom.staging.delivery.Delivery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {

    private static final int RUNS = 20;
    private static final int FEW_FILES = 10;

    @TempDir
    Path folder;

    @Test
    void theRecordOfManyRunsStaysInFewFilesAndLosesNothing() {
        var lake = new LakeFixture(folder);
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,100\n");
        lake.ingest(Meters.SOURCE);
        LakeTable table = lake.lake().table(Delivery.TABLE);
        Row first = table.read().head();

        List<Row> others = TestSpark.session()
                .range(1, RUNS + 1)
                .crossJoin(table.read())
                .withColumn(Delivery.PATH.column(), concat(lit("meters/"), col("id"), lit(".csv")))
                .drop("id")
                .collectAsList();
        for (Row other : others) {
            var deliveries = new Deliveries(table);
            deliveries.put(DeliveryRecord.of(other));
            deliveries.write(TestSpark.session(), new Commit(Commit.Kind.DELIVERY, "run", "test", "", Map.of()));
        }

        assertThat(table.files()).isLessThan(FEW_FILES);
        assertThat(lake.sql("SELECT count(*), count(DISTINCT path) FROM delivery"))
                .containsExactly("%1$d | %1$d".formatted(RUNS + 1));
        assertThat(table.read()
                        .filter(Delivery.PATH.col().equalTo("meters/a.csv"))
                        .head())
                .isEqualTo(first);
    }
}
