package postern.credentials.imported.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one row, whatever it was written in. A number may be in quotes and a list a text with
 * commas, since databases and their tools do not agree; complaints name the field and never quote it.
 */
record Row(JsonNode fields) {

    /** Empty when there is no such field, or nothing in it. */
    Optional<String> text(String field) {
        JsonNode value = fields.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw new IllegalArgumentException(field + ": a list or an object (expected: a text)");
        }
        return Optional.of(value.asText()).filter(text -> !text.isEmpty());
    }

    String required(String field) {
        return text(field).orElseThrow(() -> new IllegalArgumentException(field + ": missing (expected: a text)"));
    }

    Optional<Boolean> flag(String field) {
        return text(field).map(text -> switch (text) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new IllegalArgumentException(field + ": neither (expected: true or false, 1 or 0)");
        });
    }

    /** A list, or a text with commas; empty when there is no such field. */
    Optional<List<String>> list(String field) {
        JsonNode value = fields.path(field);
        if (!value.isArray()) {
            return text(field).map(Mapping::commaSeparated);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                throw new IllegalArgumentException(field + ": something else in it (expected: a list of texts)");
            }
            texts.add(one.textValue());
        }
        return Optional.of(texts);
    }

    /** RFC 3339; or, as databases write it, a date with or without a time, which is taken to be of UTC. */
    Optional<Instant> time(String field) {
        return text(field).map(text -> {
            try {
                return switch (text.length()) {
                    case 10 -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
                    case 19 -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
                    default -> OffsetDateTime.parse(text).toInstant();
                };
            } catch (DateTimeException _) {
                throw new IllegalArgumentException(field + ": not a time (expected: as 2026-01-31T12:00:00Z)");
            }
        });
    }

    /** What nobody reads is an error: somebody who writes {@code expires} believes that it does. */
    void refuseOthersThan(Set<String> known) {
        fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "fields: one that is unknown (expected: " + String.join(", ", known) + ")");
            }
        });
    }

    /** It may hold a hash. */
    @Override
    public String toString() {
        return "***";
    }
}
