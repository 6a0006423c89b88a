package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Role;
import postern.credentials.SampleStore;

/** Several who ask at once, and one who asks again: nobody writes over another's change, and nothing is made twice. */
class ManyCallersTest {

    private static final String ADAS = "/v1/users/ada@example.org/app-passwords";
    private static final String BODY = "{\"name\": \"Phone\"}";

    private final SampleStore store = SampleStore.with();
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    /** Each on a connection of its own: one by HTTP/2 has room for so many requests, and the JDK's client lets the rest fail. */
    private HttpRequest.Builder request(String path) {
        return admin.request(path).version(HttpClient.Version.HTTP_1_1);
    }

    private HttpResponse<String> post(String path, String body, String key) throws Exception {
        return admin.send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> put(String path, String body, String etag) throws Exception {
        return admin.send(request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(BodyPublishers.ofString(body)));
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void ofTwoWhoEditOnePolicyTheSecondIsTold() throws Exception {
        String seenByBoth = etag(admin.get("/v1/policy"));

        HttpResponse<String> first = put("/v1/policy", "{\"most_per_account\": 10}", seenByBoth);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        problem(put("/v1/policy", "{\"most_per_account\": 20}", seenByBoth), 412, "precondition-failed");

        JsonNode now = json(admin.get("/v1/policy"));
        assertThat(now.at("/rules/most_per_account").intValue()).isEqualTo(10);
        assertThat(now.at("/said_by/most_per_account").textValue()).isEqualTo("everyone");
        assertThat(put("/v1/policy", "{\"most_per_account\": 20}", etag(first)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void manyWhoEditOnePolicyAtOnceLoseNothing() throws Exception {
        String seenByAll = etag(admin.get("/v1/policy/domains/example.org"));

        List<HttpResponse<String>> answers = atOnce(
                20, i -> put("/v1/policy/domains/example.org", "{\"most_per_account\": " + (i + 1) + "}", seenByAll));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 412).hasSize(19);
    }

    @Test
    void whoDoesNotSayWhatTheyHaveSeenChangesNothing() throws Exception {
        problem(
                admin.send(admin.request("/v1/policy")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{}"))),
                428,
                "precondition-required");
        problem(admin.delete("/v1/users/ada@example.org"), 428, "precondition-required");
        assertThat(store.accounts().account(ADA)).isPresent();
    }

    @Test
    void whoHasTheLatestIsNotSentItAgain() throws Exception {
        String etag = etag(admin.get("/v1/users/ada@example.org"));

        HttpResponse<String> again =
                admin.send(admin.request("/v1/users/ada@example.org").header("If-None-Match", etag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(etag(again)).isEqualTo(etag);
    }

    @Test
    void fiftyWithOneKeyMakeOneAppPassword() throws Exception {
        List<HttpResponse<String>> answers = atOnce(50, _ -> post(ADAS, BODY, "one key"));

        assertThat(store.credentials().of(ADA)).hasSize(1);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .filteredOn(answer -> answer.body().contains("\"secret\":\""))
                .hasSize(1);
    }

    @Test
    void whoRepeatsARequestHearsTheSameAnswerWithoutTheSecret() throws Exception {
        HttpResponse<String> first = post(ADAS, BODY, "k");
        HttpResponse<String> again = post(ADAS, BODY, "k");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        JsonNode told = json(again);
        assertThat(told.path("id")).isEqualTo(json(first).path("id"));
        assertThat(told.path("secret").isNull()).isTrue();
        assertThat(told.path("secret_already_delivered").booleanValue()).isTrue();
    }

    @Test
    void aKeyIsForOneRequest() throws Exception {
        post(ADAS, BODY, "k");
        problem(post(ADAS, "{\"name\": \"Other\"}", "k"), 422, "idempotency-key-reused");
        problem(post("/v1/users", "{\"login_name\": \"bob\"}", "k"), 422, "idempotency-key-reused");
        problem(post(ADAS, BODY, "k".repeat(256)), 400, "malformed-request");
    }

    /** It made nothing, so it may be put right. */
    @Test
    void whatWasRefusedDoesNotUseUpItsKey() throws Exception {
        problem(post("/v1/users/bob/app-passwords", BODY, "k"), 404, "user-not-found");
        admin.post("/v1/users", "{\"login_name\": \"bob\"}");
        assertThat(post("/v1/users/bob/app-passwords", BODY, "k").statusCode()).isEqualTo(201);
    }

    @Test
    void whatIsOnlyCheckedChangesNothing() throws Exception {
        store.credentials().add(SCANNER, 40, postern.credentials.SampleLogins.ROOT);
        String etag = etag(admin.get(ADAS + "/" + SCANNER.id()));

        assertThat(admin.post(ADAS + "?validate_only=true", BODY).statusCode()).isEqualTo(204);
        assertThat(admin.post("/v1/users?validate_only=true", "{\"login_name\": \"bob\"}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> checked = admin.send(admin.request(ADAS + "/" + SCANNER.id() + "?validate_only=true")
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", etag)
                .method("PATCH", BodyPublishers.ofString("{\"name\": \"Copier\"}")));
        assertThat(json(checked).path("name").textValue()).isEqualTo("Copier");
        assertThat(json(admin.post(ADAS + ":revoke-all?validate_only=true", "{}"))
                        .path("revoked")
                        .intValue())
                .isEqualTo(1);

        assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);
        problem(admin.get("/v1/users/bob"), 404, "user-not-found");
        problem(
                admin.post("/v1/users?validate_only=true", "{\"login_name\": \"ada@example.org\"}"),
                409,
                "user-exists");
    }

    @Test
    void aSlipOfThePenInAParameterIsNotPassedOver() throws Exception {
        problem(admin.post(ADAS + ":revoke-all?validate_onyl=true", "{}"), 400, "malformed-request");
        problem(admin.post(ADAS + ":revoke-all?validate_only=yes", "{}"), 400, "malformed-request");
    }

    @Test
    void whoAsksTooOftenHearsWhenToComeBackAndNobodyElseDoes() throws Exception {
        try (RunningAdmin slow = RunningAdmin.paced(store, 2)) {
            String other = slow.tokenOf(Role.SUPPORT);
            assertThat(slow.get("/v1/policy").statusCode()).isEqualTo(200);
            assertThat(slow.get("/v1/policy").statusCode()).isEqualTo(200);

            HttpResponse<String> oneTooMany = slow.get("/v1/policy");

            problem(oneTooMany, 429, "too-many-requests");
            assertThat(oneTooMany.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 31L);
            assertThat(slow.send(slow.request("/v1/users").setHeader("Authorization", "Bearer " + other))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private interface Asking {
        HttpResponse<String> ask(int number) throws Exception;
    }

    private static List<HttpResponse<String>> atOnce(int many, Asking asking) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                all.add(() -> asking.ask(number));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : callers.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
