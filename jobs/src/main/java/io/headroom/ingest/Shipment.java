package io.headroom.ingest;

import io.headroom.source.Source;
import java.util.Optional;

/**
 * A file that has to be read for a source.
 *
 * @param isKnown whether the lake has rows of an earlier reading of it, which this one replaces
 * @param copyOf path of a file with the same content that the source has read already
 */
record Shipment(Source source, LandedFile file, String checksum, boolean isKnown, Optional<String> copyOf) {

    FileKey key() {
        return new FileKey(source.name(), file.path());
    }

    String path() {
        return file.path();
    }
}
