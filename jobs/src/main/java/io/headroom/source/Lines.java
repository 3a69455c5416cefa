package io.headroom.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private long number;
    private boolean isEnded;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
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
        bytes.reset();
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n' && bytes.size() < MOST_BYTES) {
            bytes.write(read);
            read = in.read();
        }
        number++;
        isEnded = read == '\n';
        return read >= 0 && read != '\n' ? tooLong() : decoded(bytes.toByteArray());
    }

    private Line tooLong() throws IOException {
        int read = in.read();
        while (read >= 0 && read != '\n') {
            read = in.read();
        }
        String start = new String(bytes.toByteArray(), 0, SHOWN_BYTES, StandardCharsets.UTF_8);
        return new Line(number, start, "The line is longer than %d MiB.".formatted(MOST_BYTES >> 20));
    }

    private Line decoded(byte[] line) {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        try {
            String text = decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
            boolean isMarked = number == 1 && !text.isEmpty() && text.codePointAt(0) == BYTE_ORDER_MARK;
            return new Line(number, isMarked ? text.substring(1) : text, null);
        } catch (CharacterCodingException e) {
            String replaced = new String(line, 0, length, StandardCharsets.UTF_8);
            return new Line(number, replaced, "The record is not UTF-8.");
        }
    }
}
