package io.headroom.forecast.growth;

import java.util.Arrays;

/** The daily values of one provider and region, by epoch day; a day within them that was not told is NaN. */
public final class Series {

    /** Stands for the whole provider as a region, and for the whole fleet as a provider. */
    public static final String ALL = "all";

    private final String provider;
    private final String region;
    private final long firstDay;
    private final double[] values;

    /** Values from a first day to a last, both of which are told. */
    public Series(String provider, String region, long firstDay, double... values) {
        if (values.length == 0 || Double.isNaN(values[0]) || Double.isNaN(values[values.length - 1])) {
            throw new IllegalArgumentException(
                    "The series of %s, %s does not begin and end with a value. Leave out the days at its ends."
                            .formatted(provider, region));
        }
        this.provider = provider;
        this.region = region;
        this.firstDay = firstDay;
        this.values = values.clone();
    }

    public String provider() {
        return provider;
    }

    public String region() {
        return region;
    }

    public long firstDay() {
        return firstDay;
    }

    public long lastDay() {
        return firstDay + values.length - 1;
    }

    public int days() {
        return values.length;
    }

    /** The value of a day, NaN where it was not told. */
    public double at(long day) {
        return day < firstDay || day > lastDay() ? Double.NaN : values[(int) (day - firstDay)];
    }

    public boolean isTold(long day) {
        return !Double.isNaN(at(day));
    }

    /** The mean of the seven days around a day, NaN unless all of them are told. */
    public double centredMean(long day) {
        double sum = 0;
        for (long near = day - 3; near <= day + 3; near++) {
            sum += at(near);
        }
        return sum / 7;
    }

    /** A region of a provider, as against a total. */
    public boolean isLeaf() {
        return !region.equals(ALL);
    }

    /** Whether a leaf is a part of this total. */
    public boolean contains(Series leaf) {
        return !isLeaf() && leaf.isLeaf() && (provider.equals(ALL) || provider.equals(leaf.provider));
    }

    /** Whether anything was told up to a day, inclusive. */
    public boolean beginsBy(long day) {
        return firstDay <= day;
    }

    /** What was told up to a day, inclusive, by which the series must have begun. */
    public Series until(long day) {
        long last = Math.min(day, lastDay());
        while (!isTold(last)) {
            last--;
        }
        return new Series(provider, region, firstDay, Arrays.copyOf(values, (int) (last - firstDay + 1)));
    }

    /** All of it, the values exact. */
    @Override
    public String toString() {
        return "%s, %s from %d: %s".formatted(provider, region, firstDay, Arrays.toString(values));
    }
}
