package io.headroom.simulator;

import io.headroom.staging.price.Price;
import io.headroom.table.Lineage;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Prices of what is on no bill: GPU-hours by a rate card, electricity and operations; and list prices of tokens. */
record PriceList(SparkSession spark, Fleet fleet) {

    private static final String SIMULATED = "simulated";

    private record Priced(
            String provider,
            @Nullable FleetCluster cluster,
            @Nullable String accelerator,
            @Nullable String model,
            @Nullable String tokenType,
            String unit,
            BigDecimal unitPrice,
            String currency) {

        static Priced of(FleetCluster cluster, String unit, BigDecimal unitPrice, String currency) {
            String accelerator = unit.equals("gpu_hour") ? cluster.hardware().accelerator() : null;
            return new Priced(cluster.provider(), cluster, accelerator, null, null, unit, unitPrice, currency);
        }

        @Nullable
        String name() {
            return cluster == null ? null : cluster.cluster();
        }

        @Nullable
        String region() {
            return cluster == null ? null : cluster.region();
        }

        String category() {
            return cluster == null ? "list" : "rate_card";
        }
    }

    Dataset<Row> rows() {
        String since = FleetFacts.instant(fleet.start());
        return new LocalRows<Priced>()
                .text(Price.PROVIDER, Priced::provider)
                .text(Price.REGION, Priced::region)
                .text(Price.CLUSTER, Priced::name)
                .text(Price.ACCELERATOR, Priced::accelerator)
                .text(Price.PRICING_CATEGORY, Priced::category)
                .text(Price.MODEL, Priced::model)
                .text(Price.TOKEN_TYPE, Priced::tokenType)
                .text(Price.UNIT, Priced::unit)
                .text(Price.UNIT_PRICE, Priced::unitPrice)
                .text(Price.CURRENCY, Priced::currency)
                .text(Price.VALID_FROM, priced -> since)
                .text(Price.VALID_TO, priced -> null)
                .text(Price.SOURCE_URL, priced -> SIMULATED)
                .text(Price.NOTE, priced -> SIMULATED)
                .text(Lineage.KNOWN_AT, priced -> since)
                .of(
                        spark,
                        Stream.concat(
                                        fleet.clusters().stream().flatMap(PriceList::ofCluster),
                                        fleet.apis().stream().flatMap(PriceList::ofTokens))
                                .toList());
    }

    private static Stream<Priced> ofCluster(FleetCluster cluster) {
        EnergyTariff energy = cluster.energy();
        OwnCentre own = cluster.own();
        return Stream.of(
                        gpuHours(cluster),
                        energy == null ? null : Priced.of(cluster, "kwh", energy.perKwh(), energy.currency()),
                        energy == null ? null : Priced.of(cluster, "kw_month", energy.perKwMonth(), energy.currency()),
                        own == null
                                ? null
                                : Priced.of(cluster, "cluster_month", own.operationsPerMonth(), own.currency()))
                .filter(Objects::nonNull);
    }

    private static @Nullable Priced gpuHours(FleetCluster cluster) {
        BigDecimal price = cluster.pricePerGpuHour();
        return cluster.isBilled() || price == null ? null : Priced.of(cluster, "gpu_hour", price, cluster.currency());
    }

    private static Stream<Priced> ofTokens(TokenApi api) {
        return api.prices().entrySet().stream()
                .map(price -> new Priced(
                        api.provider(),
                        null,
                        null,
                        api.model(),
                        price.getKey(),
                        "million_tokens",
                        price.getValue(),
                        api.currency()));
    }
}
