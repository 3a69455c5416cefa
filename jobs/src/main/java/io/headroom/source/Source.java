package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One mapping of foreign files to one staging table.
 *
 * @param name unique among the sources of a run
 * @param doc one sentence that says what is read
 * @param in which root the files lie under
 * @param files glob over paths relative to that root
 * @param target name of the staging table
 * @param skip records to leave out, by name: Spark SQL over the columns of a record
 * @param refuse records that are broken, by reason, where no skip names them: Spark SQL likewise
 * @param parameters constants that the SELECT sees as columns
 * @param set constants for target columns that the SELECT does not return
 * @param select one SELECT over the view {@code landed}: the file's columns, the parameters, {@code path},
 *     {@code modified_at}, {@code quirks}, and {@code record}, which it must return
 * @param toleratedRejects share of a file's records and rows that may be refused before the run ends with exit code 3,
 *     as it does in any case where nothing of what is new was accepted
 */
public record Source(
        String name,
        String doc,
        Root in,
        String files,
        Format format,
        Options options,
        Columns columns,
        String target,
        Identity identity,
        Map<String, String> skip,
        Map<String, String> refuse,
        Map<String, String> parameters,
        Map<String, String> set,
        String select,
        @JsonProperty("tolerated_rejects") double toleratedRejects)
        implements Serializable {

    private static final Pattern PLACE = Pattern.compile("(?i)\\b(path|modified_at)\\b");

    public Source {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("name must be lower case letters, digits and _, not '" + name + "'");
        }
        if (files.startsWith("/") || List.of(files.split("/")).contains("..")) {
            throw new IllegalArgumentException("files must be a glob below its root, not '" + files + "'");
        }
        Glob.of(files);
        refuseLabelsLikeColumns(format, columns);
        if (format != Format.CSV && format != Format.PARQUET && !columns.equals(columns.asTheyAre())) {
            throw new IllegalArgumentException(
                    "columns may have no more than required and optional unless the format is csv or parquet");
        }
        if (!options.member().isEmpty() && !columns.declared().contains(options.member())) {
            throw new IllegalArgumentException(
                    "options.member must be one of the columns, not '" + options.member() + "'");
        }
        if (toleratedRejects < 0 || toleratedRejects > 1) {
            throw new IllegalArgumentException("tolerated_rejects must be a share, not " + toleratedRejects);
        }
    }

    /** Names of columns are the same in any case. */
    private static void refuseLabelsLikeColumns(Format format, Columns columns) {
        List<String> names = format.isOfSamples() ? SampleColumns.of(columns) : List.of();
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "columns declares the label %s, a name that is taken, perhaps in other case"
                                    .formatted(name));
                });
    }

    /** Tells the paths that the source reads. */
    public Predicate<String> matcher() {
        return Glob.of(files)::matches;
    }

    /** Everything that decides which rows a file gives. */
    public String definition() {
        return List.of(format, options, columns, target, identity, skip, refuse, parameters, set, select)
                .toString();
    }

    /** Whether files of the same content give the same rows, wherever they lie. */
    public boolean readsContentAlone() {
        String said = select + skip.values() + refuse.values();
        return !PLACE.matcher(said).find();
    }

    /** The columns of a record; text has one, its line, and samples have their own before their labels. */
    public List<String> recordColumns() {
        if (format.isOfSamples()) {
            return SampleColumns.of(columns);
        }
        return format == Format.TEXT ? List.of(TextReader.COLUMN) : columns.ofRecord();
    }
}
