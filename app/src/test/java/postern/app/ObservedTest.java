package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a running server. */
class ObservedTest {

    @TempDir
    private Path folder;

    @Test
    void loginsAreCountedFromZeroByProtocolAndOutcome() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            assertThat(server.management("/metrics").body())
                    .contains("postern_login_seconds_count{outcome=\"accepted\",protocol=\"imap\"} 0")
                    .contains("postern_login_seconds_count{outcome=\"denied\",protocol=\"imap\"} 0")
                    .contains("postern_login_seconds_count{outcome=\"slowed\",protocol=\"imap\"} 0")
                    .contains("postern_login_seconds_count{outcome=\"turned_away\",protocol=\"imap\"} 0")
                    .contains("postern_login_seconds_count{outcome=\"unavailable\",protocol=\"imap\"} 0")
                    .contains("postern_holds{kind=\"source\"} 0")
                    .contains("postern_log_lines_suppressed_total{log=\"logins\"} 0")
                    .contains("postern_sessions{protocol=\"imap\"} 0")
                    .contains("postern_connections{listener=\"imaps\"} 1");

            client.say("LOGIN ada@example.org " + WRONG_SECRET);
            client.say("LOGIN ada@example.org " + server.issue(ADA).secret());

            assertThat(server.management("/metrics").body())
                    .contains("postern_login_seconds_count{outcome=\"accepted\",protocol=\"imap\"} 1")
                    .contains("postern_login_seconds_count{outcome=\"denied\",protocol=\"imap\"} 1")
                    .contains("postern_upstream_login_seconds_count{outcome=\"no_route\",protocol=\"imap\"} 1");
        }
    }

    @Test
    void nobodysNameOrAddressIsALabel() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            client.say("LOGIN ada@example.org " + server.issue(ADA).secret());

            assertThat(server.management("/metrics").body()).doesNotContain("ada", "example.org", "127.0.0.1", "apw_");
        }
    }

    @Test
    void metricsAreOpenMetricsForWhoAsks() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            HttpResponse<String> plain = server.management("/metrics");

            assertThat(plain.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
        }
    }

    @Test
    void aServerThatIsUpIsLiveAndReady() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            assertThat(server.management("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.management("/health/ready").body()).contains("\"store\":\"ok\"");
        }
    }

    @Test
    void whatAnAdministratorIssuesOpensTheDoorAndWhatTheyRevokeDoesNot() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            assertThat(server.admin("POST", "/v1/users", "{\"login_name\": \"grace@example.org\"}")
                            .statusCode())
                    .isEqualTo(201);
            String made = server.admin("POST", "/v1/users/grace@example.org/app-passwords", "{\"name\": \"Old phone\"}")
                    .body();
            String secret = made.replaceAll(".*\"secret\":\"([^\"]*)\".*", "$1");
            String id = made.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");

            assertThat(client.say("LOGIN grace@example.org " + secret)).contains("NO [CONTACTADMIN]");
            assertThat(server.admin("DELETE", "/v1/users/grace@example.org/app-passwords/" + id, "")
                            .statusCode())
                    .isEqualTo(204);
            try (ImapClient again = server.overTls()) {
                assertThat(again.say("LOGIN grace@example.org " + secret)).contains("NO [AUTHENTICATIONFAILED]");
            }
        }
    }
}
