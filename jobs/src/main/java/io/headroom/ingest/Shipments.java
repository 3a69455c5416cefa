package io.headroom.ingest;

import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Finds the files that have to be read: new ones, changed ones, and those with duplicates of what has changed. */
final class Shipments {

    private final SparkSession spark;
    private final Landing landing;
    private final Deliveries deliveries;
    private final Instant asOf;
    private final Consumer<String> progress;

    Shipments(SparkSession spark, Landing landing, Deliveries deliveries, Instant asOf, Consumer<String> progress) {
        this.spark = spark;
        this.landing = landing;
        this.deliveries = deliveries;
        this.asOf = asOf;
        this.progress = progress;
    }

    private record Candidate(Source source, LandedFile file) {
        FileKey key() {
            return new FileKey(source.name(), file.path());
        }
    }

    List<Shipment> of(List<Source> sources) {
        List<Candidate> landed =
                sources.stream().flatMap(source -> landed(source).stream()).toList();
        List<Candidate> suspects =
                landed.stream().filter(candidate -> !isAsRecorded(candidate)).toList();
        Map<String, String> checksums =
                Checksums.of(spark, suspects.stream().map(Candidate::file).toList());
        List<Candidate> changed = suspects.stream()
                .filter(candidate -> !recordedChecksum(candidate)
                        .equals(checksums.get(candidate.file().uri())))
                .toList();
        List<Shipment> shipments = new ArrayList<>(shipped(changed, checksums));
        shipments.addAll(judgedAgain(landed, changed));
        return shipments;
    }

    private List<Candidate> landed(Source source) {
        List<LandedFile> files = landing.of(source);
        List<LandedFile> knownByThen =
                files.stream().filter(file -> !file.modifiedAt().isAfter(asOf)).toList();
        if (files.isEmpty()) {
            progress.accept("%s: no file matches %s".formatted(source.name(), source.files()));
        } else if (knownByThen.size() < files.size()) {
            progress.accept("%s: %d files are later than %s and left out"
                    .formatted(source.name(), files.size() - knownByThen.size(), asOf));
        }
        return knownByThen.stream().map(file -> new Candidate(source, file)).toList();
    }

    private boolean isAsRecorded(Candidate candidate) {
        LandedFile file = candidate.file();
        return deliveries
                .find(candidate.key())
                .filter(record -> record.count(Delivery.SIZE_BYTES) == file.sizeBytes()
                        && record.instant(Delivery.MODIFIED_AT).equals(Timestamp.from(file.modifiedAt())))
                .isPresent();
    }

    private String recordedChecksum(Candidate candidate) {
        return deliveries
                .find(candidate.key())
                .map(record -> record.text(Delivery.CHECKSUM))
                .orElse("");
    }

    /** The first of several files with one content is read, the others are copies of it. */
    private List<Shipment> shipped(List<Candidate> changed, Map<String, String> checksums) {
        Set<FileKey> restated =
                new HashSet<>(changed.stream().map(Candidate::key).toList());
        Map<FileKey, String> firstByContent = new LinkedHashMap<>();
        deliveries.known().stream()
                .filter(record -> !restated.contains(record.key()) && record.isNull(Delivery.PROBLEM))
                .filter(record -> record.duplicatesOf().isEmpty())
                .forEach(record -> firstByContent.put(
                        new FileKey(record.text(Delivery.SOURCE), record.text(Delivery.CHECKSUM)),
                        record.text(Delivery.PATH)));
        List<Candidate> inOrder = changed.stream()
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> candidate.file().modifiedAt())
                        .thenComparing(candidate -> candidate.file().path()))
                .toList();
        List<Shipment> shipments = new ArrayList<>();
        for (Candidate candidate : inOrder) {
            String checksum =
                    Optional.ofNullable(checksums.get(candidate.file().uri())).orElseThrow();
            String first = firstByContent.putIfAbsent(
                    new FileKey(candidate.source().name(), checksum),
                    candidate.file().path());
            boolean isKnown = deliveries.find(candidate.key()).isPresent();
            shipments.add(
                    new Shipment(candidate.source(), candidate.file(), checksum, isKnown, Optional.ofNullable(first)));
        }
        return shipments;
    }

    /** Files whose rows were duplicates of rows that are being replaced, and so on from these. */
    private List<Shipment> judgedAgain(List<Candidate> landed, List<Candidate> changed) {
        Set<FileKey> listed = new HashSet<>(changed.stream().map(Candidate::key).toList());
        Set<String> replaced = new HashSet<>();
        changed.stream()
                .filter(candidate -> deliveries.find(candidate.key()).isPresent())
                .forEach(candidate -> replaced.add(place(candidate)));
        List<Shipment> again = new ArrayList<>();
        boolean isGrowing = !replaced.isEmpty();
        while (isGrowing) {
            isGrowing = false;
            for (Candidate candidate : landed) {
                Optional<DeliveryRecord> record = deliveries.find(candidate.key());
                boolean isAffected = record.isPresent()
                        && record.get().duplicatesOf().stream()
                                .anyMatch(path ->
                                        replaced.contains(candidate.source().target() + " " + path));
                if (isAffected && listed.add(candidate.key())) {
                    replaced.add(place(candidate));
                    again.add(new Shipment(
                            candidate.source(),
                            candidate.file(),
                            record.get().text(Delivery.CHECKSUM),
                            true,
                            Optional.empty()));
                    isGrowing = true;
                }
            }
        }
        return again;
    }

    private static String place(Candidate candidate) {
        return candidate.source().target() + " " + candidate.file().path();
    }
}
