package postern.credentials.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** E-03: the lines that other programs read. */
class JsonLineTest {

    @ParameterizedTest
    @EnumSource(AuditKind.class)
    void aLineOfEachKindIsReadAsItWasMeantAndHasNoSecret(AuditKind kind) throws Exception {
        AuditEvent event = SampleEvents.of(kind)
                .with("before", "a \"name\" \\ with, signs: {}")
                .with("after", SCANNER_SECRET);
        AuditEntry entry = SampleEvents.entry(event);

        String line = JsonLine.of(entry);

        assertThat(line).doesNotContain("\n", SCANNER_SECRET, "bcdf");
        Map<String, String> read = read(line);
        assertThat(read)
                .containsAllEntriesOf(entry.fields())
                .containsEntry("kind", kind.toString())
                .containsEntry("facts.before", "a \"name\" \\ with, signs: {}")
                .containsEntry("facts.after", "***")
                .containsEntry("digest", entry.digest());
        assertThat(Optional.ofNullable(read.get("owasp"))).isEqualTo(kind.owasp());
    }

    @Test
    void countsAreNumbers() {
        assertThat(JsonLine.of(SampleEvents.entry(SampleEvents.renamed().times(37))))
                .startsWith("{\"sequence\":1,")
                .contains("\"times\":37,");
    }

    private static Map<String, String> read(String line) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            String parent = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case START_OBJECT -> parent = json.currentName() == null ? "" : json.currentName() + ".";
                    case END_OBJECT -> parent = "";
                    case VALUE_STRING, VALUE_NUMBER_INT -> fields.put(parent + json.currentName(), json.getText());
                    default -> assertThat(token).isEqualTo(JsonToken.FIELD_NAME);
                }
            }
        }
        return fields;
    }
}
