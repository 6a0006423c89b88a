package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.LoginName;
import postern.credentials.audit.AuditKind;

/** The first token of the admin API, and that it opens the API and nothing else. */
class AdminCommandTest {

    private static final String ADA = "/v1/users/ada@example.org";

    @TempDir
    private Path folder;

    @Test
    void theFirstTokenIsMadeOnTheHostAndToldOnce() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            HostCommands host = new HostCommands(folder);

            assertThat(host.execute("admin bootstrap")).as(host.complained()).isZero();
            String token = host.said().strip();
            assertThat(token).matches("pst_[0-9A-Za-z]{36}");
            assertThat(host.complained())
                    .matches("tok_[0-9a-z]{16}, an owner's, until \\S+Z\\. It is told this once:\n");
            assertThat(server.admin(token, "GET", ADA, "").statusCode()).isEqualTo(200);

            assertThat(host.execute("admin bootstrap")).isEqualTo(1);
            assertThat(host.said()).isEmpty();
            assertThat(host.complained().lines()).singleElement().asString().contains("--again");

            assertThat(host.execute("admin bootstrap", "--again")).isZero();
            assertThat(host.said().strip()).startsWith("pst_").isNotEqualTo(token);
            assertThat(server.admin(host.said().strip(), "GET", ADA, "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(StoredTrail.of(folder, AuditKind.ADMIN_TOKEN_CREATED))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.actorName().orElseThrow().text()).endsWith(" on the host"));
    }

    /** T-05 */
    @Test
    void anApiTokenOpensNoMailboxAndAnAppPasswordNoApi() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            String secret = server.newcomer(new LoginName("bob@example.org")).secret();

            assertThat(client.say("LOGIN bob@example.org " + server.adminToken()))
                    .contains("NO [AUTHENTICATIONFAILED]");
            assertThat(server.admin(secret, "GET", ADA, "").statusCode()).isEqualTo(401);
            assertThat(server.admin(server.adminToken(), "GET", ADA, "").statusCode())
                    .isEqualTo(200);
        }
    }
}
