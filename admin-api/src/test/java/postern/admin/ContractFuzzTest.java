package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.hasTheHeadersOfEveryAnswer;
import static postern.credentials.SampleLogins.SCANNER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.linecorp.armeria.common.HttpMethod;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import postern.credentials.SampleStore;
import postern.web.Route;

/** Every operation with what no client should send: each answer is one of the contract's, and none is our fault. */
class ContractFuzzTest {

    private static final JsonNode DOCUMENT = read();

    private static final List<String> BODIES =
            List.of("", "{", "[]", "1", "null", "\"x\"", "{}", "{\"no_such_member\":1}", "{\"name\":1,\"name\":2}");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\u0000\\r\\n\"",
            "\"\\ud800\"",
            "\"" + "y".repeat(70_000) + "\"",
            "[]",
            "[null]",
            "[1,\"x\",{}]",
            "{}",
            "{\"a\":{\"b\":{}}}");

    private static final List<String> QUERIES =
            List.of("", "x", "-1", "true", "99999999999999999999", "2026-13-45", "\u0000", "%", "y".repeat(3_000));

    private static final List<String> PATHS =
            List.of("x", "%00", "%2F", "%", "..", "y".repeat(2_000), "ada@example.org:x");

    private static RunningAdmin admin;

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(ApiDocument.yaml());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void open() {
        admin = new RunningAdmin(SampleStore.with(SCANNER));
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @TestFactory
    List<DynamicTest> nothingThatIsSentIsOurFault() {
        return Stream.concat(admin.routes().stream(), admin.openRoutes().stream())
                .map(route -> DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> fuzz(route)))
                .toList();
    }

    private static void fuzz(Route route) throws Exception {
        if (takesBody(route)) {
            for (String body : BODIES) {
                check(route, filled(route, "ada@example.org"), body);
            }
            for (String property : propertiesOf(route)) {
                for (String value : VALUES) {
                    check(route, filled(route, "ada@example.org"), "{\"" + property + "\":" + value + "}");
                }
            }
        }
        for (String name : route.queries()) {
            for (String value : QUERIES) {
                String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
                check(route, filled(route, "nobody") + "?" + name + "=" + encoded, hungUpOn(value) ? "" : "{}");
            }
            check(route, filled(route, "nobody") + "?" + name + "=1&" + name + "=2", "{}");
        }
        if (route.path().contains("{")) {
            for (String part : PATHS) {
                check(route, filled(route, part), "");
            }
        }
    }

    /** As paths are that nobody could mean. Who is hung up on with a body that is unread loses the answer. */
    private static boolean hungUpOn(String query) {
        return query.equals("\u0000");
    }

    private static boolean takesBody(Route route) {
        return Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH).contains(route.method());
    }

    /** Where an id is asked for, one that is not there: what is sent must not put an end to what the next is tried on. */
    private static String filled(Route route, String part) {
        return route.path()
                .replace("{login}", part)
                .replace("{domain}", part.equals("ada@example.org") ? "example.org" : part)
                .replace("{id}", part.equals("ada@example.org") ? SCANNER.id().value() : part)
                .replace("{alias}", part)
                .replace("{network}", part);
    }

    private static Set<String> propertiesOf(Route route) {
        String method = route.method().name().toLowerCase(Locale.ROOT);
        JsonNode body =
                resolved(DOCUMENT.path("paths").path(route.path()).path(method).path("requestBody"));
        JsonNode schema = resolved(body.path("content").path("application/json").path("schema"));
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private static void check(Route route, String path, String body) throws Exception {
        HttpRequest.Builder request;
        try {
            request = admin.request(path);
        } catch (IllegalArgumentException _) {
            return; // not even an address
        }
        HttpResponse<String> answer = admin.send(request.version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .method(
                        route.method().name(),
                        takesBody(route) ? BodyPublishers.ofString(body) : BodyPublishers.noBody()));
        String asked = route.method() + " " + path + " " + (body.length() > 200 ? body.substring(0, 200) : body);
        assertThat(answer.statusCode()).as(asked + " → " + answer.body()).isLessThan(500);
        hasTheHeadersOfEveryAnswer(answer);
        if (answer.statusCode() >= 400) {
            ObjectNode problem = (ObjectNode) RunningAdmin.json(answer);
            assertThat(problem.path("code").textValue()).as(asked).matches("[a-z][a-z0-9-]+");
            assertThat(problem.path("detail").textValue()).as(asked).contains("(expected: ");
        }
    }
}
