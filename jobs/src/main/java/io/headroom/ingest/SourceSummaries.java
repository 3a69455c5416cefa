package io.headroom.ingest;

import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import java.util.List;
import java.util.Set;

/**
 * What a run did, source by source.
 *
 * @param shipments files that the run read
 * @param untoldRuns runs whose refusals nobody has been told of, this one among them
 */
record SourceSummaries(Landing landing, List<Shipment> shipments, Deliveries deliveries, Set<String> untoldRuns) {

    SourceSummary of(Source source) {
        List<DeliveryRecord> records = shipments.stream()
                .filter(shipment -> shipment.source().equals(source))
                .flatMap(shipment -> deliveries.find(new FileKey(source.name(), shipment.path())).stream())
                .toList();
        return new SourceSummary(
                source.name(),
                source.target(),
                source.files(),
                landing.of(source).size(),
                records.size(),
                (int) records.stream()
                        .filter(record -> !record.isNull(Delivery.PROBLEM))
                        .count(),
                sum(records, Delivery.READ_RECORDS),
                sum(records, Delivery.ACCEPTED_ROWS),
                sum(records, Delivery.DUPLICATE_ROWS),
                refused(records),
                sum(records, Delivery.SUPERSEDED_ROWS),
                sum(records, Delivery.SKIPPED_RECORDS),
                isIntolerable(source));
    }

    private boolean isIntolerable(Source source) {
        List<DeliveryRecord> untold = deliveries.current().stream()
                .filter(record -> record.text(Delivery.SOURCE).equals(source.name()))
                .filter(record -> untoldRuns.contains(record.text(Delivery.RUN_ID)))
                .toList();
        return isAllRefused(untold) || untold.stream().anyMatch(record -> isIntolerable(source, record));
    }

    /** A source that says nothing but what is refused is broken, whatever it tolerates. */
    private static boolean isAllRefused(List<DeliveryRecord> records) {
        return refused(records) > 0
                && sum(records, Delivery.ACCEPTED_ROWS) + sum(records, Delivery.DUPLICATE_ROWS) == 0;
    }

    private static boolean isIntolerable(Source source, DeliveryRecord record) {
        return !record.isNull(Delivery.PROBLEM) || !record.isComplete(source);
    }

    private static long refused(List<DeliveryRecord> records) {
        return sum(records, Delivery.REJECTED_ROWS) + sum(records, Delivery.UNPARSABLE_RECORDS);
    }

    private static long sum(List<DeliveryRecord> records, Delivery field) {
        return records.stream().mapToLong(record -> record.count(field)).sum();
    }
}
