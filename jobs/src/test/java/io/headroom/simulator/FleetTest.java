package io.headroom.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class FleetTest {

    @Test
    void theShippedFleetIsReadable() throws IOException {
        Path file = Path.of(System.getProperty("headroom.home"), "conf", "fleet.yml");

        Fleet fleet = Fleet.parse(Files.readString(file), file.toString());

        assertThat(fleet.clusters().stream().map(FleetCluster::provider).distinct())
                .hasSize(4);
        assertThat(fleet.clusters().stream().map(FleetCluster::region).distinct())
                .hasSize(6);
        assertThat(fleet.clusters().stream()
                        .mapToInt(cluster -> cluster.hardware().racks())
                        .sum())
                .isEqualTo(8);
        assertThat(fleet.intervals()).isEqualTo(335 * 24);
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
