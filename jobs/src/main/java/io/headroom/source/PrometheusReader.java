package io.headroom.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Each line is a sample, in the Prometheus text format 0.0.4 or in OpenMetrics 1.0; comments, among them HELP, TYPE, UNIT and
 * EOF, are passed over, and so are exemplars. Of histograms and summaries each series is a sample of its own.
 *
 * <p>Both formats end the last line with a line feed, which OpenMetrics leaves open only after its EOF: a last line without one
 * may be the start of another, as 10 is of 1027. A series is told once in a scrape: where it is told again with another value,
 * and no timestamp tells when, several scrapes stand in one file, which is a quirk of the later samples.
 */
final class PrometheusReader implements Records.Reader {

    /** The quirk of a sample that the file contradicts. */
    static final String CONTRADICTION = "two values of a series without timestamps";

    private static final String END = "# EOF";

    private final Lines lines;
    private final SampleColumns columns;
    private final UntimedSeries untimed = new UntimedSeries();

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
        if (!lines.isEnded()) {
            return Parsed.unparsable(line, "The last line does not end with a line feed: it may be cut off.");
        }
        try {
            return new SampleLine(line, columns.series()).parsed(untimed);
        } catch (SampleLine.NoSample e) {
            return Parsed.unparsable(line, e.getMessage());
        }
    }

    private boolean isPassedOver(String text) {
        String said = text.strip();
        return said.isEmpty() || (said.startsWith("#") && (lines.isEnded() || said.equals(END)));
    }
}
