package io.headroom.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file's bytes as its file system gives them. What fails here is the file system, not the file: it is thrown unchecked,
 * so that it ends the run, to be tried again, and is not taken for bad data.
 */
final class StoredBytes extends FilterInputStream {

    private StoredBytes(InputStream in) {
        super(in);
    }

    static StoredBytes of(LandedFile file, Configuration hadoop) {
        try {
            Path path = new Path(file.uri());
            return new StoredBytes(path.getFileSystem(hadoop).open(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws unchecked where the file system does not give the whole file; what else failed on it was the file's own fault. */
    static void readToEnd(LandedFile file, Configuration hadoop) {
        try (StoredBytes stored = of(file, hadoop)) {
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
