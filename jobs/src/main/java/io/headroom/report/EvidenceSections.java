package io.headroom.report;

import static io.headroom.report.Role.FILTER;
import static io.headroom.report.Role.PICK;
import static io.headroom.report.Role.SERIES;
import static io.headroom.report.Role.VALUE;
import static io.headroom.report.Role.X;

import io.headroom.mart.telemetry_trust_daily.TelemetryTrustDaily;
import io.headroom.staging.capacity_milestone.CapacityMilestone;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import java.util.List;

/** What the figures rest on. */
final class EvidenceSections {

    private static final String CHAPTER = "Evidence";

    static final List<Section> ALL = List.of(ledger(), telemetryTrust(), dataTrust(), dataFindings());

    private EvidenceSections() {}

    private static Section ledger() {
        return Section.of("ledger", Chart.TIMELINE)
                .title(CHAPTER, "Capacity ledger")
                .question("What capacity was promised, what has arrived, and who says so?")
                .definition("""
                        The latest known row of each milestone, planned and actual. Megawatts are on the basis \
                        named in the row (IT, facility, utility, unstated) and are not comparable across bases.""")
                .caption("""
                        Do not add rows up: milestones of one overlap group describe overlapping capacity, seen \
                        from a contract, a site or a chip. A pale bar spans a date known only to the month, \
                        quarter, half or year; a line joins plan and actual. What was reached on a day that is \
                        not told stands at its planned day. Milestones without a date stand in the table \
                        only.""")
                .whenEmpty("Deliver capacity milestones (staging.capacity_milestone), then run again.")
                .reads(CapacityMilestone.TABLE)
                .columns(
                        Shown.text("provider", "Provider").as(FILTER, SERIES),
                        Shown.text("site", "Site").as(SERIES),
                        Shown.text("state", "State").as(FILTER),
                        Shown.date("planned_on", "Planned"),
                        Shown.text("date_precision", "Precision"),
                        Shown.date("actual_on", "Actual"),
                        Shown.text("mw_qualifier", "MW are"),
                        Shown.number("mw", "Power", "MW"),
                        Shown.text("mw_basis", "MW basis"),
                        Shown.text("accelerators_qualifier", "GPUs are"),
                        Shown.count("accelerators", "Accelerators", "GPUs"),
                        Shown.text("accelerator", "Model"),
                        Shown.text("confidence", "Confidence").as(FILTER),
                        Shown.text("overlap_group", "Overlap group"),
                        Shown.text("contract_id", "Contract"),
                        Shown.text("country", "Country"),
                        Shown.text("region", "Region"),
                        Shown.text("grid_region", "Grid"),
                        Shown.text("cluster", "Cluster"),
                        Shown.text("milestone_id", "Milestone"),
                        Shown.text("note", "Note"),
                        Shown.instant("known_at", "Known since"),
                        Shown.link("source_url", "Source"));
    }

    private static Section telemetryTrust() {
        return Section.of("telemetry_trust", Chart.LINES)
                .title(CHAPTER, "Telemetry trust")
                .question("How far can the telemetry of each source and cluster be trusted?")
                .definition("""
                        Score: 100 × mean by weight of the parts that can be told. Of samples: coverage 40, freshness 10, clocks \
                        10, fields 10, lateness 5, resets 5. Of deliveries: refusals 25, quirks 10, duplicates 5. The \
                        dictionary has the formula (mart.telemetry_trust_daily). Coverage: time covered ÷ time expected of \
                        the devices seen on the day or the six before.""")
                .caption("The last 100 days.")
                .whenEmpty("Deliver telemetry (staging.gpu_sample, power_sample or counter_sample), then run again.")
                .reads(TelemetryTrustDaily.TABLE)
                .columns(
                        Shown.date("day", "Day").as(X),
                        Shown.text("told_by", "Told by").as(PICK),
                        Shown.text("source", "Source").as(SERIES),
                        Shown.text("cluster", "Cluster").as(SERIES),
                        Shown.text("target", "Table").as(FILTER),
                        Shown.number("score", "Score", "points").as(VALUE),
                        Shown.share("coverage", "Coverage").as(VALUE),
                        Shown.number("freshness_h", "Freshness", "h").as(VALUE),
                        Shown.count("samples", "Samples", "samples"),
                        Shown.count("expected_devices", "Expected", "devices"),
                        Shown.count("seen_devices", "Seen", "devices"),
                        Shown.count("late_samples", "Late", "samples"),
                        Shown.count("future_samples", "From the future", "samples"),
                        Shown.count("hosts_out_of_phase", "Clocks off", "hosts"),
                        Shown.count("counter_resets", "Counter resets", ""),
                        Shown.text("null_fields", "Fields never told"),
                        Shown.count("files", "Files", ""),
                        Shown.count("refused_files", "Refused files", ""),
                        Shown.count("received_rows", "Received", "rows"),
                        Shown.count("duplicate_rows", "Duplicate", "rows"),
                        Shown.count("rejected_rows", "Rejected", "rows"),
                        Shown.count("unparsable_records", "Unparsable", "records"),
                        Shown.text("quirks", "Quirks"));
    }

    private static Section dataTrust() {
        return Section.of("data_trust", Chart.STACKED_ROWS)
                .title(CHAPTER, "Data trust")
                .question("Was everything that was delivered read, and what became of it?")
                .definition("""
                        Per file: read = used + skipped + unparsable records; received = accepted + duplicate + \
                        rejected rows. Unaccounted is what breaks either equation, and must be 0. Superseded \
                        rows were accepted and replaced by a newer delivery of their slice.""")
                .caption("The figure beside each bar is the share of received rows that were accepted, rounded down.")
                .whenEmpty("No file has been delivered yet. Put files into the landing folder and run ./headroom run.")
                .reads(Delivery.TABLE)
                .columns(
                        Shown.text("source", "Source").as(X),
                        Shown.text("target", "Table").as(X),
                        Shown.count("accepted_rows", "Accepted", "rows").as(VALUE),
                        Shown.count("duplicate_rows", "Duplicate", "rows").as(VALUE),
                        Shown.count("rejected_rows", "Rejected", "rows").as(VALUE),
                        Shown.count("received_rows", "Received", "rows"),
                        Shown.count("superseded_rows", "Superseded", "rows"),
                        Shown.count("read_records", "Read", "records"),
                        Shown.count("used_records", "Used", "records"),
                        Shown.count("skipped_records", "Skipped", "records"),
                        Shown.count("unparsable_records", "Unparsable", "records"),
                        Shown.count("unaccounted", "Unaccounted", ""),
                        Shown.count("files", "Files", ""),
                        Shown.count("refused_files", "Refused files", ""),
                        Shown.instant("last_known_at", "Latest known"));
    }

    private static Section dataFindings() {
        return Section.of("data_findings", Chart.TABLE)
                .title(CHAPTER, "Quirks and refusals")
                .question("What was odd in the deliveries, and what was done about it?")
                .definition("""
                        Quirks were normalised and used; skipped records were left out by a named rule of the \
                        source; rejected rows and refused files stand in staging.rejected with their raw text. A \
                        row that broke several rules counts under each.""")
                .caption("At most the 500 most frequent findings.")
                .whenEmpty("No quirk, skipped record, rejected row or refused file is on record.")
                .reads(Delivery.TABLE, Rejected.TABLE)
                .columns(
                        Shown.text("source", "Source").as(FILTER),
                        Shown.text("target", "Table"),
                        Shown.text("finding", "Finding").as(FILTER),
                        Shown.text("name", "Name or reason"),
                        Shown.count("occurrences", "Occurrences", ""),
                        Shown.text("unit", "Of"));
    }
}
