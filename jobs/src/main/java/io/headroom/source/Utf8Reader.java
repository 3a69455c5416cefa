package io.headroom.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 text without the byte order mark that it may begin with; bytes that are no UTF-8 are an error. */
final class Utf8Reader extends FilterReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private boolean isBegun;

    Utf8Reader(InputStream in) {
        super(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        boolean isMarked = !isBegun && read > 0 && buffer[offset] == BYTE_ORDER_MARK;
        isBegun = true;
        if (!isMarked) {
            return read;
        }
        System.arraycopy(buffer, offset + 1, buffer, offset, read - 1);
        return read > 1 ? read - 1 : super.read(buffer, offset, length);
    }
}
