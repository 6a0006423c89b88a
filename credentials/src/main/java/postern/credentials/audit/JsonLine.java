package postern.credentials.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An entry as one line of JSON. Its names are a promise, like those of {@link AuditKind}; there may
 * come more of them.
 */
public final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonLine() {}

    /** Without the line's end. What was erased is not in it. */
    public static String of(AuditEntry entry) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(json, entry);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes all that is written", e);
        }
        return line.toString();
    }

    private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", entry.sequence());
        Optional<String> owasp = AuditKind.named(entry.kind()).flatMap(AuditKind::owasp);
        if (owasp.isPresent()) {
            json.writeStringField("owasp", owasp.get());
        }
        SortedMap<String, String> facts = entry.facts();
        for (Map.Entry<String, String> field : entry.fields().entrySet()) {
            switch (field.getKey()) {
                case "sequence" -> {} // stands there, and as a number
                case "times" -> json.writeNumberField("times", Long.parseLong(field.getValue()));
                default -> json.writeStringField(field.getKey(), field.getValue());
            }
        }
        json.writeObjectFieldStart("facts");
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        json.writeStringField("digest", entry.digest());
        json.writeEndObject();
    }
}
