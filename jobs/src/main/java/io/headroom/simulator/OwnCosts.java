package io.headroom.simulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trunc;

import io.headroom.staging.cluster.Cluster;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What own clusters really cost, by day and kind: what was bought loses value evenly, and electricity and people are paid. */
record OwnCosts(SparkSession spark, Fleet fleet) {

    static final String DAY = "day";
    static final String KIND = "cost_kind";
    private static final String MONEY = "decimal(38,18)";
    /** Tenths of a watt for a second, in a kWh. */
    private static final long DWS_PER_KWH = 36_000_000;

    private static final long DW_PER_KW = 10_000;

    /** One cluster on one day: what does not depend on what it did. */
    private record Fixed(FleetCluster cluster, OwnCentre own, LocalDate day) {

        BigDecimal depreciation() {
            return own.assets().stream()
                    .filter(part -> part.isInService(day))
                    .map(OwnCentre.Part::perDay)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal operations() {
            return own.operationsPerMonth().divide(BigDecimal.valueOf(day.lengthOfMonth()), 18, RoundingMode.HALF_UP);
        }
    }

    /**
     * One row: one kind of cost of one cluster on one day.
     *
     * @param sites power of each cluster at each instant
     */
    Dataset<Row> daily(Dataset<Row> sites) {
        List<Fixed> days = fleet.clusters().stream().flatMap(this::days).toList();
        return fixed(days, "depreciation", Fixed::depreciation)
                .union(fixed(days, "operations", Fixed::operations))
                .union(energy(sites))
                .union(demand(sites));
    }

    private Stream<Fixed> days(FleetCluster cluster) {
        OwnCentre own = cluster.own();
        return own == null
                ? Stream.of()
                : fleet.start().datesUntil(fleet.end()).map(day -> new Fixed(cluster, own, day));
    }

    private Dataset<Row> fixed(List<Fixed> days, String kind, Function<Fixed, BigDecimal> cost) {
        return new LocalRows<Fixed>()
                .text(Cluster.PROVIDER, fixed -> fixed.cluster().provider())
                .text(Cluster.CLUSTER, fixed -> fixed.cluster().cluster())
                .with(Working.CURRENCY, fixed -> fixed.own().currency())
                .with(Working.FROM_S, fixed -> fixed.day().toEpochDay())
                .with(Working.COST, cost)
                .of(spark, days)
                .select(
                        date_from_unix_date(Working.FROM_S.col().cast("int")).as(DAY),
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        lit(kind).as(KIND),
                        Working.CURRENCY.col(),
                        Working.COST.col());
    }

    private Dataset<Row> energy(Dataset<Row> sites) {
        Column joules = sum(PowerSamples.facilityPower().multiply(Working.LENGTH_S.col()));
        return sites.groupBy(Cluster.PROVIDER.col(), Cluster.CLUSTER.col(), day())
                .agg(joules.as("dws"))
                .join(tariffs(EnergyTariff::perKwh), Cluster.CLUSTER.column())
                .select(row(
                        "energy",
                        col("dws")
                                .cast("decimal(16,0)")
                                .multiply(Working.RATE.col())
                                .divide(lit(DWS_PER_KWH).cast("decimal(8,0)"))));
    }

    /** The highest moment of a month, paid for evenly by its days. */
    private Dataset<Row> demand(Dataset<Row> sites) {
        Column days = dayofmonth(last_day(col(DAY)));
        return sites.groupBy(
                        Cluster.PROVIDER.col(),
                        Cluster.CLUSTER.col(),
                        trunc(day(), "month").as("month"))
                .agg(max(PowerSamples.facilityPower()).as("dw"))
                .join(tariffs(EnergyTariff::perKwMonth), Cluster.CLUSTER.column())
                .withColumn(
                        DAY,
                        explode(sequence(lit(fleet.start()), lit(fleet.end().minusDays(1)))))
                .filter(trunc(col(DAY), "month").equalTo(col("month")))
                .select(row(
                        "demand",
                        col("dw")
                                .cast("decimal(12,0)")
                                .multiply(Working.RATE.col())
                                .divide(days.multiply(lit(DW_PER_KW)).cast("decimal(6,0)"))));
    }

    private Dataset<Row> tariffs(Function<EnergyTariff, BigDecimal> price) {
        List<FleetCluster> own = fleet.clusters().stream()
                .filter(cluster -> cluster.own() != null && cluster.energy() != null)
                .toList();
        return new LocalRows<FleetCluster>()
                .text(Cluster.CLUSTER, FleetCluster::cluster)
                .with(Working.CURRENCY, cluster -> tariff(cluster).currency())
                .with(Working.RATE, cluster -> price.apply(tariff(cluster)))
                .of(spark, own);
    }

    private static EnergyTariff tariff(FleetCluster cluster) {
        return Objects.requireNonNull(cluster.energy());
    }

    private static Column[] row(String kind, Column cost) {
        return new Column[] {
            col(DAY),
            Cluster.PROVIDER.col(),
            Cluster.CLUSTER.col(),
            lit(kind).as(KIND),
            Working.CURRENCY.col(),
            cost.cast(MONEY).as(Working.COST.column())
        };
    }

    private static Column day() {
        return to_date(Activity.at()).as(DAY);
    }
}
