package io.headroom.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.failure.Failure;
import io.headroom.lake.Commit.Kind;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.runner.Runner;
import io.headroom.setting.Settings;
import io.headroom.staging.cost.Cost;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lakes that another version of Headroom has written. */
class OtherVersionTest {

    private static final String BILLS = """
            name: bills
            extends: cost/plain_csv
            files: bills/*
            identity: {slice: [provider, billing_account_id, billing_period_start]}
            """;
    private static final String METERS = "name: meters\nextends: power_sample/plain_csv\nfiles: meters/*\n";
    private static final String METER = "meter_id,sampled_at,scope,power_w\n";

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder, CostDaily.TABLE);
    }

    @Test
    void aColumnThatTheDeclarationGainedIsAddedAndWorkGoesOn() {
        lake.deliver("bills/1.csv", bill(3));
        lake.ingest(BILLS);
        runner().run(CostDaily.JOB);
        makeOlder(Cost.TABLE, Cost.RESOURCE_ID);
        makeOlder(CostDaily.TABLE, CostDaily.EFFECTIVE_COST);
        makeOlder(Delivery.TABLE, Delivery.SUPERSEDED_BY);
        makeOlder(Delivery.TABLE, Delivery.QUIRKS);
        makeOlder(Delivery.TABLE, Delivery.SUPERSEDED_ROWS);

        lake.lake().prepare();
        lake.deliver("bills/2.csv", bill(6));
        lake.ingest(BILLS);
        runner().run(CostDaily.JOB);

        assertThat(lake.sql("SELECT path, resource_id, CAST(effective_cost AS INT) FROM cost"))
                .containsExactly("bills/2.csv | null | 6");
        assertThat(lake.sql("SELECT path, superseded_rows, superseded_by FROM delivery"))
                .containsExactly("bills/1.csv | 1 | [bills/2.csv]", "bills/2.csv | 0 | []");
        assertThat(lake.sql("SELECT day, CAST(effective_cost AS INT) FROM cost_daily"))
                .containsExactly("2026-03-01 | 2", "2026-03-02 | 2", "2026-03-03 | 2");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void whatAnOlderVersionDidNotLiveToRecordIsTakenBackAndItsTableStillGainsItsColumns() {
        lake.deliver("meters/1.csv", METER + "m1,2026-03-01T00:00:00Z,rack,100\n");
        lake.ingest(METERS);
        makeOlder(PowerSample.TABLE, PowerSample.NODE);
        LakeTable samples = lake.lake().table(PowerSample.TABLE);
        write(samples, stored(samples), SaveMode.Append, commit(Kind.INGEST, Map.of()));

        lake.lake().prepare();
        lake.deliver("meters/2.csv", METER + "m2,2026-03-01T00:00:00Z,rack,200\n");
        lake.ingest(METERS);

        assertThat(lake.sql("SELECT meter_id, node FROM power_sample")).containsExactly("m1 | null", "m2 | null");
    }

    @Test
    void aColumnOfAnotherTypeIsNamedAndNothingIsWritten() {
        LakeTable costs = lake.lake().table(CostDaily.TABLE);
        Dataset<Row> rows = stored(costs);
        write(
                costs,
                rows.withColumn("effective_cost", rows.col("effective_cost").cast("string")),
                SaveMode.Overwrite,
                commit(Kind.DERIVATION, Map.of()));
        Map<String, Long> before = lake.versions();

        assertThatThrownBy(() -> lake.lake().prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "mart.cost_daily has a column effective_cost (STRING), which this version of"
                                + " Headroom keeps as DECIMAL(38,18). Use the version that wrote the lake, or name another --lake")
                .extracting(failure -> ((Failure) failure).status())
                .isEqualTo(Failure.Status.WRONG_COMMAND);
        assertThat(lake.versions()).isEqualTo(before);
    }

    @Test
    void aColumnThatIsNotKnownAnyMoreIsLeftAsItIs() {
        lake.deliver("bills/1.csv", bill(3));
        lake.ingest(BILLS);
        LakeTable costs = lake.lake().table(Cost.TABLE);
        Commit last = costs.lastCommit(Set.of(Kind.INGEST)).orElseThrow()._2();
        write(costs, stored(costs).selectExpr("*", "'kept' AS forgotten"), SaveMode.Overwrite, last);
        vouchFor(Cost.TABLE);

        lake.lake().prepare();
        lake.deliver("bills/2.csv", bill(6).replace("P,a,", "P,b,"));
        lake.ingest(BILLS);

        assertThat(stored(costs).selectExpr("path", "forgotten").collectAsList())
                .extracting(Row::mkString)
                .containsExactlyInAnyOrder("bills/1.csvkept", "bills/2.csvnull");
    }

    @Test
    void aTableThatIsNotKnownIsTold() {
        assertThat(lake.lake().unknownTables()).isEmpty();
        lake.lake()
                .spark()
                .range(1)
                .write()
                .format("delta")
                .save(folder.resolve("lake/mart/forgotten").toString());

        assertThat(lake.lake().unknownTables()).containsExactly("mart.forgotten");
    }

    private Runner runner() {
        return new Runner(lake.lake(), Instant.parse("2027-01-01T00:00:00Z"), "run", "test", Settings.DEFAULT);
    }

    /** Makes the table as if a version had written it that did not have a column yet; what commits say stays. */
    private void makeOlder(Table table, Field gained) {
        LakeTable stored = lake.lake().table(table);
        Commit last = stored.lastCommit(Set.of(Kind.values())).orElseThrow()._2();
        write(stored, stored(stored).drop(gained.column()), SaveMode.Overwrite, last);
        if (last.kind() == Kind.INGEST) {
            vouchFor(table);
        }
    }

    /** The record of deliveries says of the rewritten table what it said of the one before. */
    private void vouchFor(Table table) {
        LakeTable record = lake.lake().table(Delivery.TABLE);
        record.append(
                record.read().limit(0),
                commit(
                        Kind.DELIVERY,
                        Map.of(table.qualifiedName(), lake.lake().table(table).version())));
    }

    private Dataset<Row> stored(LakeTable table) {
        return lake.lake().spark().read().format("delta").load(table.location());
    }

    private static void write(LakeTable table, Dataset<Row> rows, SaveMode mode, Commit commit) {
        var writer = rows.write()
                .format("delta")
                .option("userMetadata", commit.json())
                .mode(mode);
        if (mode == SaveMode.Overwrite) {
            writer.option("overwriteSchema", "true");
            if (table.table().isPartitionedByDay()) {
                writer.partitionBy(Table.DAY);
            }
        }
        writer.save(table.location());
    }

    private static Commit commit(Kind kind, Map<String, Long> versions) {
        return new Commit(kind, "older", "0.0.1", "", versions);
    }

    private static String bill(int cost) {
        return ("provider,billing_account_id,billing_period_start,billing_period_end,charge_period_start,"
                        + "charge_period_end,charge_category,billed_cost,effective_cost,billing_currency\n"
                        + "P,a,2026-03-01,2026-04-01,2026-03-01,2026-03-04,Usage,%d,%d,USD\n")
                .formatted(cost, cost);
    }
}
