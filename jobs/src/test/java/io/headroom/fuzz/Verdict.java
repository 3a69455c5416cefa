package io.headroom.fuzz;

import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lake tells of one file what is so.
 *
 * @param kept what is known of the file
 * @param refusals what was refused of it
 * @param stored how many rows of it are in its table
 * @param isMerging whether several records in use can make one row
 * @param longestReason how many characters of a reason a reader bears
 */
record Verdict(Kept kept, Row delivery, List<Row> refusals, long stored, boolean isMerging, int longestReason) {

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        equations(faults);
        known(faults);
        refusals.forEach(refusal -> told(refusal, faults));
        return faults;
    }

    private void equations(List<String> faults) {
        check(
                faults,
                count(Delivery.READ_RECORDS)
                        == count(Delivery.USED_RECORDS)
                                + count(Delivery.SKIPPED_RECORDS)
                                + count(Delivery.UNPARSABLE_RECORDS),
                "read is not used + skipped + unparsable");
        check(
                faults,
                count(Delivery.RECEIVED_ROWS)
                        == count(Delivery.ACCEPTED_ROWS)
                                + count(Delivery.DUPLICATE_ROWS)
                                + count(Delivery.REJECTED_ROWS),
                "received is not accepted + duplicate + rejected");
        check(
                faults,
                stored == count(Delivery.ACCEPTED_ROWS) - count(Delivery.SUPERSEDED_ROWS),
                "%d rows are stored".formatted(stored));
        long refused = count(Delivery.REJECTED_ROWS) + count(Delivery.UNPARSABLE_RECORDS) + (isRefused() ? 1 : 0);
        check(faults, refusals.size() == refused, "%d refusals are told".formatted(refusals.size()));
        check(
                faults,
                isMerging || count(Delivery.USED_RECORDS) == count(Delivery.RECEIVED_ROWS),
                "used records are not received rows");
    }

    private void known(List<String> faults) {
        long rows = count(Delivery.ACCEPTED_ROWS) + count(Delivery.DUPLICATE_ROWS);
        check(faults, rows >= kept.least() && rows <= kept.most(), "%d rows are kept, not %s".formatted(rows, kept));
        boolean isAsKnown = switch (kept.fate()) {
            case READ -> !isRefused();
            case REFUSED -> isRefused();
            case EITHER -> true;
        };
        check(faults, isAsKnown, "refused: " + problem());
    }

    private void told(Row refusal, List<String> faults) {
        List<String> reasons = refusal.getList(refusal.fieldIndex(Rejected.REASONS.column()));
        check(
                faults,
                !reasons.isEmpty() && reasons.stream().noneMatch(reason -> reason == null || reason.isBlank()),
                "a refusal has no reason");
        check(
                faults,
                reasons.stream().allMatch(reason -> reason == null || reason.length() <= longestReason),
                "a reason is longer than its reader bears");
        Long line = refusal.getAs(Rejected.LINE.column());
        check(faults, isRefused() == (line == null) && (line == null || line > 0), "a refusal names the line " + line);
    }

    private void check(List<String> faults, boolean isSo, String fault) {
        if (!isSo) {
            faults.add(fault + " in " + delivery);
        }
    }

    private boolean isRefused() {
        return problem() != null;
    }

    private @Nullable String problem() {
        return delivery.getAs(Delivery.PROBLEM.column());
    }

    private long count(Delivery field) {
        return delivery.<Long>getAs(field.column());
    }
}
