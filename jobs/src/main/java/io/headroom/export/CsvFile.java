package io.headroom.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it, in UTF-8 with a header. A value that is not known is an empty field, a text without characters a
 * quoted one.
 *
 * @param isForSpreadsheets whether a spreadsheet may open it: text that it would take for a formula is made plain by an
 *     apostrophe, and a mark at the start tells it the encoding
 */
record CsvFile(boolean isForSpreadsheets) {

    private static final String LINE_END = "\r\n";
    private static final char ENCODING_MARK = '\ufeff';

    /** How a formula begins, also in the wide letters that some spreadsheets take for the plain ones. */
    private static final Pattern FORMULA = Pattern.compile("[\\s\u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\\t\\r\\n]");

    private static final Pattern QUOTED = Pattern.compile("[\",\\r\\n]");

    /** Writes all rows in their order and tells how many they are. */
    long write(Dataset<Row> rows, OutputStream out) throws IOException {
        try (Writer file = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            if (isForSpreadsheets) {
                file.write(ENCODING_MARK);
            }
            writeLine(file, rows.columns());
            long count = 0;
            for (Iterator<Row> each = rows.toLocalIterator(); each.hasNext(); count++) {
                Row row = each.next();
                @Nullable Object[] values = new @Nullable Object[row.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.get(i);
                }
                writeLine(file, values);
            }
            return count;
        }
    }

    private void writeLine(Writer file, @Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            file.write(i == 0 ? "" : ",");
            file.write(field(values[i]));
        }
        file.write(LINE_END);
    }

    private String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = Cell.text(value);
        if (isForSpreadsheets
                && value instanceof String
                && FORMULA.matcher(text).lookingAt()) {
            text = "'" + text;
        }
        boolean isQuoted = text.isEmpty() || QUOTED.matcher(text).find();
        return isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
