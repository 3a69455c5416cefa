package io.headroom.staging.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The rules of the FOCUS validator's model for 1.2 that can be decided of one row. A rule holds where its own condition does and
 * those of the rules that refer to it. In conditions null is unlike any value; what is required of a value is not of null.
 */
final class ValidatorModel {

    /** Kinds of rules that say nothing of one row: presence of columns, types and texts that the reader judges, permissions. */
    private static final Set<String> OTHER_FUNCTIONS = Set.of("Presence", "Type", "Format", "Composite");

    private record Checked(String id, String column, JsonNode requirement, List<JsonNode> conditions) {}

    private final Map<String, JsonNode> rules = new LinkedHashMap<>();
    private final Map<String, List<String>> parents = new LinkedHashMap<>();
    private final Set<String> currencies;

    ValidatorModel(Path model, Set<String> currencies) throws IOException {
        this.currencies = currencies;
        JsonNode all = new ObjectMapper().readTree(model.toFile()).path("ModelRules");
        all.properties().forEach(rule -> rules.put(rule.getKey(), rule.getValue()));
        rules.forEach((id, rule) -> rule.findValues("ModelRuleId")
                .forEach(child -> parents.computeIfAbsent(child.asText(), unseen -> new ArrayList<>())
                        .add(id)));
    }

    /** The rules that can be decided of one row, by id. */
    List<String> rowRules() {
        return rules.keySet().stream().filter(this::isOfOneRow).toList();
    }

    private JsonNode rule(String id) {
        return Optional.ofNullable(rules.get(id)).orElseThrow();
    }

    private boolean isOfOneRow(String id) {
        JsonNode rule = rule(id);
        String keyword = rule.path("ValidationCriteria").path("Keyword").asText();
        return rule.path("Type").asText().equals("Static")
                && !OTHER_FUNCTIONS.contains(rule.path("Function").asText())
                && !keyword.equals("MAY")
                && rule.findValues("CheckFunction").stream()
                        .noneMatch(name -> name.asText().equals("CheckDistinctCount"));
    }

    /** The rules among some that a row breaks, with the column that each is about, as {@code column rule}. */
    Set<String> broken(Map<String, String> row, List<String> ids) {
        Set<String> broken = new TreeSet<>();
        ids.stream()
                .map(this::checked)
                .filter(rule -> rule.conditions().stream().allMatch(condition -> holds(condition, row)))
                .filter(rule -> !isMet(rule.requirement(), row))
                .forEach(rule -> broken.add(rule.column() + " " + rule.id()));
        return broken;
    }

    private Checked checked(String id) {
        JsonNode rule = rule(id);
        List<JsonNode> conditions = new ArrayList<>();
        collect(id, conditions);
        return new Checked(
                id,
                rule.path("Reference").asText(),
                rule.path("ValidationCriteria").path("Requirement"),
                conditions);
    }

    private void collect(String id, List<JsonNode> conditions) {
        conditions.add(rule(id).path("ValidationCriteria").path("Condition"));
        parents.getOrDefault(id, List.of()).forEach(parent -> collect(parent, conditions));
    }

    private boolean holds(JsonNode condition, Map<String, String> row) {
        if (condition.isEmpty()) {
            return true;
        }
        String function = condition.path("CheckFunction").asText("AND");
        List<JsonNode> items = items(condition);
        return switch (function) {
            case "AND" -> items.stream().allMatch(item -> holds(item, row));
            case "OR" -> items.stream().anyMatch(item -> holds(item, row));
            case "CheckValue" -> value(condition).equals(cell(condition, "ColumnName", row));
            case "CheckNotValue" -> !value(condition).equals(cell(condition, "ColumnName", row));
            case "CheckNotSameValue" ->
                !cell(condition, "ColumnAName", row).equals(cell(condition, "ColumnBName", row));
            default -> throw new IllegalArgumentException("unknown condition " + function);
        };
    }

    private boolean isMet(JsonNode requirement, Map<String, String> row) {
        String function = requirement.path("CheckFunction").asText();
        Optional<String> cell = cell(requirement, "ColumnName", row);
        return switch (function) {
            case "AND" -> items(requirement).stream().allMatch(item -> isMet(item, row));
            case "OR" -> items(requirement).stream().anyMatch(item -> isMet(item, row));
            case "CheckValue" -> isValue(requirement, cell);
            case "CheckNotValue" -> value(requirement).isEmpty() ? cell.isPresent() : !cell.equals(value(requirement));
            case "CheckGreaterOrEqualThanValue" ->
                cell.map(text -> new BigDecimal(text)
                                        .compareTo(new BigDecimal(
                                                value(requirement).orElseThrow()))
                                >= 0)
                        .orElse(true);
            case "CheckDecimalValue" -> cell.map(ValidatorModel::isDecimal).orElse(true);
            case "CheckNationalCurrency" -> cell.map(currencies::contains).orElse(true);
            case "ColumnByColumnEqualsColumnValue" -> isProduct(requirement, row);
            default -> throw new IllegalArgumentException("unknown requirement " + function);
        };
    }

    private static boolean isValue(JsonNode check, Optional<String> cell) {
        Optional<String> value = value(check);
        if (value.isEmpty()) {
            return cell.isEmpty();
        }
        return cell.map(text -> check.path("Value").isNumber()
                        ? new BigDecimal(text).compareTo(check.path("Value").decimalValue()) == 0
                        : text.equals(value.get()))
                .orElse(true);
    }

    private static boolean isProduct(JsonNode check, Map<String, String> row) {
        Optional<BigDecimal> a = cell(check, "ColumnAName", row).map(BigDecimal::new);
        Optional<BigDecimal> b = cell(check, "ColumnBName", row).map(BigDecimal::new);
        Optional<BigDecimal> result = cell(check, "ResultColumnName", row).map(BigDecimal::new);
        return a.isEmpty()
                || b.isEmpty()
                || result.isEmpty()
                || a.get().multiply(b.get(), MathContext.DECIMAL128).compareTo(result.get()) == 0;
    }

    private static boolean isDecimal(String text) {
        return text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }

    private static Optional<String> value(JsonNode check) {
        return Optional.of(check.path("Value")).filter(value -> !value.isNull()).map(JsonNode::asText);
    }

    /** One condition of the model names its column under the key {@code CheckCondition}. */
    private static Optional<String> cell(JsonNode check, String key, Map<String, String> row) {
        String column = check.path(check.has(key) ? key : "CheckCondition").asText();
        return Optional.ofNullable(row.get(column)).filter(text -> !text.isEmpty());
    }

    /** The items of a check; one without a function has them under a key of any name, be it one or a list. */
    private static List<JsonNode> items(JsonNode check) {
        JsonNode items = check.has("CheckFunction")
                ? check.path("Items")
                : check.elements().next();
        return items.isArray()
                ? StreamSupport.stream(items.spliterator(), false).toList()
                : items.isObject() ? List.of(items) : List.of();
    }
}
