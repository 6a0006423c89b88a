package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.SecretGenerator;

/** The lockout as a client of the running server meets it. */
class LockoutTest {

    private static final String WRONG = "NO [AUTHENTICATIONFAILED] Wrong user name or app password.";

    @TempDir
    private Path folder;

    /** L-16 */
    @Test
    void noGuessEverTravelsUpstream() throws Exception {
        SecretGenerator secrets = new SecretGenerator(new SecureRandom());
        try (ServerSocket mail = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                WholeServer server = WholeServer.start(folder, upstreamAt(mail))) {
            for (int i = 0; i < 15; i++) {
                try (ImapClient client = server.overTls()) {
                    assertThat(client.say("LOGIN ada@example.org " + secrets.draw(20)))
                            .contains(WRONG);
                }
            }

            mail.setSoTimeout(50);
            assertThatThrownBy(mail::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.management("/metrics").body().lines())
                    .filteredOn(line -> line.startsWith("postern_upstream_login_seconds_count"))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0"));
        }
    }

    /** L-08, L-12 */
    @Test
    void aDeniedEntryHearsWhatAWrongSecretHears() throws Exception {
        try (WholeServer server = WholeServer.start(folder, """
                        lockout.deny = [ { network = "127.0.0.0/8", reason = "test" } ]
                        """);
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains(WRONG);
        }
    }

    @Test
    void anEntryForANameThatIsNoneIsToldInOneSentence() {
        assertThatThrownBy(() -> WholeServer.start(folder, "lockout.deny = [ { name = \"ada@\" } ]\n"))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("lockout.allow, lockout.deny: login name: ");
    }

    /** L-10 */
    @Test
    void whoFindsNoPlaceToWaitInIsAnsweredAndShownTheDoor() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "lockout.delays.most-per-source = 0");
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org zyxw-vtsr-qpnm-kjhg-fdcb"))
                    .contains(WRONG);
            assertThat(client.say("LOGIN ada@example.org zyxw-vtsr-qpnm-kjhg-fdcb"))
                    .contains(WRONG);
            assertThat(client.line()).contains("* BYE Too many failures.");
        }
    }

    /** L-04: whatever was tried, the right secret opens at once. */
    @Test
    void theRightSecretPassesWhenItsNameIsOnHold() throws Exception {
        SecretGenerator secrets = new SecretGenerator(new SecureRandom());
        try (WholeServer server =
                WholeServer.start(folder, "lockout { delays.free-misses = 100, names.wrong-secrets = 1 }")) {
            for (int i = 0; i < 4; i++) {
                try (ImapClient client = server.overTls()) {
                    client.say("LOGIN ada@example.org " + secrets.draw(20));
                }
            }
            assertThat(server.management("/metrics").body()).contains("postern_holds{kind=\"name\"} 1");

            try (ImapClient client = server.overTls()) {
                assertThat(client.say(
                                "LOGIN ada@example.org " + server.issue(ADA).secret()))
                        .contains("NO [CONTACTADMIN]"); // let in, and no mailbox is configured
            }
        }
    }

    private String upstreamAt(ServerSocket mail) throws Exception {
        SecretFile.create(folder.resolve("master"), "master-password");
        return """
                lockout.mode = learn
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }
                  login { user = postern, password = { file = master } }
                }
                routes.default = mail
                """.formatted(mail.getLocalPort());
    }
}
