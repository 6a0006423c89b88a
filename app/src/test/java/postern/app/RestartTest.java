package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.issue.SecretGenerator;

/** The same folder, one server after the other. */
class RestartTest {

    private static final String FEW_GUESSES =
            "lockout { delays.free-misses = 100, names { wrong-secrets = 1, first-hold = 5m } }";

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

    /** L-14 */
    @Test
    void whoIsOnHoldStaysOnHold() throws Exception {
        try (WholeServer before = WholeServer.start(folder, FEW_GUESSES)) {
            guess(before, 2);
            assertThat(before.management("/metrics").body()).contains("postern_holds{kind=\"name\"} 1");
        }
        try (WholeServer after = WholeServer.start(folder, FEW_GUESSES)) {
            assertThat(after.management("/metrics").body())
                    .contains("postern_holds{kind=\"name\"} 1")
                    .contains("postern_holds_not_shared_total 0");
        }
    }

    /** L-03 */
    @Test
    void whoHasLoggedInFromHereIsNoStranger() throws Exception {
        try (WholeServer before = WholeServer.start(folder, FEW_GUESSES)) {
            login(before, before.issue(ADA).secret());
        }
        try (WholeServer after = WholeServer.start(folder, FEW_GUESSES)) {
            guess(after, 4);
            assertThat(after.management("/metrics").body()).contains("postern_holds{kind=\"name\"} 0");
        }
    }

    private static void guess(WholeServer server, int times) throws Exception {
        SecretGenerator secrets = new SecretGenerator(new SecureRandom());
        for (int i = 0; i < times; i++) {
            login(server, secrets.draw(20));
        }
    }

    private static String login(WholeServer server, String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }
}
