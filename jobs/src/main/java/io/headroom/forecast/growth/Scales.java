package io.headroom.forecast.growth;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How large the errors of each series are, as against those of all series together; totals are series of their own. A
 * series with few looks is drawn towards the others, and one without any has a scale of 1.
 *
 * @param ofRegions by provider, then by region
 */
public record Scales(Map<String, Map<String, Double>> ofRegions) {

    /** A series is drawn to the pooled size as if this many looks of that size had been seen of it besides. */
    static final int POOLED_LOOKS = 50;

    public Scales {
        var copy = new TreeMap<String, Map<String, Double>>();
        ofRegions.forEach((provider, regions) -> copy.put(provider, new TreeMap<>(regions)));
        ofRegions = copy;
    }

    /** Learns from sizes of errors, which are means of absolute values. */
    static Scales of(List<Example> examples, ToDoubleFunction<Example> error) {
        double pooled = size(examples, error);
        var scales = new TreeMap<String, Map<String, Double>>();
        if (pooled > 0) {
            Map<Series, List<Example>> looks = examples.stream().collect(groupingBy(Example::series));
            looks.forEach((series, own) -> {
                double size = (own.size() * size(own, error) + POOLED_LOOKS * pooled) / (own.size() + POOLED_LOOKS);
                scales.computeIfAbsent(series.provider(), provider -> new TreeMap<>())
                        .put(series.region(), size / pooled);
            });
        }
        return new Scales(scales);
    }

    double of(Series series) {
        return ofRegions.getOrDefault(series.provider(), Map.of()).getOrDefault(series.region(), 1.0);
    }

    private static double size(List<Example> examples, ToDoubleFunction<Example> error) {
        return examples.stream()
                .mapToDouble(example -> Math.abs(error.applyAsDouble(example)))
                .average()
                .orElse(0);
    }
}
