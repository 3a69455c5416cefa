package io.headroom.ingest;

/** A file as one source reads it. */
record FileKey(String source, String path) {}
