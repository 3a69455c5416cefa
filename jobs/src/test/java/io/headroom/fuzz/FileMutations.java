package io.headroom.fuzz;

import io.headroom.source.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Faults of a whole text file, and what looks like one and is none. */
final class FileMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation("cut", FileMutations::cut),
            whole("flipped bytes", FileMutations::flipped),
            encoded("UTF-16LE", StandardCharsets.UTF_16LE, ""),
            encoded("UTF-16BE", StandardCharsets.UTF_16BE, ""),
            encoded("UTF-16LE with mark", StandardCharsets.UTF_16LE, "\uFEFF"),
            encoded("UTF-16BE with mark", StandardCharsets.UTF_16BE, "\uFEFF"),
            harmless("as it is", text -> text),
            harmless("byte order mark", text -> "\uFEFF" + text),
            harmless("CRLF", text -> text.replace("\n", "\r\n")),
            new Mutation("no last line end", FileMutations::unended),
            harmless("blank lines", text -> text.replace("\n", "\n\n \n")),
            new Mutation("lone CR", FileMutations::loneCarriageReturns),
            new Mutation("empty", (seed, random) -> made(seed, new byte[0], Kept.refused())),
            new Mutation("only header", FileMutations::onlyHeader),
            new Mutation("only blank lines", FileMutations::onlyBlankLines),
            new Mutation("rows twice", FileMutations::twice),
            new Mutation("gzip", (seed, random) -> gzipped(seed, FileMutations::gzip, Kept.all(seed))),
            new Mutation(
                    "gzip cut", (seed, random) -> gzipped(seed, text -> cutOff(gzip(text), random), Kept.refused())),
            new Mutation(
                    "gzip flipped",
                    (seed, random) -> gzipped(seed, text -> flipped(gzip(text), random), Kept.atMost(seed.mostRows()))),
            new Mutation("gzip in name only", (seed, random) -> gzipped(seed, text -> text, Kept.refused())));

    private interface Change {
        byte[] of(byte[] content, SplittableRandom random);
    }

    private FileMutations() {}

    private static Mutation whole(String name, Change change) {
        return new Mutation(
                name, (seed, random) -> made(seed, change.of(content(seed), random), Kept.atMost(2 * seed.mostRows())));
    }

    /** Text of another encoding has no row that could be taken for one. */
    private static Mutation encoded(String name, Charset charset, String mark) {
        return new Mutation(name, (seed, random) -> {
            byte[] encoded = (mark + new String(content(seed), StandardCharsets.UTF_8)).getBytes(charset);
            return made(seed, encoded, seed.hasHeader() ? Kept.refused() : Kept.atMost(0));
        });
    }

    private static Mutation harmless(String name, UnaryOperator<String> change) {
        return new Mutation(name, (seed, random) -> {
            String text = change.apply(new String(content(seed), StandardCharsets.UTF_8));
            return made(seed, text.getBytes(StandardCharsets.UTF_8), Kept.all(seed));
        });
    }

    /** Of samples the last line may be cut off, and is not read; that of another format is whole. */
    private static Optional<Mutated> unended(Seed seed, SplittableRandom random) {
        String text = new String(content(seed), StandardCharsets.UTF_8).stripTrailing();
        boolean isCostly = seed.source().format() == Format.PROMETHEUS;
        return made(seed, text.getBytes(StandardCharsets.UTF_8), isCostly ? Kept.allButOne(seed) : Kept.all(seed));
    }

    private static Optional<Mutated> made(Seed seed, byte[] content, Kept kept) {
        return seed.isText() ? Optional.of(new Mutated(content, Text.ending(seed), kept)) : Optional.empty();
    }

    private static byte[] content(Seed seed) {
        return seed.isText() ? Text.bytes(Text.lines(seed)) : new byte[0];
    }

    /** The lines before the cut stand. */
    private static Optional<Mutated> cut(Seed seed, SplittableRandom random) {
        byte[] content = content(seed);
        if (content.length == 0) {
            return Optional.empty();
        }
        byte[] cut = Arrays.copyOf(content, random.nextInt(content.length));
        int lines = (int) new String(cut, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
        int whole = Math.max(0, lines - Text.firstRow(seed));
        boolean isInHeader = lines < Text.firstRow(seed) || cut.length == 0;
        if (!seed.isRowPerRecord() || isInHeader || seed.isDocument()) {
            return made(seed, cut, Kept.atMost(seed.isDocument() ? seed.rowCount() : seed.mostRows()));
        }
        return made(seed, cut, Kept.between(whole, Math.min(seed.rowCount(), whole + 1)));
    }

    private static byte[] flipped(byte[] content, SplittableRandom random) {
        byte[] flipped = content.clone();
        for (int i = 0; i < 1 + random.nextInt(8) && content.length > 0; i++) {
            flipped[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** All is one line: of a file with a header, the header. */
    private static Optional<Mutated> loneCarriageReturns(Seed seed, SplittableRandom random) {
        byte[] content = new String(content(seed), StandardCharsets.UTF_8)
                .replace('\n', '\r')
                .getBytes(StandardCharsets.UTF_8);
        if (seed.isDocument()) {
            return made(seed, content, Kept.all(seed));
        }
        return made(seed, content, seed.hasHeader() ? Kept.refused() : Kept.atMost(1));
    }

    private static Optional<Mutated> onlyHeader(Seed seed, SplittableRandom random) {
        return seed.hasHeader()
                ? made(seed, Text.bytes(Text.lines(seed).subList(0, 1)), Kept.exactly(0))
                : Optional.empty();
    }

    private static Optional<Mutated> onlyBlankLines(Seed seed, SplittableRandom random) {
        return made(
                seed,
                "\n \r\n\t\n".getBytes(StandardCharsets.UTF_8),
                seed.hasHeader() || seed.isOneDocument() ? Kept.refused() : Kept.exactly(0));
    }

    /** Rows with a key count once, and are duplicates the second time; either way they are kept, unless they are merged. */
    private static Optional<Mutated> twice(Seed seed, SplittableRandom random) {
        if (!seed.isText()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(Text.lines(seed));
        lines.addAll(List.copyOf(lines.subList(Text.firstRow(seed), lines.size())));
        return made(seed, Text.bytes(lines), Kept.exactly((seed.isMerging() ? 1 : 2) * seed.rowCount()));
    }

    private static Optional<Mutated> gzipped(Seed seed, UnaryOperator<byte[]> change, Kept kept) {
        return made(seed, change.apply(content(seed)), kept)
                .map(file -> new Mutated(file.content(), file.ending() + ".gz", kept));
    }

    private static byte[] cutOff(byte[] content, SplittableRandom random) {
        return Arrays.copyOf(content, 1 + random.nextInt(content.length - 1));
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
