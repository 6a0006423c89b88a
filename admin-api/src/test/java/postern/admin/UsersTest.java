package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.SampleStore;

/** People and devices, from the first day to the last. */
class UsersTest {

    private static final String ADAS = "/v1/users/ada@example.org";
    private static final String PHONE = ADAS + "/app-passwords/" + SCANNER.id();

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    private JsonNode patched(String path, String body) throws Exception {
        HttpResponse<String> answer = patch(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private HttpResponse<String> patch(String path, String body) throws Exception {
        return admin.send(admin.request(path)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "*")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    @Test
    void aPersonIsMovedDisabledAndEnabled() throws Exception {
        JsonNode moved = patched(ADAS, "{\"mailbox\": \"a.lovelace@example.org\", \"group\": \"research\"}");
        assertThat(moved.path("mailbox").textValue()).isEqualTo("a.lovelace@example.org");
        assertThat(moved.path("group").textValue()).isEqualTo("research");

        JsonNode disabled = patched(ADAS, "{\"enabled\": false, \"group\": null}");
        assertThat(disabled.path("enabled").booleanValue()).isFalse();
        assertThat(disabled.path("group").isNull()).isTrue();
        assertThat(disabled.path("mailbox").textValue()).isEqualTo("a.lovelace@example.org");
        problem(admin.post(ADAS + "/app-passwords", "{\"name\": \"x\"}"), 403, "app-passwords-disallowed");

        assertThat(patched(ADAS, "{\"enabled\": true}").path("enabled").booleanValue())
                .isTrue();
    }

    @Test
    void aDeviceHasSomebodyWhoLooksAfterIt() throws Exception {
        HttpResponse<String> added = admin.post(
                "/v1/users",
                "{\"login_name\": \"scanner-3@example.org\", \"kind\": \"device\", \"owner_group\": \"front office\"}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(json(added).path("owner_group").textValue()).isEqualTo("front office");

        problem(
                admin.post("/v1/users", "{\"login_name\": \"x@example.org\", \"kind\": \"device\"}"),
                400,
                "malformed-request");
        problem(
                admin.post("/v1/users", "{\"login_name\": \"x@example.org\", \"owner_group\": \"front office\"}"),
                400,
                "malformed-request");
        problem(
                admin.post("/v1/users/scanner-3@example.org/app-passwords", "{\"name\": \"x\"}"),
                400,
                "malformed-request"); // from where?
        HttpResponse<String> made = admin.post(
                "/v1/users/scanner-3@example.org/app-passwords",
                "{\"name\": \"x\", \"networks\": [\"192.0.2.0/24\"], \"messages_per_day\": 200}");
        assertThat(json(made).path("protocols")).hasToString("[\"smtp\"]");
        assertThat(json(made).path("messages_per_day").intValue()).isEqualTo(200);
    }

    @Test
    void anAliasLeadsToOneUser() throws Exception {
        HttpResponse<String> added = admin.post(ADAS + "/aliases", "{\"alias\": \"countess@example.org\"}");
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(admin.get("/v1/users/countess@example.org"))
                        .path("login_name")
                        .textValue())
                .isEqualTo("ada@example.org");
        assertThat(json(admin.get(ADAS)).path("aliases")).hasToString("[\"countess@example.org\"]");
        problem(admin.post(ADAS + "/aliases", "{\"alias\": \"countess@example.org\"}"), 409, "user-exists");

        String location = added.headers().firstValue("Location").orElseThrow();
        assertThat(admin.delete(location).statusCode()).isEqualTo(204);
        problem(admin.delete(location), 404, "alias-not-found");
        problem(admin.get("/v1/users/countess@example.org"), 404, "user-not-found");
    }

    @Test
    void whoIsErasedIsGone() throws Exception {
        HttpResponse<String> erased =
                admin.send(admin.request(ADAS).header("If-Match", "*").DELETE());
        assertThat(erased.statusCode()).isEqualTo(204);
        problem(admin.get(ADAS), 404, "user-not-found");
        assertThat(store.credentials().of(ADA)).isEmpty();
    }

    @Test
    void anAppPasswordIsRenamedNarrowedSuspendedAndResumed() throws Exception {
        JsonNode narrowed = patched(
                PHONE,
                "{\"name\": \"Copier\", \"protocols\": [\"smtp\"], \"suspended\": true,"
                        + " \"networks\": [\"192.0.2.0/24\"], \"senders\": [\"ada@example.org\"], \"pin\": \"observe\"}");
        assertThat(narrowed.path("name").textValue()).isEqualTo("Copier");
        assertThat(narrowed.path("protocols")).hasToString("[\"smtp\"]");
        assertThat(narrowed.path("networks")).hasToString("[\"192.0.2.0/24\"]");
        assertThat(narrowed.path("suspended").booleanValue()).isTrue();
        assertThat(narrowed.path("pin").textValue()).isEqualTo("observe");

        JsonNode resumed = patched(PHONE, "{\"suspended\": false, \"networks\": null}");
        assertThat(resumed.path("suspended").booleanValue()).isFalse();
        assertThat(resumed.path("networks")).isEmpty();
        assertThat(resumed.path("protocols")).hasToString("[\"smtp\"]");
    }

    @Test
    void whatCannotBeIsSaidAndNothingOfItIsDone() throws Exception {
        problem(patch(PHONE, "{\"name\": \"Copier\", \"protocols\": []}"), 400, "malformed-request");
        problem(patch(PHONE, "{\"name\": \"Copier\", \"networks\": [\"nowhere\"]}"), 400, "malformed-request");
        problem(patch(PHONE, "{\"name\": \"Copier\", \"pin\": \"maybe\"}"), 400, "malformed-request");
        problem(patch(PHONE, "{\"name\": \"\"}"), 400, "malformed-request");
        problem(patch(PHONE, "{\"messages_per_day\": -1}"), 400, "malformed-request");
        problem(patch(ADAS, "{\"owner_group\": \"x\"}"), 400, "malformed-request");
        assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);
    }

    @Test
    void allAreRevokedAtOnce() throws Exception {
        assertThat(json(admin.post(ADAS + "/app-passwords:revoke-all", "{}"))
                        .path("revoked")
                        .intValue())
                .isEqualTo(1);
        assertThat(store.credentials().of(ADA)).isEmpty();
        assertThat(json(admin.post(ADAS + "/app-passwords:revoke-all", "{}"))
                        .path("revoked")
                        .intValue())
                .isZero();
    }
}
