package io.headroom.ingest;

import io.headroom.failure.Failure;
import io.headroom.source.Root;
import io.headroom.source.Source;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files below the roots, listed once for all sources. Files and folders whose name begins with _ or . are not data. */
final class Landing {

    private final Map<Root, List<LandedFile>> files = new EnumMap<>(Root.class);
    private final Map<Root, String> rootPaths = new EnumMap<>(Root.class);

    /** @param roots URIs of the roots; one without a scheme is a path of this machine */
    Landing(Map<Root, String> roots, Configuration hadoop) {
        roots.forEach((root, uri) -> files.put(root, list(root, uri, hadoop)));
    }

    /** The files that a source's glob matches, by path. */
    List<LandedFile> of(Source source) {
        return matching(source, source.matcher());
    }

    /** The manifests of a source's deliveries, by path. */
    List<LandedFile> manifestsOf(Source source) {
        return matching(source, source.identity().manifests());
    }

    private List<LandedFile> matching(Source source, Predicate<String> matcher) {
        return files.getOrDefault(source.in(), List.of()).stream()
                .filter(file -> matcher.test(file.path()))
                .toList();
    }

    /** The path of a root on its file system, with a slash at its end. */
    String rootPath(Root root) {
        return rootPaths.getOrDefault(root, "/");
    }

    private List<LandedFile> list(Root kind, String uri, Configuration hadoop) {
        try {
            Path path = new Path(uri);
            FileSystem fileSystem =
                    path.toUri().getScheme() == null ? FileSystem.getLocal(hadoop) : path.getFileSystem(hadoop);
            Path root = fileSystem.makeQualified(path);
            rootPaths.put(kind, root.toUri().getPath().replaceFirst("/*$", "/"));
            List<LandedFile> found = new ArrayList<>();
            RemoteIterator<LocatedFileStatus> statuses = fileSystem.listFiles(root, true);
            while (statuses.hasNext()) {
                LocatedFileStatus status = statuses.next();
                String relative =
                        root.toUri().relativize(status.getPath().toUri()).getPath();
                if (!isHidden(relative)) {
                    found.add(new LandedFile(
                            relative,
                            status.getPath().toString(),
                            status.getLen(),
                            Instant.ofEpochMilli(status.getModificationTime())));
                }
            }
            found.sort(Comparator.comparing(LandedFile::path));
            return found;
        } catch (FileNotFoundException e) {
            throw Failure.wrongCommand(
                    "There is no folder %s. Name one by --landing or in the configuration.".formatted(uri), e);
        } catch (IOException e) {
            throw Failure.tryAgain("The folder %s cannot be listed: %s".formatted(uri, e.getMessage()));
        }
    }

    private static boolean isHidden(String relative) {
        for (String part : relative.split("/", -1)) {
            if (part.startsWith("_") || part.startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
