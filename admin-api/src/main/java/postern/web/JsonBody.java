package postern.web;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The JSON object a client sent. What nobody asked for is an error, never silently ignored: somebody
 * who sends {@code secret} believes they have chosen one.
 *
 * <p>Complaints never quote a value, which may be a secret in the wrong place.
 */
public final class JsonBody {

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

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonBody read(byte[] utf8, List<String> known) {
        return of("body", parse(utf8), known);
    }

    private static JsonBody of(String what, JsonNode root, List<String> known) {
        if (!root.isObject()) {
            throw Refusal.malformed(what + ": not a JSON object (expected: one with " + String.join(", ", known) + ")");
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refusal.malformed((TELLABLE.matcher(name).matches() ? name : what) + ": unknown property"
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

    /** Whether anything is said of it, if only that it is to go. */
    public boolean names(String property) {
        return properties.has(property);
    }

    public String text(String property) {
        return optionalText(property).orElseThrow(() -> missing(property, "a string"));
    }

    public Optional<Instant> instant(String property) {
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

    public Optional<String> optionalText(String property) {
        return value(property).map(value -> string(property, value));
    }

    /** What it says, in its form. */
    public <T> Optional<T> optional(String property, Function<String, T> form) {
        return optionalText(property).map(text -> {
            try {
                return form.apply(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.malformed(String.valueOf(e.getMessage()));
            }
        });
    }

    public <T> T required(String property, Function<String, T> form) {
        return optional(property, form).orElseThrow(() -> missing(property, "a string"));
    }

    public Optional<Boolean> flag(String property) {
        return value(property).map(value -> {
            if (!value.isBoolean()) {
                throw Refusal.malformed(property + ": neither (expected: true or false)");
            }
            return value.booleanValue();
        });
    }

    public OptionalInt number(String property, int least, int most) {
        Optional<JsonNode> value = value(property);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode number = value.get();
        if (!number.isIntegralNumber()
                || !number.canConvertToInt()
                || number.intValue() < least
                || number.intValue() > most) {
            throw Refusal.malformed(property + ": not one (expected: " + least + " to " + most + ")");
        }
        return OptionalInt.of(number.intValue());
    }

    /** Each in its form; empty when nothing is said of them. */
    public <T> Optional<List<T>> list(String property, int most, Function<String, T> form) {
        return value(property).map(value -> {
            if (!value.isArray() || value.size() > most) {
                throw Refusal.malformed(property + ": not a list (expected: at most " + most + " strings)");
            }
            List<T> all = new ArrayList<>();
            for (JsonNode one : value) {
                try {
                    all.add(form.apply(string(property, one)));
                } catch (IllegalArgumentException e) {
                    throw Refusal.malformed(String.valueOf(e.getMessage()));
                }
            }
            return List.copyOf(all);
        });
    }

    /** What stands below it, which is read as strictly. */
    public Optional<JsonBody> object(String property, String... known) {
        return value(property).map(value -> of(property, value, List.of(known)));
    }

    private Optional<JsonNode> value(String property) {
        JsonNode value = properties.path(property);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private static String string(String property, JsonNode value) {
        if (!value.isTextual()) {
            throw Refusal.malformed(property + ": not a string (expected: a string)");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue())) {
            throw Refusal.malformed(property + ": has half a character (expected: Unicode text)");
        }
        return value.textValue();
    }

    private static Refusal missing(String property, String expected) {
        return Refusal.malformed(property + ": missing (expected: " + expected + ")");
    }

    private static Refusal notATime(String property) {
        return Refusal.malformed(property + ": not a time (expected: RFC 3339, as 2027-01-31T12:00:00Z)");
    }
}
