package io.headroom.simulator;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Path HOME = Path.of(System.getProperty("headroom.home"));

    @Test
    void theShippedFleetIsReadable() throws IOException {
        Fleet fleet = shipped();

        assertThat(fleet.clusters().stream().map(FleetCluster::provider).distinct())
                .hasSize(4);
        assertThat(fleet.clusters().stream().map(FleetCluster::region).distinct())
                .hasSize(6);
        assertThat(racksAtTheEnd(fleet)).isEqualTo(8);
        assertThat(fleet.gpus()).isEqualTo(204);
        assertThat(fleet.periods().names())
                .startsWith("2025-12")
                .endsWith("2026-09", "2026-10", "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01")
                .hasSize(15);
        assertThat(fleet.dirt().bad()).isPositive();
    }

    @Test
    void itsAcceleratorsAreOfTheCatalogue() throws IOException {
        List<String> catalogue = Files.readAllLines(HOME.resolve("data/reference/accelerator.csv"));
        int tgp = List.of(catalogue.get(0).split(",")).indexOf("tgp_w");
        Map<String, Double> known = catalogue.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> !cells[tgp].isEmpty())
                .collect(toMap(cells -> cells[0], cells -> Double.valueOf(cells[tgp])));

        assertThat(shipped().clusters())
                .extracting(FleetCluster::hardware)
                .allSatisfy(hardware -> assertThat(known).containsEntry(hardware.accelerator(), hardware.tgpW()));
    }

    @Test
    void scales() throws IOException {
        Fleet fleet = shipped();

        assertThat(fleet.ofGpus(2_040).gpus()).isEqualTo(2_040);
        assertThat(racksAtTheEnd(fleet.ofGpus(2_040))).isEqualTo(80);
        assertThat(fleet.lasting(30).start()).isEqualTo(LocalDate.of(2026, 10, 2));
        assertThat(fleet.sampledEvery(60).detail()).isNull();
        assertThat(fleet.lasting(1).sampledEvery(60).ofGpus(1_020).periods().namesOfParts())
                .startsWith("2026-10-31-001", "2026-10-31-002", "2026-10-31-003")
                .hasSize(6);
        assertThat(fleet.seeded(1).seed()).isEqualTo(1);
        assertThatThrownBy(() -> fleet.lasting(0)).hasMessageContaining("Give at least one");
    }

    @Test
    void growsWhenRacksGetPower() {
        FleetCluster own = Fleet.parse(
                        TinyFleet.YAML.replace(
                                "{racks: 1, planned: 2027-03-31}",
                                "{racks: 3, planned: 2025-12-31, delivered: 2026-01-10, energised: 2026-01-20}"),
                        "tiny.yml")
                .clusters()
                .get(1);

        assertThat(own.gpus(LocalDate.of(2026, 1, 20))).isEqualTo(16);
        assertThat(own.gpus(LocalDate.of(2026, 1, 21))).isEqualTo(40);
    }

    private static int racksAtTheEnd(Fleet fleet) {
        return fleet.clusters().stream()
                .mapToInt(cluster ->
                        cluster.gpus(fleet.end()) / cluster.hardware().gpusPerRack())
                .sum();
    }

    private static Fleet shipped() throws IOException {
        return Fleet.parse(Files.readString(HOME.resolve("conf/fleet.yml")), "fleet.yml");
    }

    @Test
    void namesWhatItDoesNotKnow() {
        refuses("interval_s:", "interval:")
                .hasMessage("tiny.yml has the unknown key 'interval'. Did you mean 'interval_s'?");
        refuses("tgp_w: 1200", "tdp_w: 1200").hasMessageContaining("unknown key 'tdp_w'. Did you mean 'tgp_w'?");
    }

    @Test
    void endsAfterItStarts() {
        refuses("end: 2026-02-06", "end: 2025-12-28")
                .hasMessage("tiny.yml: The fleet's end (2025-12-28) is not after its start (2025-12-28)."
                        + " Give the day after the last one as its end.");
        refuses("end: 2026-02-06", "end: tomorrow").hasMessageContaining("not a day such as 2026-01-31");
    }

    @Test
    void samplesDaysEvenly() {
        refuses("interval_s: 21600", "interval_s: 7000")
                .hasMessageContaining("interval_s (7000) does not divide a day");
    }

    @Test
    void dirtStaysDirt() {
        assertThatThrownBy(
                        () -> Fleet.parse(TinyFleet.DIRT.replace("bad: 0.4", "bad: 0.6") + TinyFleet.YAML, "tiny.yml"))
                .hasMessage("tiny.yml: A share of the dirt is not within [0, 0.5].");
        refuses("planned: 2027-03-31", "planned: 2025-12-31, energised: 2026-01-20")
                .hasMessageContaining("energised before it is delivered");
    }

    @Test
    void neverPassesForRealCapacity() {
        refuses("provider: own-sim", "provider: own")
                .hasMessageContaining("tiny.yml: Cluster own: the provider (own) does not end with -sim");
    }

    @Test
    void sharesAddUp() {
        refuses("agentic: 0.2", "agentic: 0.3").hasMessageContaining("do not add up to 1");
        refuses("share: 1", "share: 0.5")
                .hasMessageContaining("Cluster rented: the shares of its models add up to 0.5, not to 1.0");
    }

    @Test
    void aClusterIsRentedOrOwn() {
        refuses("price_per_gpu_hour: 2\n", "price_per_gpu_hour: 2\n    own: {currency: USD, operations_per_month: 1}\n")
                .hasMessageContaining("Cluster own: it is own, and so it has no price_per_gpu_hour and is not billed");
        refuses("    price_per_gpu_hour: 2\n", "")
                .hasMessageContaining("Cluster own: price_per_gpu_hour (null) is not an amount");
        refuses("price_per_gpu_hour: 2\n", "own: {currency: dollars, operations_per_month: 1}\n")
                .hasMessageContaining("own.currency (dollars) is not an ISO 4217 code");
    }

    @Test
    void billsAreOfAVersionAndACurrencyThatAreKnown() {
        refuses("billed: true", "billed: true\n    bill: {focus: '0.5'}")
                .hasMessageContaining(
                        "Cluster rented: bill.focus (0.5) is not a version that is simulated: 1.0 or 1.2");
        refuses("billed: true", "billed: true\n    bill: {paid_months: 13}")
                .hasMessageContaining("bill.paid_months (13) is not within [1, 12]");
        refuses("billed: true", "billed: true\n    bill: {currency: EUR}")
                .hasMessage(
                        "tiny.yml: Costs are in EUR, of which fx tells no rate. Add to fx the US dollars for one EUR.");
    }

    @Test
    void anAccountIsBilledInOneVersion() {
        String two = TinyFleet.YAML
                .replace("own-sim", "rented-sim")
                .replace("billed: false", "billed: true\n    bill: {focus: '1.2'}");

        assertThatThrownBy(() -> Fleet.parse(two, "tiny.yml"))
                .hasMessage("tiny.yml: The bills of rented-sim-billing are in FOCUS 1.0 and 1.2."
                        + " Bill all of an account in one version.");
    }

    @Test
    void anApiHasAPriceForEveryKindOfToken() {
        assertThat(TinyFleet.costly().apis()).hasSize(1);
        assertThatThrownBy(() -> Fleet.parse(TinyFleet.COSTLY.replace(", output: 0.6", ""), "tiny.yml"))
                .hasMessageContaining(
                        "The prices of api-sim are of [cache_read, uncached_input], not of uncached_input,");
        assertThatThrownBy(() -> Fleet.parse(TinyFleet.COSTLY.replace("life_years: 2", "life_years: 0"), "tiny.yml"))
                .hasMessageContaining("the asset hall must have a day in_service and life_years within [1, 60]");
    }

    @Test
    void racksHoldWholeNodes() {
        refuses("gpus_per_rack: 12", "gpus_per_rack: 13")
                .hasMessageContaining("gpus_per_rack (13) is not a multiple of gpus_per_node (4)");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(String right, String wrong) {
        assertThat(TinyFleet.YAML).contains(right);
        return assertThatThrownBy(() -> Fleet.parse(TinyFleet.YAML.replace(right, wrong), "tiny.yml"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(Failure.Status.WRONG_COMMAND));
    }
}
