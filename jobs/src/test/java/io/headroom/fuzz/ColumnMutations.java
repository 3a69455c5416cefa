package io.headroom.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Files whose columns are not those that their source declares. */
final class ColumnMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation("columns reordered", ColumnMutations::reordered),
            new Mutation("column added", ColumnMutations::added),
            new Mutation("column renamed", ColumnMutations::renamed),
            new Mutation("column left out", ColumnMutations::leftOut),
            new Mutation("header repeats a column", ColumnMutations::repeated),
            new Mutation("header missing", ColumnMutations::withoutHeader),
            new Mutation("header twice", ColumnMutations::headerTwice),
            new Mutation("header in capitals", ColumnMutations::capitals));

    private ColumnMutations() {}

    private static boolean namesItsColumns(Seed seed) {
        return seed.hasHeader() || seed.isJson();
    }

    private static Optional<Mutated> written(Seed seed, Kept kept) {
        return Optional.of(new Mutated(Text.bytes(Text.lines(seed)), Text.ending(seed), kept));
    }

    private static Seed with(Seed seed, List<String> columns, List<List<String>> rows) {
        return new Seed(seed.source(), columns, rows, seed.isRowPerRecord());
    }

    private static Optional<Mutated> reordered(Seed seed, SplittableRandom random) {
        if (!namesItsColumns(seed)) {
            return Optional.empty();
        }
        int by = 1 + random.nextInt(seed.columns().size());
        List<List<String>> rows =
                seed.rows().stream().map(row -> rotated(row, by)).toList();
        return written(with(seed, rotated(seed.columns(), by), rows), Kept.all(seed));
    }

    private static List<String> rotated(List<String> cells, int by) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get((i + by) % cells.size()))
                .toList();
    }

    private static Optional<Mutated> added(Seed seed, SplittableRandom random) {
        if (!namesItsColumns(seed)) {
            return Optional.empty();
        }
        String name = List.of("added", "x y", "<b>", "'", "ä", "a.b", "_line", "path", "quirks")
                .get(random.nextInt(9));
        List<List<String>> rows =
                seed.rows().stream().map(row -> plus(row, "1")).toList();
        return written(with(seed, plus(seed.columns(), name), rows), Kept.all(seed));
    }

    private static List<String> plus(List<String> cells, String more) {
        List<String> all = new ArrayList<>(cells);
        all.add(more);
        return all;
    }

    private static Optional<Mutated> renamed(Seed seed, SplittableRandom random) {
        int column = random.nextInt(seed.columns().size());
        return lacking(seed, column, with(seed, renamed(seed.columns(), column, "renamed"), seed.rows()));
    }

    private static List<String> renamed(List<String> columns, int column, String name) {
        List<String> renamed = new ArrayList<>(columns);
        renamed.set(column, name);
        return renamed;
    }

    private static Optional<Mutated> leftOut(Seed seed, SplittableRandom random) {
        int column = random.nextInt(seed.columns().size());
        List<List<String>> rows =
                seed.rows().stream().map(row -> without(row, column)).toList();
        return lacking(seed, column, with(seed, without(seed.columns(), column), rows));
    }

    private static List<String> without(List<String> cells, int column) {
        List<String> rest = new ArrayList<>(cells);
        rest.remove(column);
        return rest;
    }

    /** Without a required column there is no row; a rule may want an optional one. */
    private static Optional<Mutated> lacking(Seed seed, int column, Seed lacking) {
        if (!namesItsColumns(seed)) {
            return Optional.empty();
        }
        if (!seed.isRequired(seed.columns().get(column))) {
            return written(lacking, Kept.between(0, seed.rowCount()));
        }
        return written(lacking, seed.hasHeader() ? Kept.refused() : Kept.exactly(0));
    }

    private static Optional<Mutated> repeated(Seed seed, SplittableRandom random) {
        if (!seed.hasHeader()) {
            return Optional.empty();
        }
        String twice = seed.columns().get(random.nextInt(seed.columns().size()));
        List<List<String>> rows =
                seed.rows().stream().map(row -> plus(row, "1")).toList();
        return written(with(seed, plus(seed.columns(), twice), rows), Kept.refused());
    }

    private static Optional<Mutated> withoutHeader(Seed seed, SplittableRandom random) {
        if (!seed.hasHeader()) {
            return Optional.empty();
        }
        List<String> lines = Text.lines(seed);
        return Optional.of(new Mutated(Text.bytes(lines.subList(1, lines.size())), Text.ending(seed), Kept.refused()));
    }

    /** As files that were put together have it; the second is a row that no table of typed columns accepts. */
    private static Optional<Mutated> headerTwice(Seed seed, SplittableRandom random) {
        if (!seed.hasHeader()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(Text.lines(seed));
        lines.add(1 + random.nextInt(lines.size()), lines.get(0));
        return Optional.of(
                new Mutated(Text.bytes(lines), Text.ending(seed), Kept.between(seed.rowCount(), seed.rowCount() + 1)));
    }

    private static Optional<Mutated> capitals(Seed seed, SplittableRandom random) {
        if (!namesItsColumns(seed)) {
            return Optional.empty();
        }
        List<String> changed = seed.columns().stream()
                .map(name -> name + name.toUpperCase(java.util.Locale.ROOT))
                .toList();
        return written(with(seed, changed, seed.rows()), seed.hasHeader() ? Kept.refused() : Kept.exactly(0));
    }
}
