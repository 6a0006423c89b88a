package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;

/** Sending: a client, Postern, a Dovecot that knows nothing of app passwords, and the server it hands mail to. */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotSubmissionTest {

    private static final String BODY = "Hello.\r\n..\r\nXCLIENT LOGIN=eve\r\n.\r\n";

    private final GreenMail onwards = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @BeforeAll
    void startBoth(@TempDir Path folder) throws Exception {
        onwards.start();
        dovecot =
                Dovecot.start(folder, DovecotSetup.relayingTo(onwards.getSmtp().getPort()));
    }

    @AfterAll
    void stopBoth() {
        dovecot.close();
        onwards.stop();
    }

    @ParameterizedTest
    @CsvSource({"master-user, implicit", "master-user, starttls", "authzid, implicit", "authzid, starttls"})
    void anAppPasswordSends(String strategy, String tls, @TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(own, upstream(own, strategy, tls, dovecot.masterPassword()));
                MailClient client = server.overTls("submissions")) {
            assertThat(client.greeting()).isEqualTo("220 mail.example.org ESMTP Postern ready.");
            client.send("EHLO scanner\r\n");
            assertThat(client.until("250 ")).contains("250-PIPELINING", "250-SIZE", "250-8BITMIME", "AUTH PLAIN LOGIN");
            assertThat(client.ask(plain(server.issue(ADA)))).isEqualTo("235 2.7.0 Logged in.");

            String to = strategy + "-" + tls + "@example.net";
            send(client, to);

            assertThat(client.ask("QUIT")).startsWith("221 ");
            await().untilAsserted(() -> assertThat(onwards.getReceivedMessages())
                    .filteredOn(message -> GreenMailUtil.getHeaders(message).contains("Subject: For " + to))
                    .singleElement()
                    .satisfies(message ->
                            assertThat(GreenMailUtil.getBody(message)).isEqualTo("Hello.\r\n.\r\nXCLIENT LOGIN=eve")));
            assertThat(dovecot.log()).contains("submission-login: Info: Login: user=<ada@example.org>");
        }
    }

    @Test
    void whatWouldLendTheUpstreamsTrustIsAnsweredHere(@TempDir Path own) throws Exception {
        try (WholeServer server =
                        WholeServer.start(own, upstream(own, "master-user", "implicit", dovecot.masterPassword()));
                MailClient client = server.inTheClear("submission")) {
            assertThat(client.ask("STARTTLS")).isEqualTo("220 2.0.0 Begin TLS.");
            client.encrypt();
            client.send(plain(server.issue(ADA)) + "\r\nXCLIENT LOGIN=eve\r\nAUTH PLAIN\r\nSTARTTLS\r\nEHLO again\r\n");

            assertThat(client.line()).startsWith("235 ");
            assertThat(client.line()).isEqualTo("550 5.7.0 Not here.");
            assertThat(client.line()).isEqualTo("503 5.5.1 You are logged in already.");
            assertThat(client.line()).isEqualTo("503 5.5.1 You are logged in already.");
            assertThat(client.until("250 "))
                    .startsWith("250-mail.example.org\n")
                    .contains("CHUNKING")
                    .doesNotContain("AUTH", "STARTTLS", "XCLIENT", "BURL");
            send(client, "behind@example.net");
        }
    }

    @Test
    void aRevocationEndsTheSessionBetweenTwoMessages(@TempDir Path own) throws Exception {
        try (WholeServer server =
                        WholeServer.start(own, upstream(own, "authzid", "implicit", dovecot.masterPassword()));
                MailClient client = server.overTls("submissions")) {
            Made made = server.issue(ADA);
            assertThat(client.ask(plain(made))).startsWith("235 ");
            send(client, "before@example.net");

            HttpResponse<String> revoked = server.admin(
                    "DELETE",
                    "/v1/users/ada@example.org/app-passwords/"
                            + made.appPassword().id(),
                    "");

            assertThat(revoked.statusCode()).isEqualTo(204);
            assertThat(client.line()).isEqualTo("421 4.7.0 This app password was revoked.");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aPromiseThatDovecotDoesNotKeepIsNotToldAsTheClientsFault(@TempDir Path own) throws Exception {
        try (WholeServer server = WholeServer.start(
                        own,
                        upstream(own, "master-user", "implicit", dovecot.masterPassword())
                                + "upstreams.mail.smtp.extensions = \"SIZE MT-PRIORITY\"\n");
                MailClient client = server.overTls("submissions")) {
            assertThat(client.ask(plain(server.issue(ADA)))).isEqualTo("454 4.7.0 The mail server is not reachable.");
            assertThat(server.management("/metrics").body())
                    .contains("postern_upstream_login_seconds_count{outcome=\"confused\",protocol=\"smtp\"} 1");
        }
    }

    private static void send(MailClient client, String to) throws Exception {
        assertThat(client.ask("MAIL FROM:<ada@example.org>")).startsWith("250 ");
        assertThat(client.ask("RCPT TO:<" + to + ">")).startsWith("250 ");
        assertThat(client.ask("DATA")).startsWith("354 ");
        client.send("Subject: For " + to + "\r\n\r\n" + BODY);
        assertThat(client.line()).startsWith("250 ");
    }

    private static String plain(Made made) {
        String message = "\0ada@example.org\0" + made.secret();
        return "AUTH PLAIN " + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.US_ASCII));
    }

    private String upstream(Path own, String strategy, String tls, String password) throws Exception {
        SecretFile.create(own.resolve("master"), password);
        return """
                upstreams.mail {
                  host = "%s", smtp { port = %d, tls = %s }, ca-file = "%s"
                  login { strategy = %s, user = %s, password = { file = master } }
                }
                routes.default = mail
                """.formatted(
                        dovecot.host(),
                        tls.equals("implicit") ? dovecot.submissionsPort() : dovecot.submissionPort(),
                        tls,
                        dovecot.caFile(),
                        strategy,
                        dovecot.masterUser());
    }
}
