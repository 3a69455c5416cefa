package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

    private static final Columns COLUMNS = new Columns(List.of("a"), List.of("b"));

    @Test
    void eachDocumentIsARecordAtTheLineWhereItBegins() {
        List<Parsed> records = read("", """

                {
                  "a": 1,
                  "b": "x\\ny"
                }
                {"a": 2} {"a": 3}
                """);

        assertThat(records)
                .extracting(Parsed::line, Parsed::values)
                .containsExactly(
                        tuple(2L, values("1", "x\ny")), tuple(6L, values("2", null)), tuple(6L, values("3", null)));
        assertThat(records).extracting(Parsed::raw).contains("{\n  \"a\": 1,\n  \"b\": \"x\\ny\"\n}", "{\"a\": 3}");
    }

    @Test
    void scalarsKeepTheirTextAndTheRestStaysJson() {
        assertThat(read("", """
                {"a": 0.10000000000000000000000001, "b": {"c": [1.50, null]}}
                {"a": 123456789012345678901234567890, "b": true}
                {"a": 1e400, "b": null}
                """))
                .extracting(Parsed::values)
                .containsExactly(
                        values("0.10000000000000000000000001", "{\"c\":[1.50,null]}"),
                        values("123456789012345678901234567890", "true"),
                        values("1E+400", null));
    }

    @Test
    void recordsAreTheElementsOfAnArrayWithinADocument() {
        assertThat(read("/x~1y/0/items", """
                {
                  "a": 7,
                  "x/y": [
                    {"other": [{"a": 8}], "items": [
                      {"a": 1},
                      {"a": 2, "c": 0}
                    ], "more": {"items": [{"a": 9}]}}
                  ],
                  "z": {}
                }
                {"x/y": [{"items": []}]}
                {"x/y": [{"items": [{"a": 3}]}]}
                """))
                .extracting(Parsed::line, Parsed::values, Parsed::quirks)
                .containsExactly(
                        tuple(5L, values("1", null), List.of()),
                        tuple(6L, values("2", null), List.of("undeclared column c")),
                        tuple(12L, values("3", null), List.of()));
    }

    @Test
    void whatBreaksWithinARecordCostsItAlone() {
        assertThat(read("/items", """
                {"items": [
                  {"a": 1, "a": 2},
                  3,
                  [{"a": 4}],
                  %s,
                  {"a": 5}
                ]}
                """.formatted("{\"a\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}")))
                .extracting(Parsed::line, record -> told(record.problem()))
                .containsExactly(
                        tuple(2L, "The record is not JSON: Duplicate field 'a'"),
                        tuple(3L, "The record is not a JSON object."),
                        tuple(4L, "The record is not a JSON object."),
                        tuple(5L, "The record is not JSON: Document nesting depth"),
                        tuple(6L, null));
    }

    @Test
    void aDocumentWithoutTheArrayIsToldAndCostsNoOther() {
        assertThat(read("/Members", """
                {"Members": [{"a": 1}]}
                {"error": {"code": "Base.1.0", "Members": [{"a": 2}]}}
                {"Members": {"a": 3}}
                [{"a": 4}]
                5
                {"Members": [{"a": 6}]}
                """))
                .extracting(Parsed::line, Parsed::problem, Parsed::refusesFile)
                .containsExactly(
                        tuple(1L, null, false),
                        tuple(2L, "The document has no array at /Members.", false),
                        tuple(3L, "The document has no array at /Members.", false),
                        tuple(4L, "The document has no array at /Members.", false),
                        tuple(5L, "The document has no array at /Members.", false),
                        tuple(6L, null, false));
    }

    @Test
    void aDocumentThatIsCutOffRefusesTheFile() {
        String whole = "{\"a\": 1}\n{\"items\": [{\"a\": \"text\"}, {\"a\": 2}], \"b\": {}}";
        for (int length = whole.indexOf("items") - 1; length < whole.length(); length++) {
            List<Parsed> records = read("", whole.substring(0, length));
            assertThat(records.get(records.size() - 1))
                    .extracting(Parsed::refusesFile, Parsed::problem)
                    .containsExactly(true, "The document that begins at line 2 is cut off.");
        }
        assertThat(last(read("/items", "{\"items\": [{\"a\": 1}, {\"a\"")))
                .isEqualTo(Parsed.refused("The document that begins at line 1 is cut off."));
    }

    @Test
    void anArrayThatIsToldTwiceRefusesTheFile() {
        assertThat(last(read("/data/items", "{\"data\": {\"items\": [{\"a\": 1}], \"items\": []}}")))
                .isEqualTo(Parsed.refused("The document that begins at line 1 has items twice."));
        assertThat(last(read("/data/items", "{\"data\": {\"items\": [{\"a\": 1}]}, \"data\": 1}")))
                .isEqualTo(Parsed.refused("The document that begins at line 1 has data twice."));
    }

    @Test
    void whatIsNoJsonRefusesTheFile() {
        assertThat(last(read("", "{\"a\": 1}\n{a: 2}")).problem()).startsWith("The file is not JSON at line 2: ");
        assertThat(last(read("", "{\"a\": 1}}")).problem()).startsWith("The file is not JSON at line 1: ");
        assertThat(records("", new ByteArrayInputStream("{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))))
                .containsExactly(Parsed.refused("The file is not UTF-8."));
        assertThat(read("", "")).containsExactly(Parsed.refused("The file is empty."));
        assertThat(read("", " \n")).isEmpty();
        assertThat(read("/items", "{\"items\": []}")).isEmpty();
    }

    @Test
    void aByteOrderMarkIsLeftOut() {
        assertThat(read("", "\uFEFF{\"a\": 1}")).extracting(Parsed::raw).containsExactly("{\"a\": 1}");
    }

    @Test
    void aLargeDocumentNeedsLittleMemory() throws IOException {
        long records = 3_000_000;
        InputStream document = new SequenceInputStream(Collections.enumeration(List.of(
                text("{\"other\": ["),
                repeated("{\"a\": 0},", records),
                text("0], \"items\": ["),
                repeated("{\"a\": 1},\n", records),
                text("{}]}"))));
        Iterator<Parsed> found = Records.of(document, Format.JSON_DOCUMENT, options("/items"), COLUMNS);

        long usedBefore = used();
        long count = 0;
        Parsed last = found.next();
        while (found.hasNext()) {
            last = found.next();
            count++;
        }
        long usedAfter = used();

        assertThat(count).isEqualTo(records);
        assertThat(last.line()).isEqualTo(records + 1);
        assertThat(usedAfter - usedBefore).isLessThan(16 << 20);
        assertThat(found.hasNext()).isFalse();
    }

    @Test
    void aRecordWithoutEndIsRefused() {
        InputStream endless = new SequenceInputStream(text("[{\"a\": ["), repeated("1,", 20_000_000));

        assertThat(records("", endless)).containsExactly(Parsed.refused("The record at line 1 is longer than 16 MiB."));
    }

    @Test
    void itemsIsAPointer() {
        assertThatThrownBy(() -> options("Members"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("options.items must be a JSON pointer such as /Members, not 'Members'");
    }

    @Test
    void recordsAreTheMembersOfAnObjectWithinADocument() {
        List<Parsed> records = members("/models", """
                {"x": 1, "models": {
                  "m/1": {"a": 1},
                  "m2":
                    {"a": 2, "b": 9, "c": {"a": 3}},
                  "m3": 4,
                  "m4": {"a": 5, "a": 6}
                }, "z": {"m5": {"a": 7}}}
                {"models": [{"a": 8}]}
                {"models": {}} {"models": {"m9": {"a": 9}}}
                """);

        assertThat(records)
                .extracting(Parsed::line, Parsed::values, Parsed::quirks, record -> told(record.problem()))
                .containsExactly(
                        tuple(2L, values("1", "m/1"), List.of(), null),
                        tuple(3L, values("2", "m2"), List.of("undeclared column c", "own b of a member"), null),
                        tuple(5L, List.of(), List.of(), "The record is not a JSON object."),
                        tuple(6L, List.of(), List.of(), "The record is not JSON: Duplicate field 'a'"),
                        tuple(8L, List.of(), List.of(), "The document has no object at /models."),
                        tuple(9L, values("9", "m9"), List.of(), null));
        assertThat(records)
                .extracting(Parsed::raw)
                .startsWith("\"m/1\": {\"a\": 1}", "\"m2\":\n    {\"a\": 2, \"b\": 9, \"c\": {\"a\": 3}}");
    }

    @Test
    void recordsAreTheMembersOfADocument() {
        assertThat(members("", "{\"m\": {\"a\": 1}, \"n\": {\"a\": 2}} {} [{\"a\": 3}] {\"o\": {\"a\": 4}}"))
                .extracting(Parsed::values, Parsed::problem)
                .containsExactly(
                        tuple(values("1", "m"), null),
                        tuple(values("2", "n"), null),
                        tuple(List.of(), "The document is not an object."),
                        tuple(values("4", "o"), null));
        assertThat(last(members("", "{\"m\": {\"a\": 1}, \"n\"")))
                .isEqualTo(Parsed.refused("The document that begins at line 1 is cut off."));
    }

    private static Options options(String items) {
        return new Options(",", "\"", true, List.of(), items, "");
    }

    private static List<Parsed> read(String items, String text) {
        return records(items, text(text));
    }

    private static List<Parsed> records(String items, InputStream in) {
        return records(options(items), in);
    }

    private static List<Parsed> members(String items, String text) {
        return records(new Options(",", "\"", true, List.of(), items, "b"), text(text));
    }

    private static List<Parsed> records(Options options, InputStream in) {
        List<Parsed> records = new ArrayList<>();
        Records.of(in, Format.JSON_DOCUMENT, options, COLUMNS).forEachRemaining(records::add);
        return records;
    }

    private static Parsed last(List<Parsed> records) {
        return records.get(records.size() - 1);
    }

    private static List<@Nullable Object> values(@Nullable String a, @Nullable String b) {
        return Arrays.asList(a, b);
    }

    private static @Nullable String told(@Nullable String problem) {
        return problem == null ? null : problem.replaceFirst(" \\(.*", "");
    }

    private static ByteArrayInputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream repeated(String text, long times) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long place;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int given = (int) Math.min(length, times * bytes.length - place);
                for (int i = 0; i < given; i++) {
                    buffer[offset + i] = bytes[(int) (place++ % bytes.length)];
                }
                return given > 0 ? given : -1;
            }
        };
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
