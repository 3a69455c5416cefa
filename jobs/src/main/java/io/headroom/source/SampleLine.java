package io.headroom.source;

import java.util.Optional;

/** A line of the Prometheus text format, read from its start to its end. */
final class SampleLine {

    /** Why a line is no sample. */
    static final class NoSample extends Exception {

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

    private static final int SHOWN = 50;

    private final Line line;
    private final String text;
    private final SampleColumns.Series series;
    private int at;

    SampleLine(Line line, SampleColumns.Series series) {
        this.line = line;
        this.text = line.text();
        this.series = series;
    }

    /** @param untimed what the file has told before without timestamps */
    Parsed parsed(UntimedSeries untimed) throws NoSample {
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
        String told = text.substring(0, at).strip();
        String value = value();
        Optional<String> timestamp = timestamp();
        if (timestamp.isEmpty() && untimed.contradicts(told, Double.parseDouble(value))) {
            series.quirk(PrometheusReader.CONTRADICTION);
        }
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
