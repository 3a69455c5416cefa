package io.headroom.staging.cost;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of a FOCUS bill by column, and how a file writes them. */
final class FocusLines {

    private FocusLines() {}

    /** A charge for an hour's use of 1.5 USD, in the columns that every version has, with other values or columns. */
    static Map<String, String> line(String... columnsAndValues) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("BilledCost", "1.5");
        line.put("BillingAccountId", "a");
        line.put("BillingCurrency", "USD");
        line.put("BillingPeriodEnd", "2026-04-01T00:00:00Z");
        line.put("BillingPeriodStart", "2026-03-01T00:00:00Z");
        line.put("ChargeCategory", "Usage");
        line.put("ChargePeriodEnd", "2026-03-02T00:00:00Z");
        line.put("ChargePeriodStart", "2026-03-01T00:00:00Z");
        line.put("EffectiveCost", "1.5");
        line.put("ListCost", "1.5");
        line.put("ProviderName", "P");
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            line.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return line;
    }

    /** A file of one line. */
    static String csv(Map<String, String> line) {
        return csv(List.of(line));
    }

    /** A file of lines that have the same columns. */
    static String csv(List<Map<String, String>> lines) {
        StringBuilder csv = new StringBuilder(row(lines.get(0).keySet()));
        for (Map<String, String> line : lines) {
            csv.append(row(line.values()));
        }
        return csv.toString();
    }

    private static String row(Collection<String> cells) {
        return cells.stream()
                .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                .collect(joining(",", "", "\n"));
    }
}
