package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What goes wrong in a fleet, as shares; 0 for what never happens.
 *
 * @param downHostDays days on which a host that trains nothing is down
 * @param failedJobs training jobs that fail before their time
 * @param cancelledJobs training jobs that somebody cancels
 * @param timedOutJobs training jobs that their time limit ends
 */
public record Faults(
        @JsonProperty("down_host_days") double downHostDays,
        @JsonProperty("failed_jobs") double failedJobs,
        @JsonProperty("cancelled_jobs") double cancelledJobs,
        @JsonProperty("timed_out_jobs") double timedOutJobs) {

    static final Faults NONE = new Faults(0, 0, 0, 0);

    void check() {
        require(
                downHostDays >= 0 && downHostDays <= 1,
                "faults.down_host_days (%s) is not within [0, 1].".formatted(downHostDays));
        require(
                failedJobs >= 0
                        && cancelledJobs >= 0
                        && timedOutJobs >= 0
                        && failedJobs + cancelledJobs + timedOutJobs <= 1,
                "The shares of jobs in faults are not within [0, 1] together.");
    }
}
