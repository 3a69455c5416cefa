package io.headroom.export;

import io.headroom.failure.Failure;
import io.headroom.lake.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of an export: filled beside its place, hidden, and then put there by its name. */
final class ExportFolder {

    private final FileSystem fileSystem;
    private final Path place;
    private final Path filled;
    private final Path replaced;

    ExportFolder(Location location) {
        fileSystem = location.fileSystem();
        place = location.path();
        if (place.isRoot()) {
            throw Failure.wrongCommand("%s is the root of a file system. Name a folder in it.".formatted(place));
        }
        filled = new Path(place.getParent(), "." + place.getName() + ".headroom-writing");
        replaced = new Path(place.getParent(), "." + place.getName() + ".headroom-replaced");
    }

    /** Refuses a place that holds anything else than what may be replaced, and clears up behind an export that died. */
    void prepare(boolean mayReplace) throws IOException {
        if (fileSystem.exists(replaced) && !fileSystem.exists(place)) {
            rename(replaced, place);
        }
        fileSystem.delete(replaced, true);
        fileSystem.delete(filled, true);
        if (fileSystem.exists(place)) {
            requireReplaceable(mayReplace);
        }
        fileSystem.mkdirs(filled);
    }

    private void requireReplaceable(boolean mayReplace) throws IOException {
        if (fileSystem.getFileStatus(place).isFile()) {
            throw Failure.wrongCommand("%s is a file. Name a folder by --out.".formatted(place));
        }
        List<String> names = names(place);
        if (names.isEmpty()) {
            return;
        }
        if (!mayReplace) {
            throw Failure.wrongCommand(
                    "%s is not empty. Name another folder, or say --overwrite to replace what an earlier export wrote there."
                            .formatted(place));
        }
        List<String> others = new ArrayList<>(names);
        others.remove(Marker.NAME);
        marker().ifPresent(marker -> others.removeAll(marker.files()));
        if (!others.isEmpty()) {
            throw Failure.wrongCommand(
                    "%s holds %s, which no export wrote: nothing was removed. Name another folder, or take it away."
                            .formatted(place, others.get(0)));
        }
    }

    private Optional<Marker> marker() throws IOException {
        Path file = new Path(place, Marker.NAME);
        if (!fileSystem.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = fileSystem.open(file)) {
            return Marker.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Where the export is written before it stands in its place. */
    Path filled() {
        return filled;
    }

    OutputStream create(String name) throws IOException {
        return fileSystem.create(new Path(filled, name), true);
    }

    /** What was written so far, without the marker. */
    List<String> files() throws IOException {
        return names(filled);
    }

    /** Marks what was written and puts it in its place. */
    void publish(Marker marker) throws IOException {
        try (OutputStream out = create(Marker.NAME)) {
            out.write(marker.json().getBytes(StandardCharsets.UTF_8));
        }
        if (fileSystem.exists(place)) {
            rename(place, replaced);
        }
        rename(filled, place);
        fileSystem.delete(replaced, true);
    }

    /** Takes away what was written and not put in its place. */
    void abandon() throws IOException {
        fileSystem.delete(filled, true);
    }

    private void rename(Path from, Path to) throws IOException {
        if (!fileSystem.rename(from, to)) {
            throw new IOException("%s cannot be renamed to %s".formatted(from, to));
        }
    }

    private List<String> names(Path folder) throws IOException {
        return Arrays.stream(fileSystem.listStatus(folder))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .sorted()
                .toList();
    }
}
