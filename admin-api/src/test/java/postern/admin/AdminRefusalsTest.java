package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.hashingPool;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;

class AdminRefusalsTest {

    private static final String ADA = "/v1/users/ada@example.org";
    private static final String ADAS = ADA + "/app-passwords";

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users/nobody@example.org,                          user-not-found",
        "/v1/users/nobody@example.org/app-passwords,            user-not-found",
        "/,                                                     not-found",
        "/v1,                                                   not-found",
        "/v1/users/,                                            not-found",
        "/v1/users/ada@example.org/,                            not-found",
        "/v1/users/ada@example.org/app-passwords/x/y,           not-found",
        "/v2/users/ada@example.org,                             not-found"
    })
    void whatIsNotThereIsNotFound(String path, String code) throws Exception {
        problem(admin.get(path), 404, code);
    }

    @Test
    void anIdThatIsNobodysIsNotFound() throws Exception {
        problem(admin.delete(ADAS + "/apw_0000000000000000"), 404, "app-password-not-found");
        problem(admin.delete(ADAS + "/not-an-id"), 404, "app-password-not-found");
        problem(admin.post("/v1/users/nobody/app-passwords", "{\"name\": \"x\"}"), 404, "user-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE,  /v1/users,                                             'GET, HEAD, POST'",
        "PUT,     /v1/users,                                             'GET, HEAD, POST'",
        "GET,     /v1/sessions:end,                                      POST",
        "OPTIONS, /v1/users/ada@example.org,                             'DELETE, GET, HEAD, PATCH'",
        "PUT,     /v1/users/ada@example.org/app-passwords,               'GET, HEAD, POST'",
        "TRACE,   /v1/users/ada@example.org/app-passwords,               'GET, HEAD, POST'",
        "POST,    /v1/users/ada@example.org/app-passwords/apw_x,         'DELETE, GET, HEAD, PATCH'"
    })
    void aMethodThatThePathDoesNotKnowHearsWhichItDoes(String method, String path, String allow) throws Exception {
        HttpResponse<String> refused = admin.send(admin.request(path).method(method, BodyPublishers.noBody()));

        problem(refused, 405, "method-not-allowed");
        assertThat(refused.headers().firstValue("Allow")).contains(allow);
    }

    @Test
    void saysWhichTypesItReadsAndWrites() throws Exception {
        HttpRequest.BodyPublisher body = BodyPublishers.ofString("{\"name\": \"Phone\"}");
        problem(admin.send(admin.request(ADAS).POST(body)), 415, "unsupported-media-type");
        problem(
                admin.send(
                        admin.request(ADAS).header("Content-Type", "text/plain").POST(body)),
                415,
                "unsupported-media-type");
        problem(admin.send(admin.request(ADA).header("Accept", "text/html")), 406, "not-acceptable");
        for (String accept : new String[] {"*/*", "text/html, application/*;q=0.1", "application/json;charset=utf-8"}) {
            assertThat(admin.send(admin.request(ADA).header("Accept", accept)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theLimitIsTold() throws Exception {
        assertThat(admin.post(ADAS, "{\"name\": \"Second\"}").statusCode()).isEqualTo(201);

        JsonNode problem = problem(admin.post(ADAS, "{\"name\": \"Third\"}"), 409, "app-password-limit-reached");

        assertThat(problem.path("limit").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aBodyTooLargeIsRefused(Version version) throws Exception {
        HttpRequest.Builder large = admin.request(ADAS)
                .version(version)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"" + "x".repeat(256 * 1024) + "\"}"));

        problem(admin.send(large), 413, "request-too-large");
        assertThat(store.credentials().of(SCANNER.owner())).hasSize(1);
    }

    @Test
    void aBrokenStoreIsNeverTakenForAbsence() throws Exception {
        try (RunningAdmin broken = new RunningAdmin(broken())) {
            List<HttpResponse<String>> answers = List.of(
                    broken.get(ADA),
                    broken.get(ADAS),
                    broken.get(ADA + "/grants"),
                    broken.post("/v1/users", "{\"login_name\": \"bob\"}"),
                    broken.post(ADAS, "{\"name\": \"Phone\"}"),
                    broken.delete(ADAS + "/" + SCANNER.id()));
            for (HttpResponse<String> answer : answers) {
                problem(answer, 503, "store-unavailable");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).doesNotContain("has been closed");
            }
            assertThat(broken.log().text()).contains("has been closed");
        }
    }

    @Test
    void aFullHashingPoolIsBusy() throws Exception {
        HashingPool full = hashingPool();
        full.close();
        try (RunningAdmin busy = new RunningAdmin(SampleStore.with(), full)) {
            HttpResponse<String> answer = busy.post(ADAS, "{\"name\": \"Phone\"}");

            problem(answer, 503, "busy");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void aFaultOfOursTellsNothingOfItself() throws Exception {
        try (RunningAdmin faulty = new RunningAdmin(SampleStore.with(), hashingPool(), () -> {
            throw new IllegalStateException("password of the database is hunter2");
        })) {
            HttpResponse<String> answer = faulty.post("/v1/users", "{\"login_name\": \"grace@example.org\"}");

            problem(answer, 500, "internal-error");
            assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("Exception");
            assertThat(faulty.log().text())
                    .contains("request failed")
                    .contains(answer.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    /** Its database is gone. */
    private static SampleStore broken() {
        SampleStore store = SampleStore.with(SCANNER);
        store.close();
        return store;
    }
}
