package io.headroom.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Faults of Parquet files: of their bytes, their columns and their types. */
final class ParquetMutations {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Metadata in Thrift's compact protocol: version 1, a root without children, three rows, no row group. */
    private static final byte[] NO_COLUMNS = HexFormat.of().parseHex("1502191c4804726f6f741500001606190c00");

    private static final List<CompressionCodecName> CODECS =
            List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.GZIP);

    /** Types that hold the same values. */
    private static final Map<ColumnType, List<ColumnType>> OTHERS = Map.of(
            ColumnType.MICROS, List.of(ColumnType.MILLIS, ColumnType.IMPALA, ColumnType.LOCAL_MICROS),
            ColumnType.MONEY, List.of(ColumnType.CENTS, ColumnType.TEXT),
            ColumnType.LONG, List.of(ColumnType.INTEGER, ColumnType.WHOLE, ColumnType.NUMBER),
            ColumnType.NUMBER, List.of(ColumnType.REAL, ColumnType.LONG, ColumnType.CENTS));

    static final List<Mutation> ALL = List.of(
            new Mutation("all text", (seed, random) -> written(seed, texts(seed), random, Kept.all(seed))),
            new Mutation("all typed", (seed, random) -> written(seed, types(seed), random, Kept.all(seed))),
            new Mutation("other type", ParquetMutations::otherType),
            new Mutation("wrong type", ParquetMutations::wrongType),
            bytes("no footer", (file, random) -> Arrays.copyOf(file, dataLength(file)), Kept.refused()),
            bytes("cut", (file, random) -> Arrays.copyOf(file, random.nextInt(file.length)), Kept.refused()),
            bytes("cut footer", ParquetMutations::cutFooter, Kept.refused()),
            bytes("wrong magic", ParquetMutations::wrongMagic, Kept.refused()),
            bytes("text in its place", (file, random) -> "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), Kept.refused()),
            new Mutation("flipped in pages", ParquetMutations::flippedInPages),
            new Mutation("flipped in footer", ParquetMutations::flippedInFooter),
            new Mutation("bytes left out", ParquetMutations::leftOut),
            new Mutation("no rows", ParquetMutations::noRows),
            bytes("no columns", (file, random) -> withFooter(NO_COLUMNS), Kept.refused()),
            new Mutation("columns reordered", ParquetMutations::reordered),
            new Mutation("column added", ParquetMutations::added),
            new Mutation("column left out", ParquetMutations::withoutColumn),
            new Mutation("column in two cases", ParquetMutations::twoCases));

    private interface Change {
        byte[] of(byte[] file, SplittableRandom random);
    }

    private ParquetMutations() {}

    /** A good file. */
    static Mutated typed(Seed seed) {
        byte[] content = ParquetBytes.of(seed.columns(), types(seed), seed.rows(), CompressionCodecName.SNAPPY);
        return new Mutated(content, ".parquet", Kept.all(seed));
    }

    private static List<ColumnType> texts(Seed seed) {
        return new ArrayList<>(Collections.nCopies(seed.columns().size(), ColumnType.TEXT));
    }

    private static List<ColumnType> types(Seed seed) {
        List<ColumnType> types = new ArrayList<>();
        for (String column : seed.columns()) {
            types.add(Seeds.field(seed.source(), column)
                    .map(field -> ColumnType.of(field.spec().type()))
                    .orElse(ColumnType.TEXT));
        }
        return types;
    }

    private static List<ColumnType> anyTypes(Seed seed, SplittableRandom random) {
        return random.nextBoolean() ? texts(seed) : types(seed);
    }

    private static Optional<Mutated> written(Seed seed, List<ColumnType> types, SplittableRandom random, Kept kept) {
        return seed.isText() ? Optional.empty() : Optional.of(new Mutated(file(seed, types, random), ".parquet", kept));
    }

    private static byte[] file(Seed seed, List<ColumnType> types, SplittableRandom random) {
        return ParquetBytes.of(seed.columns(), types, seed.rows(), CODECS.get(random.nextInt(CODECS.size())));
    }

    private static Mutation bytes(String name, Change change, Kept kept) {
        return new Mutation(name, (seed, random) -> changed(seed, random, file -> change.of(file, random), kept));
    }

    private static Optional<Mutated> changed(
            Seed seed, SplittableRandom random, java.util.function.UnaryOperator<byte[]> change, Kept kept) {
        if (seed.isText()) {
            return Optional.empty();
        }
        return Optional.of(new Mutated(change.apply(file(seed, anyTypes(seed, random), random)), ".parquet", kept));
    }

    /** A type that holds the same values. */
    private static Optional<Mutated> otherType(Seed seed, SplittableRandom random) {
        int which = random.nextInt(12);
        List<ColumnType> types = types(seed);
        types.replaceAll(type -> {
            List<ColumnType> others = OTHERS.getOrDefault(type, List.of(type));
            return others.get(which % others.size());
        });
        return written(seed, types, random, Kept.all(seed));
    }

    private static Optional<Mutated> wrongType(Seed seed, SplittableRandom random) {
        List<ColumnType> types = anyTypes(seed, random);
        ColumnType[] all = ColumnType.values();
        types.set(random.nextInt(types.size()), all[random.nextInt(all.length)]);
        return written(seed, types, random, Kept.atMost(seed.rowCount()));
    }

    private static int footerLength(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    }

    private static int dataLength(byte[] file) {
        return file.length - 8 - footerLength(file);
    }

    private static byte[] cutFooter(byte[] file, SplittableRandom random) {
        int footer = 8 + footerLength(file);
        return Arrays.copyOf(file, file.length - 1 - random.nextInt(footer));
    }

    private static byte[] wrongMagic(byte[] file, SplittableRandom random) {
        byte[] wrong = file.clone();
        byte[] magic = List.of("PARE", "PAR2", "ORC\n", "\0\0\0\0")
                .get(random.nextInt(4))
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, wrong, file.length - 4, 4);
        return wrong;
    }

    static byte[] withFooter(byte[] metadata) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC);
        file.writeBytes(metadata);
        file.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(metadata.length)
                .array());
        file.writeBytes(MAGIC);
        return file.toByteArray();
    }

    private static Optional<Mutated> flippedInPages(Seed seed, SplittableRandom random) {
        return changed(seed, random, file -> flipped(file, 4, dataLength(file), random), Kept.atMost(seed.rowCount()));
    }

    private static Optional<Mutated> flippedInFooter(Seed seed, SplittableRandom random) {
        return changed(
                seed,
                random,
                file -> flipped(file, dataLength(file), file.length, random),
                Kept.atMost(seed.rowCount()));
    }

    private static byte[] flipped(byte[] file, int from, int to, SplittableRandom random) {
        byte[] flipped = file.clone();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            flipped[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static Optional<Mutated> leftOut(Seed seed, SplittableRandom random) {
        return changed(
                seed,
                random,
                file -> {
                    int from = 4 + random.nextInt(dataLength(file) - 4);
                    int to = Math.min(dataLength(file), from + 1 + random.nextInt(16));
                    var rest = new ByteArrayOutputStream();
                    rest.write(file, 0, from);
                    rest.write(file, to, file.length - to);
                    return rest.toByteArray();
                },
                Kept.atMost(seed.rowCount()));
    }

    private static Optional<Mutated> noRows(Seed seed, SplittableRandom random) {
        Seed empty = new Seed(seed.source(), seed.columns(), List.of(), true);
        return written(empty, anyTypes(seed, random), random, Kept.exactly(0));
    }

    private static Optional<Mutated> reordered(Seed seed, SplittableRandom random) {
        List<String> columns = new ArrayList<>(seed.columns());
        List<List<String>> rows = seed.rows().stream().map(row -> reversed(row)).toList();
        Collections.reverse(columns);
        Seed other = new Seed(seed.source(), columns, rows, true);
        return written(other, anyTypes(other, random), random, Kept.all(seed));
    }

    private static List<String> reversed(List<String> cells) {
        List<String> reversed = new ArrayList<>(cells);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Optional<Mutated> added(Seed seed, SplittableRandom random) {
        String name = List.of("added", "x y", "a.b", "ä", "`", "<b>", "_line", "path", "quirks", "record")
                .get(random.nextInt(10));
        return with(seed, name, random, Kept.all(seed));
    }

    /** Spark does not tell columns by case. */
    private static Optional<Mutated> twoCases(Seed seed, SplittableRandom random) {
        String column = seed.columns().get(random.nextInt(seed.columns().size()));
        String other = column.toUpperCase(Locale.ROOT).equals(column)
                ? column.toLowerCase(Locale.ROOT)
                : column.toUpperCase(Locale.ROOT);
        return with(seed, other, random, Kept.atMost(seed.rowCount()));
    }

    private static Optional<Mutated> with(Seed seed, String name, SplittableRandom random, Kept kept) {
        List<String> columns = new ArrayList<>(seed.columns());
        columns.add(name);
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : seed.rows()) {
            List<String> more = new ArrayList<>(row);
            more.add("1");
            rows.add(more);
        }
        Seed other = new Seed(seed.source(), columns, rows, true);
        return written(other, anyTypes(other, random), random, kept);
    }

    private static Optional<Mutated> withoutColumn(Seed seed, SplittableRandom random) {
        int column = random.nextInt(seed.columns().size());
        boolean isRequired = seed.isRequired(seed.columns().get(column));
        List<String> columns = new ArrayList<>(seed.columns());
        columns.remove(column);
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : seed.rows()) {
            List<String> rest = new ArrayList<>(row);
            rest.remove(column);
            rows.add(rest);
        }
        Seed other = new Seed(seed.source(), columns, rows, true);
        return written(
                other, anyTypes(other, random), random, isRequired ? Kept.refused() : Kept.between(0, seed.rowCount()));
    }
}
