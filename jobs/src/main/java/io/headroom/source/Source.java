package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

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
 * @param toleratedRejects share of a file's records and rows that may be refused before the run ends with exit code 3
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

    public Source {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("name must be lower case letters, digits and _, not '" + name + "'");
        }
        if (files.startsWith("/") || List.of(files.split("/")).contains("..")) {
            throw new IllegalArgumentException("files must be a glob below its root, not '" + files + "'");
        }
        if (toleratedRejects < 0 || toleratedRejects > 1) {
            throw new IllegalArgumentException("tolerated_rejects must be a share, not " + toleratedRejects);
        }
    }

    /** The columns of a record; text has one, its line. */
    public List<String> recordColumns() {
        return format == Format.TEXT ? List.of(TextReader.COLUMN) : columns.declared();
    }
}
