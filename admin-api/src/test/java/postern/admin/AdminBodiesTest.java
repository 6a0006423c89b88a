package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.RunningAdmin.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.SampleStore;

/** What a body must not be, and what is said of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminBodiesTest {

    private static final String ADAS = "/v1/users/ada@example.org/app-passwords";

    private final RunningAdmin admin = new RunningAdmin(SampleStore.with());

    @BeforeAll
    void nothingIsThereBefore() throws Exception {
        assertThat(admin.get(ADAS).body()).isEqualTo("{\"app_passwords\":[]}");
    }

    @AfterAll
    void nothingIsThereAfter() throws Exception {
        assertThat(admin.get(ADAS).body()).isEqualTo("{\"app_passwords\":[]}");
        admin.close();
    }

    private static void malformed(HttpResponse<String> refused, String detail) throws Exception {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).path("code").textValue()).isEqualTo("malformed-request");
        assertThat(json(refused).path("detail").textValue()).startsWith(detail).contains("(expected: ");
    }

    /** S-01 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                     | body: not a JSON object",
                "null                                                   | body: not a JSON object",
                "[]                                                     | body: not a JSON object",
                "\"name\"                                               | body: not a JSON object",
                "{                                                      | body: not JSON at line 1",
                "{\"name\": \"x\"                                       | body: not JSON at line 1",
                "{\"name\": \"x\"} {}                                   | body: not JSON",
                "{\"name\": \"x\", \"name\": \"y\"}                     | body: not JSON",
                "{'name': 'x'}                                          | body: not JSON",
                "{\"name\": \"x\", /* y */}                             | body: not JSON",
                "{}                                                     | name: missing",
                "{\"name\": null}                                       | name: missing",
                "{\"name\": 7}                                          | name: not a string",
                "{\"name\": true}                                       | name: not a string",
                "{\"name\": {\"x\": 1}}                                 | name: not a string",
                "{\"name\": \"\"}                                       | name: 0 characters",
                "{\"name\": \" \"}                                      | name: 0 characters",
                "{\"name\": \"a\\u0000b\"}                              | name: has a control character",
                "{\"name\": \"\\ud83d\"}                                | name: has half a character",
                "{\"name\": \"x\", \"secret\": \"mine\"}                | secret: unknown property",
                "{\"name\": \"x\", \"secret\": null}                    | secret: unknown property",
                "{\"name\": \"x\", \"$%&\": 1}                          | body: unknown property",
                "{\"name\": \"x\", \"expires_at\": 1893456000}          | expires_at: not a string",
                "{\"name\": \"x\", \"expires_at\": \"tomorrow\"}        | expires_at: not a time",
                "{\"name\": \"x\", \"expires_at\": \"2027-01-31\"}      | expires_at: not a time",
                "{\"name\": \"x\", \"expires_at\": \"2027-02-30T00:00:00Z\"}       | expires_at: not a time",
                "{\"name\": \"x\", \"expires_at\": \"+999999999-01-01T00:00:00Z\"} | expires_at: not a time",
                "{\"name\": \"x\", \"expires_at\": \"2026-01-05T08:59:59Z\"}       | expires_at: 2026-01-05T08:59:59Z",
                "{\"name\": \"x\", \"expires_at\": \"2026-01-05T09:00:00Z\"}       | expires_at: 2026-01-05T09:00:00Z",
                "{\"name\": \"x\", \"expires_at\": \"2026-01-05T09:00:00.0001Z\"}  | expires_at: 2026-01-05T09:00:00Z"
            })
    void anAppPasswordIsNotMadeOf(String body, String detail) throws Exception {
        malformed(admin.post(ADAS, body), detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"login_name\": \"\"}",
                "{\"login_name\": \"a b\"}",
                "{\"login_name\": \"a*b\"}",
                "{\"login_name\": \"a\\r\\nb\"}",
                "{\"login_name\": \"\\ud83d\"}",
                "{\"login_name\": [\"a\"]}",
                "{\"login_name\": \"bob\", \"admin\": true}"
            })
    void aUserIsNotMadeOf(String body) throws Exception {
        malformed(admin.post("/v1/users", body), "");
        assertThat(admin.get("/v1/users/bob").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%22b", "a%20b", "a%25b", "%E2%82%AC", "%C3%28", "a%2Ab", "a%00b", "a%0Ab"})
    void aPathNamesNobodyWith(String login) throws Exception {
        malformed(admin.get("/v1/users/" + login), "");
    }

    @Test
    void aNameMayHaveSixtyCharactersAndNoMore() throws Exception {
        malformed(admin.post(ADAS, "{\"name\": \"" + "x".repeat(61) + "\"}"), "name: 61 characters");
        malformed(
                admin.post("/v1/users", "{\"login_name\": \"" + "x".repeat(321) + "\"}"), "login name: 321 characters");
    }

    @Test
    void aDepthBombIsMalformed() throws Exception {
        malformed(admin.post(ADAS, "[".repeat(100_000)), "body: not JSON");
        malformed(admin.post(ADAS, "{\"name\":".repeat(20_000)), "body: not JSON");
    }

    @Test
    void whatIsNotUtf8IsMalformed() throws Exception {
        byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc3, '(', '"', '}'};

        malformed(
                admin.send(admin.request(ADAS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))),
                "body: not ");
    }
}
