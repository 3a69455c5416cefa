package io.headroom.mart.telemetry_trust_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.mart.telemetry_device_daily.TelemetryDeviceDaily;
import io.headroom.staging.delivery.Delivery;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/**
 * How far the telemetry of one source can be trusted on one day. There are two kinds of rows, told apart by {@code told_by}:
 *
 * <ul>
 *   <li>{@code samples}: one cluster, on the day that its samples are of: what the accepted samples show themselves.
 *   <li>{@code deliveries}: the whole source, on the day that its files became known. Duplicates, refusals and what was
 *       normalised are counted by file, and a file may tell of many clusters and days; so no cluster is named.
 * </ul>
 *
 * <p>The score is 100 times the mean of those of the following parts that can be told, each between 0 and 1, by weight:
 *
 * <ul>
 *   <li>coverage, 40: covered over expected time.
 *   <li>freshness, 10: 1 up to 24 hours, falling evenly to 0 at 168 hours.
 *   <li>lateness, 5: samples that are not late, over samples.
 *   <li>clocks, 10: 1 less the larger of the shares of future samples and of hosts out of phase.
 *   <li>resets, 5: 1 less counter resets for each device that has a counter, at least 0.
 *   <li>fields, 10: measured columns of GPU samples that are not always null, over all eight.
 *   <li>refusals, 25: 1 less rejected rows and unparsable records over received rows and unparsable records.
 *   <li>duplicates, 5: 1 less duplicate over received rows.
 *   <li>quirks, 10: 1 less records normalised over records used, at least 0.
 * </ul>
 *
 * <p>The first six can be told by samples, the last three by deliveries.
 */
public enum TelemetryTrustDaily implements Field {
    DAY(Spec.date("UTC day: of the samples, or on which files became known.").required()),
    TOLD_BY(Spec.string("samples: what the samples of one cluster show; deliveries: what the files of the source show.")
            .required()),
    SOURCE(Spec.string("The source.").required()),
    TARGET(Spec.string("Its staging table.").required()),
    CLUSTER(Spec.string("The cluster; null for deliveries, and for meters and processes that name none.")),
    EXPECTED_DEVICES(
            Spec.count("devices", "GPUs or MIG instances, meters or counters seen on the day or the six before.")),
    SEEN_DEVICES(Spec.count("devices", "Of them seen on the day.")),
    EXPECTED_S(Spec.number("s", "A whole day of those expected.")),
    COVERED_S(Spec.number("s", "Of it covered by samples, as in mart.telemetry_device_daily.")),
    SAMPLES(Spec.count("samples", "Samples accepted.")),
    LAST_SAMPLED_AT(Spec.instant("The last sample of the day.")),
    FRESHNESS_H(Spec.number("h", "From the last sample of the day to when it became known.")),
    LATE_SAMPLES(Spec.count("samples", "Samples that became known later than 24 h after their day had ended.")),
    FUTURE_SAMPLES(Spec.count("samples", "Samples that are later than the time at which they became known.")),
    HOSTS(
            Spec.count(
                    "hosts",
                    "Hosts whose phase is told: the second within its interval at which a host is mostly sampled;"
                            + " null where fewer than three tell, or no half of them agrees, as where scrapes are spread on purpose.")),
    HOSTS_OUT_OF_PHASE(Spec.count(
            "hosts",
            "Of them those whose phase differs from the most frequent one by more than a second"
                    + " and a hundredth of the interval: clocks that are off.")),
    COUNTING_DEVICES(Spec.count("devices", "Devices that have a counter.")),
    COUNTER_RESETS(Spec.count("", "Falls of counters, those over midnight included; one an hour and device at most.")),
    NULL_FIELDS(Spec.strings("Measured columns that no sample fills, in the order of the table.")),
    FILES(Spec.count("files", "Files that became known.")),
    REFUSED_FILES(Spec.count("files", "Of them refused as a whole.")),
    USED_RECORDS(Spec.count("records", "Records that the mapping of the source saw.")),
    RECEIVED_ROWS(Spec.count("rows", "Rows that came out of it.")),
    DUPLICATE_ROWS(Spec.count("rows", "Of them known already.")),
    REJECTED_ROWS(Spec.count("rows", "Of them refused.")),
    UNPARSABLE_RECORDS(Spec.count("records", "Records that could not be read.")),
    QUIRKS(Spec.counts("Records normalised, by the name of the quirk, such as a renamed column.")),
    SCORE(Spec.number(
            "points",
            "0 to 100: 100 times the mean by weight of the parts that can be told. Of samples: coverage (40) covered over"
                    + " expected time; freshness (10) 1 up to 24 h, falling evenly to 0 at 168 h; lateness (5) 1 - late /"
                    + " samples; clocks (10) 1 - the larger of future / samples and hosts out of phase / hosts; resets (5) 1"
                    + " - resets / counting devices, at least 0; fields (10) filled / all eight of GPU samples. Of"
                    + " deliveries: refusals (25) 1 - (rejected + unparsable) / (received + unparsable); duplicates (5) 1 -"
                    + " duplicate / received; quirks (10) 1 - normalised / used records, at least 0. Null where none can be"
                    + " told."));

    private static final int LOOKBACK_DAYS = 6;

    public static final Table TABLE = Table.mart("telemetry_trust_daily")
            .grain("how far the telemetry of one source can be trusted on one day, by cluster as far as samples tell")
            .fields(values())
            .byDay()
            .rule("told_by is unknown", "told_by IN ('samples', 'deliveries')")
            .rule("score is not within [0, 100]", "score BETWEEN 0 AND 100")
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TelemetryTrustDaily.class,
            TABLE,
            Input.lookback(TelemetryDeviceDaily.TABLE, LOOKBACK_DAYS),
            Input.interval(Delivery.TABLE, Delivery.KNOWN_AT, Delivery.KNOWN_AT));

    private final Spec spec;

    TelemetryTrustDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
