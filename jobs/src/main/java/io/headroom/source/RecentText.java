package io.headroom.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** A UTF-8 stream as text, of which what was read last can be had again. */
final class RecentText extends Reader {

    /** So much may be kept although it is not needed, since letting go costs time. */
    private static final int SPARE_CHARACTERS = 1 << 16;

    private final Reader in;
    private final StringBuilder kept = new StringBuilder();
    /** Place of the first character that is kept, from 0. */
    private long keptFrom;

    private boolean isEmpty = true;
    private boolean isAtEnd;

    RecentText(InputStream in) {
        this.in = new Utf8Reader(in);
    }

    /** Whether there was nothing to read. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Whether more was asked for than there is. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    /** The characters from a place up to another, or none where the first of them were let go. */
    String between(long from, long to) {
        long end = Math.min(kept.length(), to - keptFrom);
        return from < keptFrom ? "" : kept.substring((int) (from - keptFrom), (int) end);
    }

    /** Lets go of what stands before a place. */
    void forget(long before) {
        int length = (int) Math.min(kept.length(), before - keptFrom);
        if (length > SPARE_CHARACTERS) {
            kept.delete(0, length);
            keptFrom += length;
        }
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            isEmpty = false;
            kept.append(buffer, offset, read);
        }
        isAtEnd = read < 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
