package io.headroom.ingest;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.headroom.source.Source;
import io.headroom.table.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.jspecify.annotations.Nullable;

/**
 * Decides, slice by slice, whose rows count: those of the newest complete delivery of the slice, by modification time, then
 * path. An incomplete one, of which more was refused than its source tolerates, counts only where there is no other; so does
 * what a folder held before, where all of what it holds now could be read.
 */
final class Slices {

    /** The rows that one file has of one slice. */
    private record Part(String path, boolean isInLake, long rows) {}

    /**
     * Rows that no longer count.
     *
     * @param predicate SQL over the target's columns that they satisfy
     * @param by path of the file whose rows count in their place
     */
    record Superseded(String path, boolean isInLake, String predicate, long rows, String by) {}

    private Slices() {}

    /** A slice by slice of path alone is a file by itself, and never supersedes another. */
    static boolean canSupersede(Source source) {
        return !source.identity().isKey() && !source.identity().slice().equals(List.of(Lineage.PATH.column()));
    }

    /**
     * The rows that newer deliveries of their slice replace.
     *
     * @param rows accepted rows of the source, about to be written
     * @param history rows of the source in the lake
     * @param delivered the files of the source
     */
    static List<Superseded> superseded(Source source, Dataset<Row> rows, Dataset<Row> history, Delivered delivered) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        collect(source, rows, false, parts);
        if (parts.isEmpty()) {
            return List.of();
        }
        String touched = parts.keySet().stream().collect(joining(") OR (", "(", ")"));
        collect(source, history.filter(touched), true, parts);
        List<Superseded> superseded = new ArrayList<>();
        parts.forEach((slice, candidates) -> {
            String newest = newest(candidates, delivered);
            String delivery = delivered.delivery(newest);
            candidates.stream()
                    .filter(part -> !delivered.delivery(part.path()).equals(delivery))
                    .map(part -> new Superseded(
                            part.path(), part.isInLake(), predicate(source, slice, part), part.rows(), newest))
                    .forEach(superseded::add);
        });
        return superseded;
    }

    /** The path of the newest part of the newest complete delivery. */
    private static String newest(List<Part> parts, Delivered delivered) {
        return parts.stream()
                .map(Part::path)
                .max(Comparator.comparing(delivered::isComplete)
                        .thenComparing(path -> !delivered.isGone(path))
                        .thenComparing(delivered::modifiedAt)
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * Says so where files stand in place of others of their folder that came with them, as the parts of one export would by
     * mistake.
     *
     * @param arrived the files that came now
     */
    static Optional<String> likelyParts(Source source, List<Superseded> superseded, Set<FileKey> arrived) {
        if (source.identity().isFolderDelivery()) {
            return Optional.empty();
        }
        List<String> pairs = superseded.stream()
                .filter(part -> folder(part.path()).equals(folder(part.by())))
                .filter(part -> Stream.of(part.path(), part.by())
                        .allMatch(path -> arrived.contains(new FileKey(source.name(), path))))
                .map(part -> "%s counts in place of %s".formatted(part.by(), part.path()))
                .distinct()
                .sorted()
                .toList();
        return pairs.stream()
                .findFirst()
                .map(pair ->
                        ("%s: %s, which came with it into the same folder%s: the newest delivery of a slice replaces"
                                        + " others whole. If they are parts of one export, set delivery: folder for exports in parts.")
                                .formatted(
                                        source.name(),
                                        pair,
                                        pairs.size() == 1 ? "" : ", and so do %d others".formatted(pairs.size() - 1)));
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static void collect(Source source, Dataset<Row> rows, boolean isInLake, Map<String, List<Part>> parts) {
        List<String> slice = source.identity().slice();
        Column[] groups = Stream.concat(
                        Stream.of(Lineage.PATH.col()), slice.stream().map(c -> col(c).as("_slice_" + c)))
                .toArray(Column[]::new);
        for (Row row : rows.groupBy(groups).agg(count(lit(1))).collectAsList()) {
            List<String> equalities = new ArrayList<>();
            for (int i = 0; i < slice.size(); i++) {
                equalities.add("%s <=> %s".formatted(slice.get(i), literal(row.get(1 + i))));
            }
            parts.computeIfAbsent(String.join(" AND ", equalities), unseen -> new ArrayList<>())
                    .add(new Part(row.getString(0), isInLake, row.getLong(1 + slice.size())));
        }
    }

    private static String predicate(Source source, String slice, Part part) {
        return "%s AND %s".formatted(filePredicate(source.name(), List.of(part.path())), slice);
    }

    /** The rows that a source has from some files. */
    static String filePredicate(String source, List<String> paths) {
        return "(source = %s AND path IN (%s))"
                .formatted(literal(source), paths.stream().map(Slices::literal).collect(joining(", ")));
    }

    private static String literal(@Nullable Object value) {
        return Literal$.MODULE$.apply(value).sql();
    }

    /** One predicate of many, or none. */
    static Optional<String> anyOf(List<String> predicates) {
        return predicates.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(") OR (", predicates) + ")");
    }
}
