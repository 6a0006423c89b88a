package postern.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JSON object a client sent. What nobody asked for is an error, never silently ignored: somebody
 * who sends {@code secret} believes they have chosen one.
 *
 * <p>Complaints never quote a value, which may be a secret in the wrong place.
 */
final class JsonBody {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern TELLABLE = Pattern.compile("[a-z_]{1,20}");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z"); // RFC 3339 ends before it

    private final JsonNode properties;

    private JsonBody(JsonNode properties) {
        this.properties = properties;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonBody read(byte[] utf8, List<String> known) {
        JsonNode root = parse(utf8);
        if (!root.isObject()) {
            throw Refusal.malformed("body: not a JSON object (expected: one with " + String.join(", ", known) + ")");
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refusal.malformed((TELLABLE.matcher(name).matches() ? name : "body") + ": unknown property"
                        + " (expected: " + String.join(", ", known) + ")");
            }
        });
        return new JsonBody(root);
    }

    private static JsonNode parse(byte[] utf8) {
        try {
            return JSON.readTree(utf8);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Refusal.malformed("body: not JSON" + where + " (expected: a JSON object)");
        } catch (IOException _) {
            throw Refusal.malformed("body: not UTF-8 (expected: a JSON object)");
        }
    }

    String text(String property) {
        return optionalText(property).orElseThrow(() -> Refusal.malformed(property + ": missing (expected: a string)"));
    }

    Optional<Instant> instant(String property) {
        return optionalText(property).map(text -> {
            try {
                return Optional.of(Instant.parse(text))
                        .filter(YEAR_10000::isAfter)
                        .orElseThrow(() -> notATime(property));
            } catch (DateTimeException _) {
                throw notATime(property);
            }
        });
    }

    private Optional<String> optionalText(String property) {
        JsonNode value = properties.path(property);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Refusal.malformed(property + ": not a string (expected: a string)");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue())) {
            throw Refusal.malformed(property + ": has half a character (expected: Unicode text)");
        }
        return Optional.of(value.textValue());
    }

    private static Refusal notATime(String property) {
        return Refusal.malformed(property + ": not a time (expected: RFC 3339, as 2027-01-31T12:00:00Z)");
    }
}
