package io.headroom.ingest;

import io.headroom.source.Source;
import java.util.Optional;

/** A landed file that a source may read. */
record Candidate(Source source, LandedFile file) {

    FileKey key() {
        return new FileKey(source.name(), file.path());
    }

    /** Where it is a part of its folder's delivery, that folder, with its source. */
    Optional<String> folder() {
        return folder(source, file.path());
    }

    /** The same of any file of a source. */
    static Optional<String> folder(Source source, String path) {
        return source.identity().isFolderDelivery()
                ? Optional.of(
                        "%s in %s".formatted(source.name(), source.identity().delivery(path)))
                : Optional.empty();
    }
}
