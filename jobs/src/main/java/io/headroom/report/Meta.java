package io.headroom.report;

import java.time.Instant;
import java.util.List;

/**
 * What the page says about the run that made it.
 *
 * @param asOf the page shows what was known by then
 * @param lake name of the lake that was read
 * @param isSimulated whether the fleet is a made-up one, which the page then says first of all
 * @param runSummary lines that tell what the run did; may be empty
 */
public record Meta(
        String title, Instant asOf, String lake, String codeVersion, boolean isSimulated, List<String> runSummary) {

    public Meta {
        runSummary = List.copyOf(runSummary);
    }
}
