package io.headroom.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one sample of a time series: its metric, value and timestamp, then the labels that a source declares. The
 * value is a number, {@code NaN}, {@code Infinity} or {@code -Infinity}; the timestamp an ISO instant, or null where the
 * sample has none. Labels are case-sensitive and columns are not: a label fills the column of its very name, else that of its
 * name in other case, as exporters changed {@code Hostname} to {@code hostname}.
 */
final class SampleColumns {

    /** The columns that every sample has. */
    static final List<String> OWN = List.of("metric", "value", "timestamp");

    private static final int METRIC = 0;
    private static final int VALUE = 1;
    private static final int TIMESTAMP = 2;

    private final List<String> all;
    private final List<String> required;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> placesInAnyCase = new HashMap<>();

    SampleColumns(Columns labels) {
        this.all = of(labels);
        this.required = labels.required();
        for (int place = OWN.size(); place < all.size(); place++) {
            places.put(all.get(place), place);
            placesInAnyCase.put(folded(all.get(place)), place);
        }
    }

    /** The columns, in order. */
    static List<String> of(Columns labels) {
        return Stream.concat(OWN.stream(), labels.declared().stream()).toList();
    }

    private static String folded(String label) {
        return label.toLowerCase(Locale.ROOT);
    }

    /** A series of which nothing is known yet. */
    Series series() {
        return new Series();
    }

    /** What identifies a time series: its metric and labels. */
    final class Series {

        private final @Nullable String[] values = new String[all.size()];
        private final Set<String> names = new HashSet<>();
        private List<String> quirks = List.of();

        void metric(String name) {
            values[METRIC] = name;
        }

        boolean hasMetric() {
            return values[METRIC] != null;
        }

        /** Whether the label is new to the series. */
        boolean add(String label, String value) {
            if (!names.add(label)) {
                return false;
            }
            Integer place = places.get(label);
            if (place == null) {
                place = placesInAnyCase.get(folded(label));
                if (place == null || values[place] != null) {
                    quirk(Columns.undeclared(label));
                    return true;
                }
            }
            values[place] = value;
            return true;
        }

        void quirk(String quirk) {
            quirks = new ArrayList<>(quirks);
            quirks.add(quirk);
        }

        /** Why it cannot be used, if so. */
        Optional<String> problem() {
            return required.stream()
                    .filter(label -> values[placeOf(label)] == null)
                    .findFirst()
                    .map("The sample lacks the label %s."::formatted);
        }

        private int placeOf(String label) {
            return all.indexOf(label);
        }

        /** The series' sample of some value at some instant. */
        Parsed sample(Line line, String value, @Nullable String timestamp) {
            @Nullable String[] sample = values.clone();
            sample[VALUE] = value;
            sample[TIMESTAMP] = timestamp;
            return Parsed.of(line, sample, quirks);
        }
    }
}
