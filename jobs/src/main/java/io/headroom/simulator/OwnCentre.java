package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a cluster costs whose owner is its user: what was bought for it, and what running it takes beside electricity.
 *
 * @param currency ISO 4217 code
 * @param operationsPerMonth staff, repairs and whatever else every month takes
 */
public record OwnCentre(
        String currency,
        @JsonProperty("operations_per_month") BigDecimal operationsPerMonth,
        List<Part> assets) {

    private static final Set<String> KINDS = Set.of("it", "network", "power", "cooling", "building", "other");

    public OwnCentre {
        assets = assets == null ? List.of() : List.copyOf(assets);
    }

    /**
     * Something that was bought once.
     *
     * @param asset its name, unique in its cluster
     * @param kind it, network, power, cooling, building or other
     * @param cost what it cost
     * @param salvage what it will be worth at the end of its life
     * @param inService first day of its life
     * @param lifeYears length of its life
     * @param isShared whether the register of assets names no cluster for it, only the region
     */
    public record Part(
            String asset,
            String kind,
            BigDecimal cost,
            BigDecimal salvage,

            @JsonProperty("in_service") @JsonDeserialize(using = DayDeserializer.class)
            LocalDate inService,

            @JsonProperty("life_years") int lifeYears,
            @JsonProperty("shared") boolean isShared) {

        void check() {
            require(
                    asset != null && kind != null && KINDS.contains(kind),
                    "kind of an asset (%s) is none of %s."
                            .formatted(kind, KINDS.stream().sorted().toList()));
            require(
                    cost != null && salvage != null && salvage.signum() >= 0 && cost.compareTo(salvage) >= 0,
                    "the asset %s must have a cost, and a salvage from 0 up to that.".formatted(asset));
            require(
                    inService != null && lifeYears >= 1 && lifeYears <= 60,
                    "the asset %s must have a day in_service and life_years within [1, 60].".formatted(asset));
        }

        LocalDate lifeEnds() {
            return inService.plusYears(lifeYears);
        }

        /** What it loses in one day of its life. */
        BigDecimal perDay() {
            long days = lifeEnds().toEpochDay() - inService.toEpochDay();
            return cost.subtract(salvage).divide(BigDecimal.valueOf(days), 18, RoundingMode.HALF_UP);
        }

        boolean isInService(LocalDate day) {
            return !day.isBefore(inService) && day.isBefore(lifeEnds());
        }

        private Part scaled(double factor) {
            return new Part(
                    asset,
                    kind,
                    OwnCentre.scaled(cost, factor),
                    OwnCentre.scaled(salvage, factor),
                    inService,
                    lifeYears,
                    isShared);
        }
    }

    void check() {
        Bill.checkCurrency(currency, "own.currency");
        require(
                operationsPerMonth != null && operationsPerMonth.signum() >= 0,
                "own.operations_per_month (%s) is not an amount.".formatted(operationsPerMonth));
        Set<String> names = new HashSet<>();
        for (Part part : assets) {
            part.check();
            require(names.add(part.asset()), "two assets are named %s.".formatted(part.asset()));
        }
    }

    /** As many times of everything. */
    OwnCentre scaled(double factor) {
        return new OwnCentre(
                currency,
                scaled(operationsPerMonth, factor),
                assets.stream().map(part -> part.scaled(factor)).toList());
    }

    private static BigDecimal scaled(BigDecimal amount, double factor) {
        return amount.multiply(BigDecimal.valueOf(factor)).setScale(2, RoundingMode.HALF_UP);
    }
}
