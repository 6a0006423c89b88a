package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.app.dovecot.Dovecot;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;

/** The same by POP3: a client, Postern, and a Dovecot that knows nothing of app passwords. */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotPop3Test {

    private static final String MESSAGE =
            "Subject: Through the side gate\r\n\r\nHello Ada.\r\n.\r\n+OK and a dot above.\r\n";

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @BeforeAll
    void startDovecot(@TempDir Path folder) throws Exception {
        dovecot = Dovecot.start(folder);
        dovecot.deliver(ADA.value(), MESSAGE);
    }

    @AfterAll
    void stopDovecot() {
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"master-user, implicit", "master-user, starttls", "authzid, implicit", "authzid, starttls"})
    void anAppPasswordOpensTheMailbox(String strategy, String tls, @TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream(own, strategy, tls, dovecot.masterPassword()));
                MailClient client = server.overTls("pop3s")) {
            assertThat(client.greeting()).isEqualTo("+OK Postern ready.");
            assertThat(client.ask("USER ada@example.org")).startsWith("+OK");
            assertThat(client.ask("PASS " + server.issue(ADA).secret())).isEqualTo("+OK Logged in.");
            assertThat(client.ask("STAT")).startsWith("+OK 1 ");
            client.send("RETR 1\r\n");
            assertThat(client.until("+OK and")).contains("Hello Ada.", "\n..\n");
            assertThat(client.line()).isEqualTo(".");
            client.send("CAPA\r\n");
            assertThat(client.until(".")).contains("TOP", "UIDL").doesNotContain("STLS", "SASL", "USER");
            await().untilAsserted(() ->
                    assertThat(dovecot.log()).contains("pop3-login: Info: Login: user=<ada@example.org>", "TLS"));
            assertThat(client.ask("QUIT")).startsWith("+OK");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void commandsBehindTheLoginReachTheMailboxOnceAndInOrder(@TempDir Path own) throws Exception {
        try (WholeServer server =
                        WholeServer.start(own, upstream(own, "master-user", "implicit", dovecot.masterPassword()));
                MailClient client = server.inTheClear("pop3")) {
            assertThat(client.ask("STLS")).isEqualTo("+OK Begin TLS.");
            client.encrypt();
            client.send("USER ada@example.org\r\nPASS %s\r\nSTAT\r\nUIDL\r\nAUTH PLAIN\r\nCAPA\r\nNOOP\r\nQUIT\r\n"
                    .formatted(server.issue(ADA).secret()));

            assertThat(client.line()).startsWith("+OK And");
            assertThat(client.line()).isEqualTo("+OK Logged in.");
            assertThat(client.line()).startsWith("+OK 1 ");
            assertThat(client.until(".")).startsWith("+OK\n1 ");
            assertThat(client.line()).isEqualTo("-ERR You are logged in already.");
            assertThat(client.until(".")).contains("TOP", "UIDL");
            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.line()).startsWith("+OK Logging out");
        }
    }

    @Test
    void aRevocationEndsTheSessionAndTheNextLoginAtOnce(@TempDir Path own) throws Exception {
        try (WholeServer server =
                        WholeServer.start(own, upstream(own, "authzid", "implicit", dovecot.masterPassword()));
                MailClient idle = server.overTls("pop3s");
                MailClient next = server.overTls("pop3s")) {
            Made made = server.issue(ADA);
            idle.ask("USER ada@example.org");
            assertThat(idle.ask("PASS " + made.secret())).startsWith("+OK");

            HttpResponse<String> revoked = server.admin(
                    "DELETE",
                    "/v1/users/ada@example.org/app-passwords/"
                            + made.appPassword().id(),
                    "");

            assertThat(revoked.statusCode()).isEqualTo(204);
            assertThat(idle.line()).isEqualTo("-ERR This app password was revoked. Closing.");
            assertThat(idle.isAtEnd()).isTrue();
            next.ask("USER ada@example.org");
            assertThat(next.ask("PASS " + made.secret())).startsWith("-ERR [AUTH]");
        }
    }

    @Test
    void aMasterPasswordThatDovecotRefusesIsNotToldAsTheClientsFault(@TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream(own, "master-user", "implicit", "not-it"));
                MailClient client = server.overTls("pop3s")) {
            client.ask("USER ada@example.org");
            assertThat(client.ask("PASS " + server.issue(ADA).secret()))
                    .isEqualTo("-ERR [SYS/PERM] The mail server will not open this mailbox.");
            assertThat(server.management("/metrics").body())
                    .contains("postern_upstream_login_seconds_count{outcome=\"refused\",protocol=\"pop3\"} 1");
        }
    }

    private String upstream(Path own, String strategy, String tls, String password) throws Exception {
        SecretFile.create(own.resolve("master"), password);
        return """
                upstreams.mail {
                  host = "%s", pop3 { port = %d, tls = %s }, ca-file = "%s"
                  login { strategy = %s, user = %s, password = { file = master } }
                }
                routes.default = mail
                """.formatted(
                        dovecot.host(),
                        tls.equals("implicit") ? dovecot.pop3sPort() : dovecot.pop3Port(),
                        tls,
                        dovecot.caFile(),
                        strategy,
                        dovecot.masterUser());
    }
}
