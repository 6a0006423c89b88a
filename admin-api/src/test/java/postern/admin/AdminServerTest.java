package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.RunningAdmin.JSON;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.tagOf;
import static postern.credentials.SampleLogins.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.AppPassword;
import postern.credentials.SampleStore;

class AdminServerTest {

    private static final String ADAS = "/v1/users/ada@example.org/app-passwords";

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void addsAUserOnce() throws Exception {
        HttpResponse<String> added = admin.post("/v1/users", "{\"login_name\": \"Bob+mail@Example.org\"}");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added)).isEqualTo(JSON.readTree("""
                {"login_name": "bob+mail@example.org", "kind": "person", "enabled": true, "mailbox": "bob+mail@example.org",
                "second_step": false, "group": null, "role": null, "created_at": "2026-01-05T09:00:00Z"}"""));
        String location = added.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/v1/users/bob%2Bmail@example.org");
        HttpResponse<String> found = admin.get(location);
        assertThat(json(found).path("login_name")).isEqualTo(json(added).path("login_name"));
        assertThat(found.headers().firstValue("ETag")).isEqualTo(added.headers().firstValue("ETag"));

        HttpResponse<String> again = admin.post("/v1/users", "{\"login_name\": \"bob+mail@example.org\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("code").textValue()).isEqualTo("user-exists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "ada%40example.org", "ADA@example.org", "%61da%40example.org"})
    void knowsAUserBySpellingsOfOneName(String login) throws Exception {
        HttpResponse<String> found = admin.get("/v1/users/" + login);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(found)).isEqualTo(JSON.readTree("""
                {"login_name": "ada@example.org", "kind": "person", "enabled": true, "mailbox": "ada@example.org",
                "second_step": false, "group": null, "role": null, "created_at": "2026-01-05T07:00:00Z", "aliases": []}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob+mail@example.org", "b/o/b", "böb@example.org", "what?#b", "bob&co=~x"})
    void leadsToEveryUserByTheLocationItGave(String name) throws Exception {
        HttpResponse<String> added = admin.post("/v1/users", "{\"login_name\": \"" + name + "\"}");
        String location = added.headers().firstValue("Location").orElseThrow();

        assertThat(json(admin.get(location)).path("login_name").textValue()).isEqualTo(name);
        assertThat(admin.get(location + "/app-passwords").body()).isEqualTo("{\"app_passwords\":[]}");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void issuesAnAppPasswordThatWorks(Version version) throws Exception {
        HttpResponse<String> made = admin.send(admin.request(ADAS)
                .version(version)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(
                        "{\"name\": \"Outlook\", \"expires_at\": \"2026-02-01T00:00:00.1239+01:00\"}")));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.version()).isEqualTo(version);
        JsonNode body = json(made);
        assertThat(names(body)).contains("id", "name", "created_at", "expires_at", "secret");
        assertThat(body.path("name").textValue()).isEqualTo("Outlook");
        assertThat(body.path("created_at").textValue()).isEqualTo("2026-01-05T09:00:00Z");
        assertThat(body.path("expires_at").textValue()).isEqualTo("2026-01-31T23:00:00.123Z");
        assertThat(made.headers().firstValue("Location"))
                .contains(ADAS + "/" + body.path("id").textValue());

        String secret = body.path("secret").textValue();
        AppPassword kept = store.credentials().of(ADA).getLast();
        assertThat(tagOf(kept)).isEqualTo(LOOKUP_KEYS.tag(ADA, typed(secret)));
        assertThat(CHEAP_HASHER.proves(typed(secret).letters(), ADA, kept.id(), hashOf(kept)))
                .isTrue();
    }

    @Test
    void anAppPasswordWithoutAnEndSaysSo() throws Exception {
        assertThat(json(admin.post(ADAS, "{\"name\": \"Phone\"}"))
                        .path("expires_at")
                        .isNull())
                .isTrue();
        assertThat(admin.post("/v1/users/bob/app-passwords", "{\"name\": \"Phone\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void listsWithoutAnythingThatHelpsToGuess() throws Exception {
        HttpResponse<String> listed = admin.get(ADAS);

        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(json(listed)).isEqualTo(JSON.readTree("""
                {"app_passwords": [{"id": "apw_scanner000000001", "name": "Scanner, 2nd floor",
                "suspended": false, "imported": false, "created_at": "2026-01-05T08:00:00Z",
                "protocols": ["activesync", "dav", "imap", "pop3", "smtp"], "networks": [], "not_before": null,
                "expires_at": null, "messages_per_day": null, "recipients_per_day": null, "senders": [], "pin": "off",
                "pinned_device": null, "last_use": null}]}"""));
    }

    @Test
    void tellsASecretOnceAndLogsNone() throws Exception {
        JsonNode made = json(admin.post(ADAS, "{\"name\": \"Phone\"}"));
        String secret = made.path("secret").textValue();
        String id = made.path("id").textValue();

        List<HttpResponse<String>> later = List.of(
                admin.get(ADAS),
                admin.get("/v1/users/ada@example.org"),
                admin.delete(ADAS + "/" + secret),
                admin.post(ADAS, "{\"name\": \"Third\", \"secret\": \"" + secret + "\"}"),
                admin.post(ADAS, "{\"name\": \"" + secret + "\nnewline\"}"),
                admin.post(ADAS, "{\"name\": \"Third\", \"" + secret + "\": 1}"),
                admin.get("/v1/" + secret),
                admin.delete(ADAS + "/" + id));

        assertThat(later).extracting(HttpResponse::body).noneMatch(body -> body.contains(secret));
        List<String> lines = AdminLogTest.linesOf(admin, 9);
        assertThat(lines).noneMatch(line -> line.contains(secret));
        assertThat(admin.log().text()).doesNotContain(secret).doesNotContain(RunningAdmin.TOKEN);
    }

    @Test
    void revokesOnceAndAtOnce() throws Exception {
        HttpResponse<String> revoked = admin.delete(ADAS + "/" + SCANNER_ID);

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(revoked.body()).isEmpty();
        assertThat(store.credentials().of(ADA)).isEmpty();

        HttpResponse<String> again = admin.delete(ADAS + "/" + SCANNER_ID);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(json(again).path("code").textValue()).isEqualTo("app-password-not-found");
    }

    @Test
    void revokesForTheOwnerOnly() throws Exception {
        admin.post("/v1/users", "{\"login_name\": \"bob\"}");

        assertThat(admin.delete("/v1/users/bob/app-passwords/" + SCANNER_ID).statusCode())
                .isEqualTo(404);
        assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);
    }

    @Test
    void answersHeadAsGetWithoutABody() throws Exception {
        HttpResponse<String> head = admin.send(admin.request(ADAS).HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
