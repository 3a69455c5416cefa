package io.headroom.ingest;

import static java.util.stream.Collectors.toSet;

import io.headroom.source.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deliveries whose parts lie in one folder: which parts wait for others, which are there no more, which are there again. */
final class FolderParts {

    private final Landing landing;
    private final Deliveries deliveries;
    private final Manifests manifests;
    private final Map<String, Set<String>> listed = new HashMap<>();

    FolderParts(Landing landing, Deliveries deliveries, Manifests manifests) {
        this.landing = landing;
        this.deliveries = deliveries;
        this.manifests = manifests;
    }

    /** A delivery of which not all is there that its manifest lists is left as it is. */
    List<Candidate> withoutWaiting(List<Candidate> changed, List<Candidate> landed) {
        Set<FileKey> waiting = new HashSet<>();
        sourcesOf(changed).stream()
                .filter(source -> source.identity().hasManifest())
                .forEach(source -> manifests
                        .waiting(source, filesOf(source, changed), filesOf(source, landed))
                        .forEach(path -> waiting.add(new FileKey(source.name(), path))));
        return changed.stream()
                .filter(candidate -> !waiting.contains(candidate.key()))
                .toList();
    }

    /** Known files of the folders of what has changed that are not there any more, or that no complete manifest lists. */
    Set<FileKey> gone(List<Candidate> changed, List<Candidate> landed) {
        List<Candidate> replaced = changed.stream()
                .filter(candidate -> candidate.folder().isPresent())
                .toList();
        Set<String> folders = replaced.stream()
                .flatMap(candidate -> candidate.folder().stream())
                .collect(toSet());
        Set<FileKey> gone = new HashSet<>();
        for (Source source : sourcesOf(replaced)) {
            Set<String> there = landing.of(source).stream()
                    .map(file -> new Candidate(source, file))
                    .filter(candidate -> isListed(candidate, landed))
                    .map(candidate -> candidate.file().path())
                    .collect(toSet());
            deliveries.of(source, Map.of()).keySet().stream()
                    .filter(path -> Candidate.folder(source, path)
                            .filter(folders::contains)
                            .isPresent())
                    .filter(path -> !there.contains(path))
                    .forEach(path -> gone.add(new FileKey(source.name(), path)));
        }
        return gone;
    }

    /** Whether a file counts where it lies: where there are manifests, one of which all is there lists it. */
    boolean isListed(Candidate candidate, List<Candidate> landed) {
        Source source = candidate.source();
        return !source.identity().hasManifest()
                || listed.computeIfAbsent(source.name(), unread -> manifests.listed(source, filesOf(source, landed)))
                        .contains(candidate.file().path());
    }

    /** Whether a file that others of its folder stand in place of is a part of it again. */
    boolean isBack(Candidate candidate, List<Candidate> landed) {
        return candidate.folder().isPresent()
                && deliveries.find(candidate.key()).stream()
                        .flatMap(record -> record.supersededBy().stream())
                        .filter(path ->
                                Candidate.folder(candidate.source(), path).equals(candidate.folder()))
                        .anyMatch(path -> !deliveries.isAsRecorded(candidate) || isThere(candidate.source(), path))
                && isListed(candidate, landed);
    }

    private boolean isThere(Source source, String path) {
        return landing.of(source).stream().anyMatch(file -> file.path().equals(path));
    }

    private static Set<Source> sourcesOf(Collection<Candidate> candidates) {
        return candidates.stream().map(Candidate::source).collect(toSet());
    }

    private static List<String> filesOf(Source source, List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.source().equals(source))
                .map(candidate -> candidate.file().path())
                .toList();
    }
}
