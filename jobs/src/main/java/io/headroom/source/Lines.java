package io.headroom.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 stream, one at a time. A line whose bytes are not UTF-8, or that is longer than a record could be, is
 * told, and costs no other line and little memory.
 */
final class Lines {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MOST_BYTES = 16 << 20;
    /** What is kept of a longer line. */
    private static final int SHOWN_BYTES = 1 << 10;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    /** The start of a line that is not in the buffer any more. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(512);

    private long number;
    private boolean isEnded;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Whether nothing has been read yet. */
    boolean isEmpty() {
        return number == 0;
    }

    /** Whether a line feed ended the line read last. */
    boolean isEnded() {
        return isEnded;
    }

    /** The next line without its end, or null at the end of the stream. */
    @Nullable
    Line next() throws IOException {
        if (!isFilled()) {
            return null;
        }
        number++;
        begun.reset();
        int end = lineFeed();
        while (end < 0 && begun.size() <= MOST_BYTES) {
            begun.write(buffer, at, filled - at);
            at = filled;
            if (!isFilled()) {
                isEnded = false;
                return whole(begun.toByteArray(), 0, begun.size());
            }
            end = lineFeed();
        }
        return end < 0 ? tooLong() : upTo(end);
    }

    /** Whether there is a byte to be read, in the buffer then. */
    private boolean isFilled() throws IOException {
        while (at == filled) {
            at = 0;
            filled = 0;
            int read = in.read(buffer, 0, buffer.length);
            if (read < 0) {
                return false;
            }
            filled = read;
        }
        return true;
    }

    /** Where the next line feed of the buffer is, or -1. */
    private int lineFeed() {
        int place = at;
        while (place < filled && buffer[place] != '\n') {
            place++;
        }
        return place < filled ? place : -1;
    }

    private Line upTo(int end) {
        isEnded = true;
        int start = at;
        at = end + 1;
        if (begun.size() == 0) {
            return whole(buffer, start, end - start);
        }
        begun.write(buffer, start, end - start);
        return whole(begun.toByteArray(), 0, begun.size());
    }

    private Line tooLong() throws IOException {
        while (isFilled() && lineFeed() < 0) {
            at = filled;
        }
        int end = lineFeed();
        isEnded = end >= 0;
        at = isEnded ? end + 1 : filled;
        return told(begun.toByteArray());
    }

    private Line told(byte[] line) {
        String start = new String(line, 0, SHOWN_BYTES, StandardCharsets.UTF_8);
        return new Line(number, start, "The line is longer than %d MiB.".formatted(MOST_BYTES >> 20));
    }

    private Line whole(byte[] bytes, int start, int size) {
        if (size > MOST_BYTES) {
            return told(Arrays.copyOfRange(bytes, start, start + SHOWN_BYTES));
        }
        int length = size > 0 && bytes[start + size - 1] == '\r' ? size - 1 : size;
        return isAscii(bytes, start, length)
                ? new Line(number, new String(bytes, start, length, StandardCharsets.ISO_8859_1), null)
                : decoded(bytes, start, length);
    }

    private static boolean isAscii(byte[] bytes, int start, int length) {
        int all = 0;
        for (int i = start; i < start + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    private Line decoded(byte[] bytes, int start, int length) {
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes, start, length)).toString();
            boolean isMarked = number == 1 && !text.isEmpty() && text.codePointAt(0) == BYTE_ORDER_MARK;
            return new Line(number, isMarked ? text.substring(1) : text, null);
        } catch (CharacterCodingException e) {
            String replaced = new String(bytes, start, length, StandardCharsets.UTF_8);
            return new Line(number, replaced, "The record is not UTF-8.");
        }
    }
}
