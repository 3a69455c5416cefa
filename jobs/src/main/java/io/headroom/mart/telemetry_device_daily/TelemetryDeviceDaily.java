package io.headroom.mart.telemetry_device_daily;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.counter_sample.CounterSample;
import io.headroom.staging.gpu_sample.GpuSample;
import io.headroom.staging.power_sample.PowerSample;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One day of one GPU or MIG instance, power meter or cumulative counter, as one source tells of it. */
public enum TelemetryDeviceDaily implements Field {
    DAY(Spec.date("UTC day.").required()),
    SOURCE(Spec.string("The source.").required()),
    TARGET(Spec.string("Its staging table: gpu_sample, power_sample or counter_sample.")
            .required()),
    CLUSTER(Spec.string("The cluster.")),
    NODE(Spec.string("Host of the device.")),
    DEVICE(Spec.string("UUID of the GPU with its MIG instance, meter, or process with its counter, model and workload.")
            .required()),
    SAMPLES(Spec.count("samples", "Samples accepted.").required()),
    INTERVAL_S(Spec.number(
            "s",
            "Time that a sample stands for: the longest that samples tell; where they tell none, the shortest mean gap between"
                    + " those of one hour, or of the day.")),
    COVERED_S(Spec.number("s", "Time covered, at most the length of every hour and of the day.")),
    PHASE_S(
            Spec.count(
                    "s",
                    "Second within the interval at which the device is sampled: the most frequent one of the first"
                            + " samples of its hours, of equally frequent ones the least; null where samples tell no interval.")),
    LAST_SAMPLED_AT(Spec.instant("The last sample.").required()),
    LAST_KNOWN_AT(Spec.instant("When that sample became known.").required()),
    LATE_SAMPLES(Spec.count("samples", "Samples that became known later than 24 h after their day had ended.")
            .required()),
    FUTURE_SAMPLES(Spec.count("samples", "Samples that are later than the time at which they became known.")
            .required()),
    FIRST_COUNTER(Spec.number("", "First value of the day of its counter.")),
    LAST_COUNTER(Spec.number("", "Last value of the day of its counter.")),
    COUNTER_RESETS(Spec.count(
            "",
            "Hours in which its counter fell, and hours whose first value is below the last one before;"
                    + " null without a counter.")),
    TOLD_FIELDS(Spec.strings("Measured columns of the staging table that any of its samples fills.")
            .required());

    public static final Table TABLE = Table.mart("telemetry_device_daily")
            .grain("one day of one GPU or MIG instance, power meter or cumulative counter, as one source tells of it")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(
            TelemetryDeviceDaily.class,
            TABLE,
            Input.day(GpuSample.TABLE),
            Input.day(PowerSample.TABLE),
            Input.day(CounterSample.TABLE));

    private final Spec spec;

    TelemetryDeviceDaily(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
