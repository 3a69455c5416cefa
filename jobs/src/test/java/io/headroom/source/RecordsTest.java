package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final Options CSV = new Options(",", "\"", true, List.of(), "", "");
    private static final Columns COLUMNS = new Columns(List.of("a", "b"), List.of());

    @Test
    void aLineWithoutEndCostsItselfAndLittleMemory() {
        List<Parsed> records = csv(text("a,b\n1,"), endless(100_000_000), text("\n2,3\n"));

        assertThat(records).extracting(Parsed::problem).containsExactly("The line is longer than 16 MiB.", null);
        assertThat(records).extracting(Parsed::line).containsExactly(2L, 3L);
        assertThat(records.get(0).raw()).startsWith("1,xxx").hasSizeLessThan(10_000);
    }

    @Test
    void aHeaderWithoutEndIsToldInShort() {
        assertThat(csv(endless(100_000_000)))
                .extracting(Parsed::problem)
                .containsExactly("The header cannot be read: The line is longer than 16 MiB.");
        assertThat(csv(endless(10_000_000)))
                .extracting(Parsed::problem)
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("The header lacks a, b. It has: xxx")
                        .hasSizeLessThan(2_000));
    }

    @Test
    void aQuoteThatIsNeverClosedAmongLongLinesCostsItselfAndLittleMemory() {
        List<InputStream> parts = new ArrayList<>(List.of(text("a,b\n1,\"open\n")));
        for (int line = 0; line < 40; line++) {
            parts.addAll(List.of(text("1,"), endless(1_000_000), text("\n")));
        }

        List<Parsed> records = csv(parts.toArray(InputStream[]::new));

        assertThat(records.get(0).problem()).isEqualTo("A quoted field is never closed.");
        assertThat(records.subList(1, 41)).extracting(Parsed::problem).containsOnlyNulls();
    }

    @Test
    void linesAreWholeWhereverABufferEnds() {
        for (int length = (1 << 16) - 8; length <= (1 << 16) + 3; length++) {
            String first = "x".repeat(length);

            assertThat(csv(text("a,b\n" + first + ",é\r\n\n3,4")))
                    .extracting(Parsed::values)
                    .containsExactly(List.of(first, "é"), List.of("3", "4"));
        }
    }

    private static List<Parsed> csv(InputStream... parts) {
        var in = new SequenceInputStream(Collections.enumeration(Arrays.asList(parts)));
        List<Parsed> records = new ArrayList<>();
        Records.of(in, Format.CSV, CSV, COLUMNS).forEachRemaining(records::add);
        return records;
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many letters. */
    private static InputStream endless(int bytes) {
        return new InputStream() {
            private int left = bytes;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int given = Math.min(left, length);
                Arrays.fill(buffer, offset, offset + given, (byte) 'x');
                left -= given;
                return given > 0 ? given : -1;
            }
        };
    }
}
