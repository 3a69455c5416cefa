package io.headroom.source;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each line is a sample, in the Prometheus text format 0.0.4 or in OpenMetrics 1.0; comments, among them HELP, TYPE, UNIT and
 * EOF, are passed over, and so are exemplars. Of histograms and summaries each series is a sample of its own.
 */
final class PrometheusReader implements Records.Reader {

    private final Lines lines;
    private final SampleColumns columns;

    PrometheusReader(Lines lines, Columns labels) {
        this.lines = lines;
        this.columns = new SampleColumns(labels);
    }

    @Override
    public @Nullable Parsed next() throws IOException {
        Line line = lines.next();
        while (line != null && line.problem() == null && isPassedOver(line.text())) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        String problem = line.problem();
        if (problem != null) {
            return Parsed.unparsable(line, problem);
        }
        try {
            return new SampleLine(line).parsed();
        } catch (NoSample e) {
            return Parsed.unparsable(line, e.getMessage());
        }
    }

    private static boolean isPassedOver(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return start == text.length() || text.charAt(start) == '#';
    }

    /** Why a line is no sample. */
    private static final class NoSample extends Exception {

        private static final long serialVersionUID = 1L;

        NoSample(String problem) {
            super(problem);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** One line, read from its start to its end. */
    private final class SampleLine {

        private static final int SHOWN = 50;

        private final Line line;
        private final String text;
        private final SampleColumns.Series series = columns.series();
        private int at;

        SampleLine(Line line) {
            this.line = line;
            this.text = line.text();
        }

        Parsed parsed() throws NoSample {
            skipBlanks();
            if (!isNext('{')) {
                series.metric(name(true, "metric"));
                skipBlanks();
            }
            if (isNext('{')) {
                labels();
                skipBlanks();
            }
            if (!series.hasMetric()) {
                throw new NoSample("The line names no metric.");
            }
            String value = value();
            Optional<String> timestamp = timestamp();
            Optional<String> lacking = series.problem();
            if (lacking.isPresent()) {
                throw new NoSample(lacking.get());
            }
            return series.sample(line, value, timestamp.orElse(null));
        }

        private void labels() throws NoSample {
            at++;
            skipBlanks();
            while (!isNext('}')) {
                label();
                skipBlanks();
                if (isNext(',')) {
                    at++;
                    skipBlanks();
                } else if (!isNext('}')) {
                    throw new NoSample("The labels are not closed by a brace.");
                }
            }
            at++;
        }

        /** Prometheus 3 quotes names that have other characters, and puts a metric's among the labels then. */
        private void label() throws NoSample {
            boolean isQuoted = isNext('"');
            String label = isQuoted ? quoted() : name(false, "label");
            skipBlanks();
            if (isQuoted && !isNext('=') && !series.hasMetric()) {
                series.metric(label);
                return;
            }
            if (!isNext('=')) {
                throw new NoSample("The label %s has no value.".formatted(shown(label)));
            }
            at++;
            skipBlanks();
            if (!isNext('"')) {
                throw new NoSample("The value of the label %s is not quoted.".formatted(shown(label)));
            }
            if (!series.add(label, quoted())) {
                throw new NoSample("The label %s is given twice.".formatted(shown(label)));
            }
        }

        private String name(boolean isColonAllowed, String kind) throws NoSample {
            int start = at;
            while (at < text.length() && isOfName(text.charAt(at), isColonAllowed, at > start)) {
                at++;
            }
            if (at == start) {
                throw new NoSample("The %s has no name where it says '%s'.".formatted(kind, shown(text.substring(at))));
            }
            return text.substring(start, at);
        }

        private static boolean isOfName(char c, boolean isColonAllowed, boolean isDigitAllowed) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '_'
                    || (c == ':' && isColonAllowed)
                    || (c >= '0' && c <= '9' && isDigitAllowed);
        }

        /** Text in quotes, where a backslash escapes a quote, a backslash and, as n, a line's end; else it stands for itself. */
        private String quoted() throws NoSample {
            int start = ++at;
            int end = text.indexOf('"', start);
            int escape = text.indexOf('\\', start);
            if (end >= 0 && (escape < 0 || escape > end)) {
                at = end + 1;
                return text.substring(start, end);
            }
            var unescaped = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                unescaped.append(text.charAt(at) == '\\' ? escaped() : text.substring(at, at + 1));
                at++;
            }
            if (at >= text.length()) {
                throw new NoSample("A quote is never closed.");
            }
            at++;
            return unescaped.toString();
        }

        private String escaped() {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (next != '\\' && next != '"' && next != 'n') {
                return "\\";
            }
            at++;
            return next == 'n' ? "\n" : String.valueOf(next);
        }

        private String value() throws NoSample {
            String word = word();
            if (word.isEmpty()) {
                throw new NoSample("The sample has no value.");
            }
            return SampleText.number(word)
                    .orElseThrow(() -> new NoSample("The value '%s' is not a number.".formatted(shown(word))));
        }

        /** The timestamp, if there is one; what an exemplar says after it is not looked at. */
        private Optional<String> timestamp() throws NoSample {
            skipBlanks();
            if (at == text.length() || isNext('#')) {
                return Optional.empty();
            }
            String word = word();
            String instant = SampleText.instant(word)
                    .orElseThrow(() -> new NoSample("The timestamp '%s' is not a time.".formatted(shown(word))));
            skipBlanks();
            if (at < text.length() && !isNext('#')) {
                throw new NoSample("The line goes on after its timestamp: '%s'.".formatted(shown(text.substring(at))));
            }
            return Optional.of(instant);
        }

        private String word() {
            int start = at;
            while (at < text.length() && !isBlank(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }

        private boolean isNext(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private static String shown(String part) {
            return Columns.shown(part, SHOWN);
        }
    }
}
