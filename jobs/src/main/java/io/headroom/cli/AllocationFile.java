package io.headroom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.headroom.failure.Failure;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.AllocationRule.Target;
import io.headroom.source.Yaml;
import io.headroom.staging.cost.ChargeText;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Allocation rules as a user writes them: below {@code rules}, the first that matches first. */
final class AllocationFile {

    private static final List<String> TARGETS = List.of("cluster", "model", "workload", "team");

    private final String origin;

    private AllocationFile(String origin) {
        this.origin = origin;
    }

    static List<AllocationRule> read(Path file) {
        return parsed(Config.text(file), file.toString());
    }

    /** @param origin file that the text is from, for messages */
    static List<AllocationRule> parsed(String yaml, String origin) {
        Written written = Yaml.bind(Yaml.tree(yaml, origin), Written.class, origin);
        var file = new AllocationFile(origin);
        List<AllocationRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (WrittenRule each : written.rules() == null ? List.<WrittenRule>of() : written.rules()) {
            AllocationRule rule = file.rule(each, rules.size() + 1);
            if (!names.add(rule.name())) {
                throw file.refused(rule.name(), "another rule has this name. Give it one of its own.");
            }
            rules.add(rule);
        }
        return rules;
    }

    private AllocationRule rule(@Nullable WrittenRule written, int place) {
        if (written == null || written.name() == null || written.name().isBlank()) {
            throw Failure.wrongCommand("%s: rule %d has no name. Give it one.".formatted(origin, place));
        }
        String name = written.name();
        if ((written.to() == null) == (written.spread() == null)) {
            throw refused(name, "it needs either `to` or `spread`, not both.");
        }
        LocalDate from = day(name, "from", written.from());
        LocalDate until = day(name, "until", written.until());
        if (from != null && until != null && until.isBefore(from)) {
            throw refused(name, "it ends on %s, before it begins on %s.".formatted(until, from));
        }
        return new AllocationRule(
                name,
                from,
                until,
                conditions(name, written.when()),
                written.to() == null ? null : target(name, written.to()),
                written.spread() == null ? null : spread(name, written.spread()));
    }

    private @Nullable LocalDate day(String rule, String key, @Nullable String written) {
        try {
            return written == null ? null : LocalDate.parse(written);
        } catch (DateTimeException e) {
            throw refused(rule, "`%s` must be a day such as 2026-03-01, not '%s'.".formatted(key, written));
        }
    }

    private Map<String, List<String>> conditions(String rule, @Nullable Map<String, JsonNode> written) {
        if (written == null || written.isEmpty()) {
            throw refused(
                    rule,
                    "`when` is empty. Say which charges it is for; `provider: '*'` is every charge that names a provider.");
        }
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        written.forEach((column, values) -> {
            requireColumn(rule, column);
            List<String> texts = new ArrayList<>();
            (values.isArray() ? values : List.of(values)).forEach(value -> texts.add(text(rule, column, value)));
            if (texts.isEmpty()) {
                throw refused(rule, "`when` names no value for %s.".formatted(column));
            }
            conditions.put(column, texts);
        });
        return conditions;
    }

    private Target target(String rule, Map<String, JsonNode> written) {
        Map<String, String> values = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            if (!TARGETS.contains(key)) {
                throw refused(rule, "`to` has the unknown key '%s'.%s".formatted(key, Yaml.suggestion(key, TARGETS)));
            }
            String text = text(rule, key, value);
            if (text.startsWith(AllocationRule.COLUMN)) {
                requireColumn(rule, text.substring(1));
            }
            values.put(key, text);
        });
        if (values.isEmpty()) {
            throw refused(rule, "`to` names nothing. Name a cluster, model, workload or team.");
        }
        return new Target(values.get("cluster"), values.get("model"), values.get("workload"), values.get("team"));
    }

    private Spread spread(String rule, WrittenSpread written) {
        By by = word(rule, "by", written.by(), By.values(), By::word);
        Map<String, JsonNode> shares = written.shares() == null ? Map.of() : written.shares();
        if (by == By.FIXED) {
            if (written.among() != null) {
                throw refused(rule, "fixed shares name their clusters. Leave `among` out.");
            }
            return new Spread(by, Among.FLEET, shares(rule, shares));
        }
        if (!shares.isEmpty()) {
            throw refused(rule, "`shares` are for `by: fixed`. Leave them out.");
        }
        String among = written.among() == null ? Among.PROVIDER.word() : written.among();
        return new Spread(by, word(rule, "among", among, Among.values(), Among::word), Map.of());
    }

    private Map<String, Double> shares(String rule, Map<String, JsonNode> written) {
        Map<String, Double> shares = new LinkedHashMap<>();
        written.forEach((cluster, share) -> {
            double number = share.isNumber() ? share.asDouble() : Double.NaN;
            if (!(number >= 0) || Double.isInfinite(number)) {
                throw refused(
                        rule, "the share of %s must be a number of at least 0, not %s.".formatted(cluster, share));
            }
            shares.put(cluster, number);
        });
        if (shares.values().stream().allMatch(share -> share == 0)) {
            throw refused(rule, "`shares` give no cluster a part. Name clusters, as in `shares: {east: 2, west: 1}`.");
        }
        return shares;
    }

    private <T> T word(String rule, String key, @Nullable String written, T[] known, Function<T, String> word) {
        List<String> words = Arrays.stream(known).map(word).toList();
        return Arrays.stream(known)
                .filter(value -> word.apply(value).equals(written))
                .findFirst()
                .orElseThrow(() -> refused(
                        rule, "`%s` must be one of %s, not '%s'.".formatted(key, String.join(", ", words), written)));
    }

    private void requireColumn(String rule, String column) {
        if (ChargeText.of(column).isEmpty()) {
            throw refused(
                    rule,
                    "charges have no text that is named '%s'.%s"
                            .formatted(column, Yaml.suggestion(column, ChargeText.names())));
        }
    }

    /** YAML would change a number such as 007, so that it must be told to be a text. */
    private String text(String rule, String key, JsonNode value) {
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw refused(
                    rule, "the value of %s must be a text, not %s. Put it in quotes.".formatted(key, value.toString()));
        }
        return value.asText();
    }

    private Failure refused(String rule, String why) {
        return Failure.wrongCommand("%s: rule '%s': %s".formatted(origin, rule, why));
    }

    private record Written(@Nullable List<WrittenRule> rules) {}

    private record WrittenRule(
            @Nullable String name,
            @Nullable String from,
            @Nullable String until,
            @Nullable Map<String, JsonNode> when,
            @Nullable Map<String, JsonNode> to,
            @Nullable WrittenSpread spread) {}

    private record WrittenSpread(
            @Nullable String by,
            @Nullable String among,
            @Nullable Map<String, JsonNode> shares) {}
}
