package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.app.dovecot.Dovecot;
import postern.credentials.issue.Issue.Made;

/** A client, Postern, and a Dovecot that knows nothing of app passwords. */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotLoginTest {

    private static final String MESSAGE = "Subject: Through the side gate\r\n\r\nHello Ada.\r\n";

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private Path masterPassword;

    @BeforeAll
    void startDovecot(@TempDir Path dovecotFolder, @TempDir Path folder) throws Exception {
        dovecot = Dovecot.start(dovecotFolder);
        dovecot.deliver(ADA.value(), MESSAGE);
        masterPassword = folder.resolve("master");
        Files.createFile(
                masterPassword, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(masterPassword, dovecot.masterPassword());
    }

    @AfterAll
    void stopDovecot() {
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"master-user, implicit", "master-user, starttls", "authzid, implicit", "authzid, starttls"})
    void anAppPasswordOpensTheMailbox(String strategy, String tls, @TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream(strategy, tls));
                ImapClient client = server.overTls()) {
            Made made = server.issue(ADA);

            assertThat(client.say("LOGIN ada@example.org " + made.secret()))
                    .contains("OK [CAPABILITY IMAP4rev1 ", "] Logged in.")
                    .contains("IDLE")
                    .doesNotContain("AUTH=", "STARTTLS");
            assertThat(client.say("SELECT INBOX")).contains("1 EXISTS");
            assertThat(client.say("FETCH 1 BODY[]")).contains("Hello Ada.");
            await().untilAsserted(() -> assertThat(dovecot.log()).contains("Login: user=<ada@example.org>", "TLS"));
        }
    }

    @Test
    void commandsBehindTheLoginReachTheMailboxOnceAndInOrder(@TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream("master-user", "implicit"));
                ImapClient client = server.overTls()) {
            client.send("a LOGIN ada@example.org %s\r\nb SELECT INBOX\r\nc NOOP\r\nd IDLE\r\n"
                    .formatted(server.issue(ADA).secret()));

            assertThat(client.until("+ ")).containsSubsequence("a OK", "b OK", "c OK", "+ ");
            client.send("DONE\r\n");
            assertThat(client.until("d ")).contains("d OK");
        }
    }

    /** Trap 22, with a server that knows UNAUTHENTICATE and literals of all kinds. */
    @Test
    void aMessageIsAppendedUnalteredAndTheLoginStays(@TempDir Path own) throws Exception {
        String message = "Subject: x\r\n\r\nz UNAUTHENTICATE\r\nz APPEND INBOX {9+}\r\n";
        try (WholeServer server = WholeServer.start(own, upstream("master-user", "implicit"));
                ImapClient client = server.overTls()) {
            client.say("LOGIN ada@example.org " + server.issue(ADA).secret());

            assertThat(client.say("UNAUTHENTICATE")).isEqualTo("a2 BAD You are logged in, and stay so.\n");
            assertThat(client.say("CAPABILITY"))
                    .contains("* CAPABILITY IMAP4rev1 ", "LITERAL+")
                    .doesNotContain("UNAUTHENTICATE", "COMPRESS", "AUTH=", "SASL-IR");
            assertThat(client.say("CREATE Sent")).contains("a4 OK");
            assertThat(client.say("APPEND Sent {%d+}\r\n%s".formatted(message.length(), message)))
                    .startsWith("a5 OK [APPENDUID");
            assertThat(client.say("APPEND NoSuch {%d+}\r\n%s".formatted(message.length(), message)))
                    .contains("a6 NO [TRYCREATE]");
            assertThat(client.say("NOSUCH {19+}\r\nz UNAUTHENTICATE\r\n")).contains("a7 BAD");
            client.say("SELECT Sent");
            assertThat(client.say("FETCH 1:* BODY[]"))
                    .contains("z UNAUTHENTICATE\nz APPEND INBOX {9+}\n")
                    .contains("a9 OK")
                    .doesNotContain("* 2 FETCH");
        }
    }

    @Test
    void aServerThatNeedsNoGuardHearsAll(@TempDir Path own) throws Exception {
        String unguarded = upstream("master-user", "implicit").replace("tls = implicit", "tls = implicit, guard = off");
        try (WholeServer server = WholeServer.start(own, unguarded);
                ImapClient client = server.overTls()) {
            client.say("LOGIN ada@example.org " + server.issue(ADA).secret());

            assertThat(client.say("STARTTLS")).startsWith("a2 BAD").doesNotContain("You are logged in, and stay so");
        }
    }

    @Test
    void aRevocationEndsTheIdleSessionAndTheNextLoginAtOnce(@TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream("authzid", "implicit"));
                ImapClient idle = server.overTls();
                ImapClient next = server.overTls()) {
            Made made = server.issue(ADA);
            idle.say("LOGIN ada@example.org " + made.secret());
            idle.say("SELECT INBOX");
            idle.send("i IDLE\r\n");
            idle.until("+ ");

            HttpResponse<String> revoked = server.admin(
                    "DELETE",
                    "/v1/users/ada@example.org/app-passwords/"
                            + made.appPassword().id(),
                    "");

            assertThat(revoked.statusCode()).isEqualTo(204);
            assertThat(idle.line()).isEqualTo("* BYE This app password was revoked.");
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(next.say("LOGIN ada@example.org " + made.secret())).contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    @Test
    void aMasterPasswordThatDovecotRefusesIsNotToldAsTheClientsFault(@TempDir Path own) throws Exception {
        Path wrong = own.resolve("wrong");
        Files.copy(masterPassword, wrong, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(wrong, "not-the-master-password");
        try (WholeServer server = WholeServer.start(
                        own, upstream("master-user", "implicit").replace(masterPassword.toString(), wrong.toString()));
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("NO [CONTACTADMIN] The mail server will not open this mailbox.");
            assertThat(server.management("/metrics").body())
                    .contains("postern_upstream_login_seconds_count{outcome=\"refused\",protocol=\"imap\"} 1");
        }
    }

    @Test
    void aCertificateThatIsNotTheHostsGetsNoPassword(@TempDir Path own) throws Exception {
        String noCa = upstream("master-user", "implicit").replaceAll("ca-file = \"[^\"]*\"", "ca-file = \"\"");
        try (WholeServer server = WholeServer.start(own, noCa);
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("NO [UNAVAILABLE]");
            assertThat(server.management("/metrics").body())
                    .contains("postern_upstream_login_seconds_count{outcome=\"untrusted\",protocol=\"imap\"} 1");
        }
    }

    private String upstream(String strategy, String tls) {
        return WholeServer.upstream(
                dovecot.host(),
                "port = %d, tls = %s".formatted(tls.equals("implicit") ? dovecot.imapsPort() : dovecot.imapPort(), tls),
                dovecot.caFile(),
                "strategy = %s, user = %s, password = { file = \"%s\" }"
                        .formatted(strategy, dovecot.masterUser(), masterPassword));
    }
}
