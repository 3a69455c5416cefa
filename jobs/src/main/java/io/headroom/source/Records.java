package io.headroom.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The records of one text file, read as they are asked for. */
public final class Records implements Iterator<Parsed> {

    /** Cuts a file into records. */
    interface Reader {
        /** The next record, or null at the end. */
        @Nullable
        Parsed next() throws IOException;
    }

    private final Reader reader;
    private final BooleanSupplier isEmpty;
    private @Nullable Parsed next;
    private boolean isAtEnd;

    /** @param isEmpty whether the reader has found nothing at all, once it is at the end */
    private Records(Reader reader, BooleanSupplier isEmpty) {
        this.reader = reader;
        this.isEmpty = isEmpty;
    }

    /** The records of a file of text. */
    public static Records of(InputStream in, Format format, Options options, Columns columns) {
        if (format == Format.JSON_DOCUMENT) {
            var text = new RecentText(in);
            return new Records(new JsonDocumentReader(text, options, columns), text::isEmpty);
        }
        if (format == Format.PROMETHEUS_API) {
            var responses = new PrometheusApiReader(in, columns);
            return new Records(responses, responses::isEmpty);
        }
        var lines = new Lines(in);
        Reader reader = switch (format) {
            case CSV -> new CsvReader(lines, options, columns);
            case JSON -> new JsonReader(lines, columns);
            case TEXT -> new TextReader(lines);
            case PROMETHEUS -> new PrometheusReader(lines, columns);
            case JSON_DOCUMENT, PROMETHEUS_API, PARQUET -> throw new IllegalArgumentException(format + " has no lines");
        };
        return new Records(reader, lines::isEmpty);
    }

    @Override
    public boolean hasNext() {
        if (next == null && !isAtEnd) {
            next = read();
            isAtEnd = next == null || next.refusesFile();
        }
        return next != null;
    }

    @Override
    public Parsed next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Parsed current = next;
        next = null;
        return current;
    }

    private @Nullable Parsed read() {
        try {
            Parsed record = reader.next();
            return record == null && isEmpty.getAsBoolean() ? Parsed.refused("The file is empty.") : record;
        } catch (IOException e) {
            return Parsed.refused("The file cannot be read to its end, it may be cut off: " + e.getMessage());
        }
    }
}
