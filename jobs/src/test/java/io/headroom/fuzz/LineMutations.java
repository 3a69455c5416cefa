package io.headroom.fuzz;

import io.headroom.source.Format;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Faults of one line of a text file: they cost that line at most. */
final class LineMutations {

    private static final int LONG = 10_000_000;
    private static final int DEEP = 10_000;

    static final List<Mutation> ALL = List.of(
            value("hostile number", HostileValues.NUMBERS),
            value("hostile time", HostileValues.TIMES),
            value("hostile label", HostileValues.LABELS),
            value("deep brackets", List.of("[".repeat(DEEP) + "]".repeat(DEEP))),
            bytes("flipped byte", LineMutations::flipped),
            bytes("deleted bytes", LineMutations::deleted),
            bytes("inserted bytes", LineMutations::inserted),
            bytes("swapped bytes", LineMutations::swapped),
            notUtf8("Latin-1 byte", 0xE9),
            notUtf8("lone continuation byte", 0x80),
            notUtf8("overlong byte", 0xC0, 0x80),
            notUtf8("surrogate bytes", 0xED, 0xA0, 0x80),
            bytes("embedded NUL", (line, random) -> with(line, random.nextInt(line.length + 1), 0)),
            bytes("embedded carriage return", (line, random) -> with(line, random.nextInt(line.length + 1), '\r')),
            new Mutation("unquoted newline", LineMutations::broken),
            new Mutation("unbalanced quote", LineMutations::unbalanced),
            new Mutation("ragged row", LineMutations::ragged),
            new Mutation("key twice", LineMutations::keyTwice));

    /** A line of ten megabytes. */
    static final Mutation LONG_LINE = value("10 MB line", List.of("x".repeat(LONG)));

    private interface Change {
        byte[] of(byte[] line, SplittableRandom random);
    }

    private LineMutations() {}

    private static Mutation value(String name, List<String> values) {
        return new Mutation(name, (seed, random) -> {
            if (!seed.isText()) {
                return Optional.empty();
            }
            int row = random.nextInt(seed.rows().size());
            List<String> cells = new ArrayList<>(seed.rows().get(row));
            String value = values.get(random.nextInt(values.size()));
            cells.set(random.nextInt(cells.size()), value);
            int more = (int) value.chars().filter(c -> c == '\n').count();
            return changed(
                    seed,
                    row,
                    Text.line(seed, cells).getBytes(StandardCharsets.UTF_8),
                    Kept.allButOne(seed).orMore(more));
        });
    }

    private static Mutation bytes(String name, Change change) {
        return new Mutation(name, (seed, random) -> {
            if (!seed.isText()) {
                return Optional.empty();
            }
            int row = random.nextInt(seed.rows().size());
            return changed(seed, row, change.of(line(seed, row), random), keptOfBrokenLine(seed));
        });
    }

    /** All rows but one, or none where a document cannot be read past the fault. */
    private static Kept keptOfBrokenLine(Seed seed) {
        return seed.isDocument() ? Kept.atMost(seed.rowCount()) : Kept.allButOne(seed);
    }

    /** A line that is no text is refused by itself. */
    private static Mutation notUtf8(String name, int... bytes) {
        return new Mutation(name, (seed, random) -> {
            if (!seed.isText()) {
                return Optional.empty();
            }
            int row = random.nextInt(seed.rows().size());
            byte[] line = line(seed, row);
            Kept rest = seed.isRowPerRecord() ? Kept.exactly(seed.rowCount() - 1) : Kept.allButOne(seed);
            Kept kept = seed.isDocument() ? Kept.refused() : rest;
            return changed(seed, row, with(line, random.nextInt(line.length + 1), bytes), kept);
        });
    }

    private static byte[] line(Seed seed, int row) {
        return Text.line(seed, seed.rows().get(row)).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Mutated> changed(Seed seed, int row, byte[] line, Kept kept) {
        var content = new ByteArrayOutputStream();
        List<String> lines = Text.lines(seed);
        for (int i = 0; i < lines.size(); i++) {
            boolean isChanged = i == row + Text.firstRow(seed);
            content.writeBytes(isChanged ? line : lines.get(i).getBytes(StandardCharsets.UTF_8));
            content.write('\n');
        }
        return Optional.of(new Mutated(content.toByteArray(), Text.ending(seed), kept));
    }

    /** One bit, but none that makes an end of line or a quote: these have faults of their own. */
    private static byte[] flipped(byte[] line, SplittableRandom random) {
        byte[] flipped = line.clone();
        int place = random.nextInt(line.length);
        byte changed = (byte) (line[place] ^ (1 << random.nextInt(8)));
        flipped[place] = changed == '\n' || changed == '"' ? (byte) '?' : changed;
        return flipped;
    }

    private static byte[] deleted(byte[] line, SplittableRandom random) {
        int from = random.nextInt(line.length);
        int to = Math.min(line.length, from + 1 + random.nextInt(8));
        byte[] rest = new byte[line.length - (to - from)];
        System.arraycopy(line, 0, rest, 0, from);
        System.arraycopy(line, to, rest, from, line.length - to);
        return rest;
    }

    private static byte[] inserted(byte[] line, SplittableRandom random) {
        int[] bytes = random.ints(1 + random.nextInt(8), 0, 256)
                .map(b -> b == '\n' || b == '"' ? '?' : b)
                .toArray();
        return with(line, random.nextInt(line.length + 1), bytes);
    }

    private static byte[] swapped(byte[] line, SplittableRandom random) {
        byte[] swapped = line.clone();
        int one = random.nextInt(line.length);
        int other = random.nextInt(line.length);
        swapped[one] = line[other];
        swapped[other] = line[one];
        return swapped;
    }

    private static byte[] with(byte[] line, int place, int... bytes) {
        var more = new ByteArrayOutputStream();
        more.write(line, 0, place);
        for (int b : bytes) {
            more.write(b);
        }
        more.write(line, place, line.length - place);
        return more.toByteArray();
    }

    /** A line cut in two can make two rows only where lines are free text. */
    private static Optional<Mutated> broken(Seed seed, SplittableRandom random) {
        if (!seed.isText()) {
            return Optional.empty();
        }
        int row = random.nextInt(seed.rows().size());
        byte[] line = line(seed, row);
        return changed(
                seed,
                row,
                with(line, random.nextInt(line.length + 1), '\n'),
                seed.isDocument()
                        ? keptOfBrokenLine(seed)
                        : Kept.allButOne(seed).orMore(seed.mostRows() > 1 ? 1 : 0));
    }

    /** A quote that opens a field and is never closed. */
    private static Optional<Mutated> unbalanced(Seed seed, SplittableRandom random) {
        if (seed.source().format() != Format.CSV) {
            return Optional.empty();
        }
        int row = random.nextInt(seed.rows().size());
        String separator = seed.source().options().separator();
        List<String> cells = new ArrayList<>(seed.rows().get(row));
        int column = random.nextInt(cells.size());
        cells.set(column, "\"" + cells.get(column));
        boolean isQuote = !seed.source().options().quote().isEmpty();
        Kept kept = isQuote ? Kept.exactly(seed.rowCount() - 1) : Kept.allButOne(seed);
        return changed(seed, row, String.join(separator, cells).getBytes(StandardCharsets.UTF_8), kept);
    }

    /** More or fewer cells than columns. */
    private static Optional<Mutated> ragged(Seed seed, SplittableRandom random) {
        if (seed.source().format() != Format.CSV) {
            return Optional.empty();
        }
        int row = random.nextInt(seed.rows().size());
        List<String> cells = new ArrayList<>(seed.rows().get(row));
        if (random.nextBoolean()) {
            cells.remove(random.nextInt(cells.size()));
        } else {
            cells.add("more");
        }
        byte[] line = Text.line(seed, cells).getBytes(StandardCharsets.UTF_8);
        return changed(seed, row, line, Kept.exactly(seed.rowCount() - 1));
    }

    private static Optional<Mutated> keyTwice(Seed seed, SplittableRandom random) {
        if (!seed.isJson()) {
            return Optional.empty();
        }
        int row = random.nextInt(seed.rows().size());
        List<String> names = new ArrayList<>(seed.columns());
        List<String> cells = new ArrayList<>(seed.rows().get(row));
        int twice = random.nextInt(names.size());
        names.add(names.get(twice));
        cells.add(cells.get(twice));
        byte[] line = Text.object(names, cells).getBytes(StandardCharsets.UTF_8);
        return changed(seed, row, line, Kept.exactly(seed.rowCount() - 1));
    }
}
