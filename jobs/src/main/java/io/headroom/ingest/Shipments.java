package io.headroom.ingest;

import io.headroom.lake.Digest;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Finds the files that have to be read: new ones, changed ones, and those with duplicates of what has changed. */
final class Shipments {

    private final SparkSession spark;
    private final Landing landing;
    private final Deliveries deliveries;
    private final Instant asOf;
    private final Consumer<String> progress;
    private final FolderParts parts;

    Shipments(SparkSession spark, Landing landing, Deliveries deliveries, Instant asOf, Consumer<String> progress) {
        this.spark = spark;
        this.landing = landing;
        this.deliveries = deliveries;
        this.asOf = asOf;
        this.progress = progress;
        var manifests = new Manifests(landing, spark.sparkContext().hadoopConfiguration(), asOf, progress);
        this.parts = new FolderParts(landing, deliveries, manifests);
    }

    List<Shipment> of(List<Source> sources) {
        List<Candidate> landed =
                sources.stream().flatMap(source -> landed(source).stream()).toList();
        List<Candidate> suspects = landed.stream()
                .filter(candidate -> !deliveries.isAsRecorded(candidate))
                .toList();
        Map<String, String> checksums = new HashMap<>(
                Checksums.of(spark, suspects.stream().map(Candidate::file).toList()));
        landed.forEach(candidate -> deliveries
                .find(candidate.key())
                .ifPresent(record -> checksums.putIfAbsent(candidate.file().uri(), record.text(Delivery.CHECKSUM))));
        List<Candidate> changed = landed.stream()
                .filter(candidate -> isChanged(candidate, checksums) || parts.isBack(candidate, landed))
                .toList();
        changed = parts.withoutWaiting(changed, landed);
        deliveries.foundGone(parts.gone(changed, landed));
        return shipped(withAffected(changed, landed), checksums);
    }

    /** Whether its rows may differ from those in the lake: by its content, or by the mapping that reads it. */
    private boolean isChanged(Candidate candidate, Map<String, String> checksums) {
        Optional<DeliveryRecord> record = deliveries.find(candidate.key());
        String definition = Digest.of(candidate.source().definition());
        return record.isEmpty()
                || !record.get()
                        .text(Delivery.CHECKSUM)
                        .equals(checksums.get(candidate.file().uri()))
                || !record.get().text(Delivery.DEFINITION).equals(definition);
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

    /**
     * Of files with one content the first is read and the others are copies of it, where content alone makes the rows. A
     * delivery of a slice is never a copy: the newest one counts, though an older one said the same.
     */
    private List<Shipment> shipped(List<Candidate> candidates, Map<String, String> checksums) {
        Map<FileKey, String> firstByContent = firstByContent(candidates);
        List<Candidate> inOrder = candidates.stream()
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> candidate.file().modifiedAt())
                        .thenComparing(candidate -> candidate.file().path()))
                .toList();
        List<Shipment> shipments = new ArrayList<>();
        for (Candidate candidate : inOrder) {
            Source source = candidate.source();
            LandedFile file = candidate.file();
            String checksum = Optional.ofNullable(checksums.get(file.uri())).orElseThrow();
            boolean canBeCopy = source.readsContentAlone() && !Slices.canSupersede(source);
            Optional<String> first = canBeCopy
                    ? Optional.ofNullable(firstByContent.putIfAbsent(new FileKey(source.name(), checksum), file.path()))
                    : Optional.empty();
            boolean isKnown = deliveries.find(candidate.key()).isPresent();
            shipments.add(new Shipment(source, file, checksum, isKnown, first));
        }
        return shipments;
    }

    /** The files that stay as they are, by source and checksum. */
    private Map<FileKey, String> firstByContent(List<Candidate> candidates) {
        Set<FileKey> read = candidates.stream().map(Candidate::key).collect(Collectors.toCollection(HashSet::new));
        Map<FileKey, String> firstByContent = new LinkedHashMap<>();
        deliveries.known().stream()
                .filter(record -> !read.contains(record.key()) && record.isNull(Delivery.PROBLEM))
                .filter(record -> record.duplicatesOf().isEmpty())
                .forEach(record -> firstByContent.put(
                        new FileKey(record.text(Delivery.SOURCE), record.text(Delivery.CHECKSUM)),
                        record.text(Delivery.PATH)));
        return firstByContent;
    }

    /**
     * With the changed files those whose rows were duplicates of theirs, or superseded by them, and so on from these; and all
     * parts of a delivery that come back with one of its parts.
     */
    private List<Candidate> withAffected(List<Candidate> changed, List<Candidate> landed) {
        Set<FileKey> listed = new HashSet<>(changed.stream().map(Candidate::key).toList());
        Set<String> replaced = new HashSet<>();
        changed.forEach(candidate -> {
            if (deliveries.find(candidate.key()).isPresent()) {
                replaced.add(place(candidate));
            }
            candidate.folder().ifPresent(replaced::add);
        });
        List<Candidate> all = new ArrayList<>(changed);
        boolean isGrowing = !replaced.isEmpty();
        while (isGrowing) {
            isGrowing = false;
            for (Candidate candidate : landed) {
                if (isAffected(candidate, replaced)
                        && parts.isListed(candidate, landed)
                        && listed.add(candidate.key())) {
                    replaced.add(place(candidate));
                    candidate.folder().ifPresent(replaced::add);
                    all.add(candidate);
                    isGrowing = true;
                }
            }
        }
        return all;
    }

    private boolean isAffected(Candidate candidate, Set<String> replaced) {
        Optional<DeliveryRecord> known = deliveries.find(candidate.key());
        boolean isWithReplaced = candidate.folder().filter(replaced::contains).isPresent();
        boolean isSuperseded =
                known.filter(record -> !record.supersededBy().isEmpty()).isPresent();
        if (isWithReplaced && isSuperseded) {
            return true;
        }
        return known.stream()
                .flatMap(record -> Stream.concat(record.duplicatesOf().stream(), record.supersededBy().stream()))
                .anyMatch(path -> replaced.contains(candidate.source().target() + " " + path));
    }

    private static String place(Candidate candidate) {
        return candidate.source().target() + " " + candidate.file().path();
    }
}
