package io.headroom.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.headroom.failure.Failure;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Configuration as YAML: unknown and repeated keys are refused, with a suggestion. */
public final class Yaml {

    static final ObjectMapper MAPPER = YAMLMapper.builder(new YAMLFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Yaml() {}

    /** The object that a YAML text holds; an empty text is an empty object. */
    public static ObjectNode tree(String yaml, String origin) {
        try {
            JsonNode node = MAPPER.readTree(yaml);
            if (node == null || node.isMissingNode() || node.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw Failure.wrongCommand(origin + " must hold keys and values, as in `name: value`.");
        } catch (JsonProcessingException e) {
            throw failure(e, origin);
        }
    }

    /** Binds a tree to a record. */
    public static <T> T bind(ObjectNode node, Class<T> type, String origin) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw failure(e, origin);
        }
    }

    static Failure failure(JsonProcessingException e, String origin) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Failure.wrongCommand(
                    "%s has the unknown key '%s'.%s"
                            .formatted(
                                    origin,
                                    unknown.getPropertyName(),
                                    suggestion(unknown.getPropertyName(), unknown.getKnownPropertyIds())),
                    e);
        }
        JsonLocation location = e.getLocation();
        String where = location == null || location.getLineNr() < 1 ? "" : " at line " + location.getLineNr();
        return Failure.wrongCommand("%s cannot be read%s: %s".formatted(origin, where, e.getOriginalMessage()), e);
    }

    /** The known name that is nearest to an unknown one, as a sentence. */
    public static String suggestion(String unknown, Collection<?> known) {
        var distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .filter(Objects::nonNull)
                .map(Object::toString)
                .min(Comparator.comparing((String name) -> distance.apply(unknown, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(" Did you mean '%s'?"::formatted)
                .orElse("");
    }
}
