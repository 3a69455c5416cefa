package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The manifests of deliveries in parts: those of AWS exports name their parts in {@code dataFiles} or {@code reportKeys}, those
 * of Azure in {@code blobs}. A name is a URI or a path in the provider's storage, of which a landing folder has the end.
 */
final class Manifests {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A part is told by its name and its folder's at least. */
    private static final int LEAST_SEGMENTS = 2;

    private final Landing landing;
    private final Configuration hadoop;
    private final Instant asOf;
    private final Consumer<String> progress;
    private final Map<String, List<Manifest>> read = new HashMap<>();

    /** A manifest's parts that are there, and the names of those that are not. */
    private record Manifest(LandedFile file, List<String> parts, List<String> missing) {}

    Manifests(Landing landing, Configuration hadoop, Instant asOf, Consumer<String> progress) {
        this.landing = landing;
        this.hadoop = hadoop;
        this.asOf = asOf;
        this.progress = progress;
    }

    /**
     * The files that must not be read yet: those of a manifest that lists others too which are not there, and those that no
     * manifest lists.
     */
    Set<String> waiting(Source source, Collection<String> changed, Collection<String> landed) {
        Set<String> waiting = new LinkedHashSet<>(changed);
        Set<String> incomplete = new HashSet<>();
        for (Manifest manifest : manifests(source, landed)) {
            if (manifest.missing().isEmpty()) {
                manifest.parts().forEach(waiting::remove);
            } else if (tell(source, manifest, changed)) {
                incomplete.addAll(manifest.parts());
            }
        }
        List<String> unlisted =
                waiting.stream().filter(path -> !incomplete.contains(path)).toList();
        if (!unlisted.isEmpty()) {
            progress.accept("%s: %s waits for a manifest that lists it%s"
                    .formatted(
                            source.name(),
                            unlisted.get(0),
                            unlisted.size() == 1 ? "" : ", and so do %d others".formatted(unlisted.size() - 1)));
        }
        return waiting;
    }

    /** The files that manifests list of which all parts are there. */
    Set<String> listed(Source source, Collection<String> landed) {
        return manifests(source, landed).stream()
                .filter(manifest -> manifest.missing().isEmpty())
                .flatMap(manifest -> manifest.parts().stream())
                .collect(toSet());
    }

    private List<Manifest> manifests(Source source, Collection<String> landed) {
        return read.computeIfAbsent(source.name(), unread -> {
            Map<String, List<String>> byName = landed.stream().collect(groupingBy(Manifests::lastSegment));
            return landing.manifestsOf(source).stream()
                    .filter(manifest -> !manifest.modifiedAt().isAfter(asOf))
                    .map(manifest -> manifest(source, manifest, byName))
                    .toList();
        });
    }

    private Manifest manifest(Source source, LandedFile file, Map<String, List<String>> byName) {
        var manifest = new Manifest(file, new ArrayList<>(), new ArrayList<>());
        for (String listed : listed(source, file)) {
            part(listed, byName)
                    .ifPresentOrElse(
                            manifest.parts()::add, () -> manifest.missing().add(listed));
        }
        return manifest;
    }

    /** Says of what is new that it waits; whether there is such. */
    private boolean tell(Source source, Manifest manifest, Collection<String> changed) {
        List<String> missing = manifest.missing();
        long waiting = manifest.parts().stream().filter(changed::contains).count();
        if (waiting > 0) {
            progress.accept("%s: %d files wait, because %s lists %s, which is not there%s"
                    .formatted(
                            source.name(),
                            waiting,
                            manifest.file().path(),
                            missing.get(0),
                            missing.size() == 1 ? "" : ", nor are %d others".formatted(missing.size() - 1)));
        }
        return waiting > 0;
    }

    private List<String> listed(Source source, LandedFile manifest) {
        try (InputStream in = new Path(manifest.uri()).getFileSystem(hadoop).open(new Path(manifest.uri()))) {
            JsonNode tree = JSON.readTree(in);
            List<String> names = new ArrayList<>();
            tree.path("dataFiles").forEach(name -> names.add(name.asText()));
            tree.path("reportKeys").forEach(name -> names.add(name.asText()));
            tree.path("blobs").forEach(blob -> names.add(blob.path("blobName").asText()));
            return names;
        } catch (IOException e) {
            progress.accept("%s: the manifest %s cannot be read, so what it lists waits: %s"
                    .formatted(source.name(), manifest.path(), e.getMessage()));
            return List.of();
        }
    }

    /** The landed file whose path has most of a listed name's end. */
    private static Optional<String> part(String listed, Map<String, List<String>> byName) {
        return byName.getOrDefault(lastSegment(listed), List.of()).stream()
                .filter(path -> commonEnd(path, listed) >= LEAST_SEGMENTS)
                .max(Comparator.comparing((String path) -> commonEnd(path, listed))
                        .thenComparing(path -> path));
    }

    private static int commonEnd(String path, String listed) {
        String[] own = path.split("/", -1);
        String[] theirs = listed.split("/", -1);
        int common = 0;
        while (common < own.length
                && common < theirs.length
                && own[own.length - 1 - common].equals(theirs[theirs.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
