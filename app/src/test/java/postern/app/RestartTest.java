package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same folder, one server after the other. */
class RestartTest {

    @TempDir
    private Path folder;

    @Test
    void whoWasKnownBeforeNeedsNoArgon2AndWhoWasRevokedIsNotLetIn() throws Exception {
        String kept;
        String revoked;
        try (WholeServer before = WholeServer.start(folder, "")) {
            kept = before.issue(ADA).secret();
            var second = before.issue(ADA);
            revoked = second.secret();
            login(before, kept);
            login(before, revoked);
            before.admin(
                    "DELETE",
                    "/v1/users/ada@example.org/app-passwords/"
                            + second.appPassword().id(),
                    "");
        }
        try (WholeServer after = WholeServer.start(folder, "")) {
            assertThat(login(after, kept)).contains("NO [CONTACTADMIN]"); // in, and no mailbox is routed here
            assertThat(after.management("/metrics").body())
                    .contains("postern_recent_matches_total{result=\"hit\"} 1")
                    .contains("postern_recent_matches_total{result=\"miss\"} 0");
            assertThat(login(after, revoked)).contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    private static String login(WholeServer server, String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }
}
