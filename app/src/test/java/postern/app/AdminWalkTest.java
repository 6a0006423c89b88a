package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** What an administrator does over the API is felt at the doors. */
class AdminWalkTest {

    private static final String ADAS = "/v1/users/ada@example.org/app-passwords";
    private static final int MANY = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private MailServersApart mail;
    private WholeServer server;

    @BeforeEach
    void start() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        mail = MailServersApart.start();
        server = WholeServer.start(folder, mail.upstream() + """
                listener-defaults.max-connections-per-address = 1000
                sessions { most-per-person = 1000, most-per-address = 1000 }
                """);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        mail.close();
    }

    private JsonNode asked(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = server.admin(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    @Test
    void aRevocationEndsAHundredSessionsAndCountsThem() throws Exception {
        String secret = server.issue(ADA).secret();
        List<MailClient> clients = new Churn(server, secret).stay(MANY);
        await().untilAsserted(() -> assertThat(asked(200, "GET", "/v1/sessions?page_size=200&user=ada@example.org", "")
                        .path("sessions"))
                .hasSize(MANY));

        JsonNode revoked = asked(200, "POST", ADAS + ":revoke-all", "{}");

        assertThat(revoked.path("revoked").intValue()).isEqualTo(1);
        assertThat(revoked.path("sessions_ended").intValue()).isEqualTo(MANY);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(server.management("/metrics")
                                .body()
                                .lines()
                                .filter(line -> line.startsWith("postern_sessions{")))
                        .isNotEmpty()
                        .allMatch(line -> line.endsWith(" 0.0") || line.endsWith(" 0")));
        for (MailClient client : clients) {
            client.close();
        }
    }

    @Test
    void fromThePersonToTheLineInTheTrail() throws Exception {
        asked(201, "POST", "/v1/users", "{\"login_name\": \"grace@example.org\", \"mailbox\": \"ada@example.org\"}");
        JsonNode made = asked(201, "POST", "/v1/users/grace@example.org/app-passwords", "{\"name\": \"Phone\"}");
        String one =
                "/v1/users/grace@example.org/app-passwords/" + made.path("id").textValue();

        try (MailClient client = server.overTls("imaps")) {
            assertThat(client.ask(
                            "a LOGIN grace@example.org " + made.path("secret").textValue()))
                    .startsWith("a OK ");
            await().untilAsserted(() -> assertThat(asked(200, "GET", "/v1/sessions?user=grace@example.org", "")
                            .path("sessions"))
                    .hasSize(1));
            await().untilAsserted(() -> assertThat(
                            asked(200, "GET", one, "").at("/last_use/protocol").textValue())
                    .isEqualTo("imap"));

            assertThat(server.admin("DELETE", one, "").statusCode()).isEqualTo(204);
            assertThat(client.line()).startsWith("* BYE");
            assertThat(client.isAtEnd()).isTrue();
        }
        JsonNode event = asked(200, "GET", "/v1/audit-events?subject=grace@example.org&kind=app_password.revoked", "")
                .at("/audit_events/0");
        assertThat(event.path("actor_kind").textValue()).isEqualTo("token");
        assertThat(event.path("app_password")).isEqualTo(made.path("id"));
    }
}
