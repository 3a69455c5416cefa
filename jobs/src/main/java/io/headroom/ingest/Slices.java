package io.headroom.ingest;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import io.headroom.table.Lineage;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.jspecify.annotations.Nullable;

/**
 * Decides, slice by slice, whose rows count: those of the newest complete delivery of the slice, by modification time, then
 * path. An incomplete one, of which more was refused than its source tolerates, counts only where there is no other.
 */
final class Slices {

    /** The rows that one file has of one slice. */
    private record Part(String path, boolean isComplete, Timestamp modifiedAt, boolean isInLake, long rows) {}

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
     * @param deliveries the record of a file, by path
     */
    static List<Superseded> superseded(
            Source source, Dataset<Row> rows, Dataset<Row> history, Function<String, DeliveryRecord> deliveries) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        collect(source, rows, false, deliveries, parts);
        if (parts.isEmpty()) {
            return List.of();
        }
        String delivered = parts.keySet().stream().collect(joining(") OR (", "(", ")"));
        collect(source, history.filter(delivered), true, deliveries, parts);
        List<Superseded> superseded = new ArrayList<>();
        parts.forEach((slice, candidates) -> {
            Part newest = newest(source, candidates);
            String delivery = source.identity().delivery(newest.path());
            candidates.stream()
                    .filter(part -> !source.identity().delivery(part.path()).equals(delivery))
                    .map(part -> new Superseded(
                            part.path(), part.isInLake(), predicate(source, slice, part), part.rows(), newest.path()))
                    .forEach(superseded::add);
        });
        return superseded;
    }

    /** A part of the newest complete delivery; a delivery in parts is as complete as its least complete part. */
    private static Part newest(Source source, List<Part> parts) {
        Set<String> incomplete = parts.stream()
                .filter(part -> !part.isComplete())
                .map(part -> source.identity().delivery(part.path()))
                .collect(toSet());
        return parts.stream()
                .max(Comparator.comparing((Part part) ->
                                !incomplete.contains(source.identity().delivery(part.path())))
                        .thenComparing(Part::modifiedAt)
                        .thenComparing(Part::path))
                .orElseThrow();
    }

    private static void collect(
            Source source,
            Dataset<Row> rows,
            boolean isInLake,
            Function<String, DeliveryRecord> deliveries,
            Map<String, List<Part>> parts) {
        List<String> slice = source.identity().slice();
        Column[] groups = Stream.concat(
                        Stream.of(Lineage.PATH.col()), slice.stream().map(c -> col(c).as("_slice_" + c)))
                .toArray(Column[]::new);
        for (Row row : rows.groupBy(groups).agg(count(lit(1))).collectAsList()) {
            String path = row.getString(0);
            DeliveryRecord delivery = deliveries.apply(path);
            List<String> equalities = new ArrayList<>();
            for (int i = 0; i < slice.size(); i++) {
                equalities.add("%s <=> %s".formatted(slice.get(i), literal(row.get(1 + i))));
            }
            parts.computeIfAbsent(String.join(" AND ", equalities), unseen -> new ArrayList<>())
                    .add(new Part(
                            path,
                            delivery.isComplete(source),
                            delivery.instant(Delivery.MODIFIED_AT),
                            isInLake,
                            row.getLong(1 + slice.size())));
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
