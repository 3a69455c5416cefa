package io.headroom.ingest;

import java.io.Serializable;
import java.time.Instant;

/**
 * A file that a source's glob matches.
 *
 * @param path relative to its root; what tables and messages call it
 * @param uri where to read it
 */
public record LandedFile(String path, String uri, long sizeBytes, Instant modifiedAt) implements Serializable {}
