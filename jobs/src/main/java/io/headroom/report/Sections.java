package io.headroom.report;

import java.util.List;
import java.util.stream.Stream;

/** The sections of the page, in order. */
final class Sections {

    static final List<Section> ALL = Stream.of(
                    CapacitySections.ALL,
                    FleetSections.ALL,
                    CostSections.ALL,
                    BillSections.ALL,
                    PowerSections.ALL,
                    EvidenceSections.ALL)
            .flatMap(List::stream)
            .toList();

    private Sections() {}
}
