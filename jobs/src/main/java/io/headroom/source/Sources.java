package io.headroom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headroom.failure.Failure;
import io.headroom.table.Field;
import io.headroom.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads sources from YAML: what a source does not say, the preset that it extends does. */
public final class Sources {

    private static final String EXTENDS = "extends";
    private static final List<String> KEYS = Stream.concat(
                    Stream.of(EXTENDS),
                    Stream.of(Source.class.getRecordComponents()).flatMap(Sources::key))
            .toList();

    private final Presets presets;

    /** @param targets the staging tables that sources may fill */
    public Sources(List<Table> targets) {
        this.presets = new Presets(targets);
    }

    public Presets presets() {
        return presets;
    }

    /** A preset, as a source that reads every file. */
    public Source preset(String name) {
        return parse("name: preset\nextends: %s\nfiles: '**'\n".formatted(name), name);
    }

    /**
     * The source that a YAML text declares.
     *
     * @param origin file that the text is from, for messages
     */
    public Source parse(String yaml, String origin) {
        ObjectNode resolved = resolve(Yaml.tree(yaml, origin), origin, new ArrayList<>());
        Source source = bind(resolved, origin);
        checkIdentity(source, presets.target(source.target(), origin), origin);
        checkTimeZone(source, origin);
        Mapping.check(source, origin);
        return source;
    }

    private static void checkIdentity(Source source, Table target, String origin) {
        if (source.identity().isKey() && target.key().isEmpty()) {
            throw Failure.wrongCommand("%s: rows of %s have no key. Set `identity: {slice: [column, ...]}`."
                    .formatted(origin, target.name()));
        }
        List<String> columns = target.fields().stream().map(Field::column).toList();
        for (String column : source.identity().slice()) {
            if (!columns.contains(column)) {
                throw Failure.wrongCommand("%s: identity names the column %s, which %s does not have.%s"
                        .formatted(origin, column, target.name(), Yaml.suggestion(column, columns)));
            }
        }
    }

    private static void checkTimeZone(Source source, String origin) {
        String zone = source.parameters().getOrDefault("time_zone", "UTC");
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw Failure.wrongCommand(
                    "%s: time_zone '%s' is not a zone such as Europe/Oslo or UTC-07:00.".formatted(origin, zone), e);
        }
    }

    private ObjectNode resolve(ObjectNode node, String origin, List<String> seen) {
        JsonNode parent = node.remove(EXTENDS);
        if (parent == null) {
            return merged(presets.defaults(), node);
        }
        String preset = parent.asText();
        if (seen.contains(preset)) {
            throw Failure.wrongCommand("%s extends %s, which extends it in turn.".formatted(origin, preset));
        }
        seen.add(preset);
        ObjectNode base = resolve(presets.find(preset, origin), preset, seen);
        refuseUnknownParameters(base, node, origin);
        return merged(base, node);
    }

    private static void refuseUnknownParameters(ObjectNode base, ObjectNode node, String origin) {
        List<String> known = names(base.path("parameters"));
        for (String name : names(node.path("parameters"))) {
            if (!known.contains(name)) {
                throw Failure.wrongCommand("%s sets the parameter %s, which its preset does not have.%s"
                        .formatted(origin, name, Yaml.suggestion(name, known)));
            }
        }
    }

    /** Objects are merged key by key; anything else of the child replaces the parent's. */
    private static ObjectNode merged(ObjectNode base, ObjectNode child) {
        ObjectNode merged = base.deepCopy();
        for (Map.Entry<String, JsonNode> entry : child.properties()) {
            JsonNode before = merged.get(entry.getKey());
            boolean isMap = before instanceof ObjectNode && entry.getValue() instanceof ObjectNode;
            boolean isIdentity = entry.getKey().equals("identity");
            merged.set(
                    entry.getKey(),
                    isMap && !isIdentity
                            ? merged((ObjectNode) before, (ObjectNode) entry.getValue())
                            : entry.getValue());
        }
        return merged;
    }

    private static Source bind(ObjectNode node, String origin) {
        List<String> given = names(node);
        for (String key : given) {
            if (!KEYS.contains(key)) {
                throw Failure.wrongCommand(
                        "%s has the unknown key '%s'.%s".formatted(origin, key, Yaml.suggestion(key, KEYS)));
            }
        }
        KEYS.stream()
                .filter(key -> !key.equals(EXTENDS) && !given.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw Failure.wrongCommand(
                            "%s lacks the key '%s'. Add it, or extend a preset that has it.".formatted(origin, key));
                });
        try {
            return Yaml.MAPPER
                    .readerFor(Source.class)
                    .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .readValue(node);
        } catch (JsonProcessingException e) {
            throw Yaml.failure(e, origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> key(RecordComponent component) {
        return Stream.of(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
