package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

/**
 * What a site grants a cluster, each as a multiple of what the racks need that the cluster has at the fleet's end.
 *
 * @param power IT power
 * @param facility power of the facility
 * @param cooling IT power whose heat can be removed
 * @param space places for racks
 * @param network capacity of the network
 */
record Envelope(double power, double facility, double cooling, double space, double network) {

    void check() {
        require(
                power > 0 && facility > 0 && cooling > 0 && space > 0 && network > 0,
                "power, facility, cooling, space and network of an envelope must be above 0.");
    }
}
