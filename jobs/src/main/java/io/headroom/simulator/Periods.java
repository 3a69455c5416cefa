package io.headroom.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The files of telemetry: one a month, or one a day where a day has many samples; then one for what is late at the end.
 * Those of large fleets come in parts of some hosts each.
 */
record Periods(List<Period> all, int parts) {

    private static final int MOST_SAMPLES_A_DAY_IN_MONTHS = 96;
    private static final long ROWS_PER_PART = 500_000;
    static final double LATE_PART = 0.1;

    /** The time that one file tells of, sampled evenly; none at all for the file of what is late at the end. */
    record Period(String name, long fromS, long toS, long intervalS) {

        private long samples() {
            return (toS - fromS) / intervalS;
        }
    }

    static Periods of(Fleet fleet) {
        List<Period> periods = new ArrayList<>(span(fleet.start(), fleet.detailStart(), fleet.intervalS()));
        if (fleet.detail() != null) {
            periods.addAll(span(fleet.detailStart(), fleet.end(), fleet.detail().intervalS()));
        }
        long most =
                fleet.gpus() * periods.stream().mapToLong(Period::samples).max().orElse(0);
        periods.add(period(fleet.end().toString(), fleet.end(), fleet.end(), fleet.intervalS()));
        return new Periods(List.copyOf(periods), (int) Math.max(1, (most + ROWS_PER_PART - 1) / ROWS_PER_PART));
    }

    private static List<Period> span(LocalDate from, LocalDate to, int intervalS) {
        boolean isMonthly = Fleet.DAY_S / intervalS <= MOST_SAMPLES_A_DAY_IN_MONTHS;
        List<Period> periods = new ArrayList<>();
        for (LocalDate day = from; day.isBefore(to); ) {
            LocalDate next = isMonthly ? day.withDayOfMonth(1).plusMonths(1) : day.plusDays(1);
            LocalDate until = next.isBefore(to) ? next : to;
            String name = isMonthly ? day.toString().substring(0, 7) : day.toString();
            periods.add(period(name, day, until, intervalS));
            day = until;
        }
        return periods;
    }

    private static Period period(String name, LocalDate from, LocalDate to, int intervalS) {
        return new Period(name, from.toEpochDay() * Fleet.DAY_S, to.toEpochDay() * Fleet.DAY_S, intervalS);
    }

    /** Names of the files, one for each period. */
    List<String> names() {
        return all.stream().map(Period::name).toList();
    }

    /** Names of the files, one for each part of each period. */
    List<String> namesOfParts() {
        return parts == 1
                ? names()
                : names().stream()
                        .flatMap(name ->
                                IntStream.rangeClosed(1, parts).mapToObj(part -> "%s-%03d".formatted(name, part)))
                        .toList();
    }

    /**
     * One row: one instant of one part of one period, in order; a partition holds a part. After its own instants come the
     * last ones of the period before, for what of them is late.
     */
    Dataset<Row> instants(SparkSession spark) {
        int files = all.size() * parts;
        Column number = functions.col("id").divide(parts);
        return spark.range(0, files, 1, files)
                .select(
                        functions.floor(number).cast("int").as(Working.PERIOD.column()),
                        functions.col("id").mod(parts).cast("int").as(Working.PART.column()))
                .join(functions.broadcast(bounds(spark)), Working.PERIOD.column())
                .select(
                        Working.PERIOD.col(),
                        Working.PART.col(),
                        functions.inline(functions.concat(own(), afterwards())));
    }

    private Dataset<Row> bounds(SparkSession spark) {
        List<Integer> indexes = IntStream.range(0, all.size()).boxed().toList();
        return new LocalRows<Integer>()
                .with(Working.PERIOD, index -> index)
                .with(Working.FROM_S, index -> all.get(index).fromS())
                .with(Working.TO_S, index -> all.get(index).toS())
                .with(Working.LENGTH_S, index -> all.get(index).intervalS())
                .with(Working.FROM_S_BEFORE, index -> before(index).fromS())
                .with(Working.LENGTH_S_BEFORE, index -> before(index).intervalS())
                .of(spark, indexes);
    }

    /** The first period has none before it: one of no time. */
    private Period before(int index) {
        Period first = all.get(0);
        return index == 0 ? new Period("", first.fromS(), first.fromS(), first.intervalS()) : all.get(index - 1);
    }

    private static Column own() {
        Column lateFrom = lateFrom(Working.FROM_S.col(), Working.TO_S.col(), Working.LENGTH_S.col());
        return functions.transform(
                every(Working.FROM_S.col(), Working.TO_S.col(), Working.LENGTH_S.col()),
                at -> instant(at, Working.LENGTH_S.col(), at.geq(lateFrom), false));
    }

    private static Column afterwards() {
        Column length = Working.LENGTH_S_BEFORE.col();
        Column lateFrom = lateFrom(Working.FROM_S_BEFORE.col(), Working.FROM_S.col(), length);
        return functions.transform(
                every(lateFrom, Working.FROM_S.col(), length), at -> instant(at, length, functions.lit(true), true));
    }

    private static Column instant(Column at, Column length, Column mayBeLate, boolean isAfterwards) {
        return functions.struct(
                at.as(Working.AT_S.column()),
                length.as(Working.LENGTH_S.column()),
                mayBeLate.as(Working.MAY_BE_LATE.column()),
                functions.lit(isAfterwards).as(Working.IS_AFTERWARDS.column()));
    }

    /** What is told in the last tenth of a period may be late. */
    private static Column lateFrom(Column from, Column to, Column length) {
        Column samples = to.minus(from).divide(length);
        return to.minus(functions.ceil(samples.multiply(LATE_PART)).multiply(length));
    }

    private static Column every(Column from, Column to, Column length) {
        return functions
                .when(to.gt(from), functions.sequence(from, to.minus(length), length))
                .otherwise(functions.array().cast("array<bigint>"));
    }
}
