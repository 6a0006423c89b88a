package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.credentials.LoginName;
import postern.credentials.hash.SecretFile;

/** A Dovecot that believes Postern where a client comes from writes it into its log, and never what the client says. */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotClientAddressTest {

    private static final String CLIENT = "127.0.0.7";
    private static final String BALANCER = "127.0.0.8";
    private static final String POSTERN = "127.0.0.1";
    private static final String LIE = "192.0.2.66";

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    @BeforeAll
    @Timeout(120)
    void start(@TempDir Path dovecotFolder, @TempDir Path own) throws Exception {
        dovecot = Dovecot.start(dovecotFolder, DovecotSetup.PLAIN.trusting(POSTERN));
        SecretFile.create(own.resolve("master"), dovecot.masterPassword());
        server = WholeServer.start(
                own,
                upstream("off", dovecot.imapsPort(), dovecot.pop3sPort())
                        + upstream("id-and-xclient", dovecot.imapsPort(), dovecot.pop3sPort())
                        + upstream("proxy-protocol", dovecot.imapsProxyPort(), dovecot.pop3sProxyPort())
                        + "listener-defaults.proxy-protocol.from = [ \"" + BALANCER + "\" ]\n");
    }

    /** For everybody of a domain that is called after it. */
    private String upstream(String clientAddress, int imap, int pop3) {
        return """
                upstreams.%1$s {
                  host = "%2$s", ca-file = "%3$s", client-address = %1$s
                  imap.port = %4$d, pop3.port = %5$d, smtp { port = %6$d, tls = starttls }
                  login { strategy = authzid, user = %7$s, password = { file = master } }
                }
                routes.domains { "%1$s.example" = %1$s }
                """.formatted(
                        clientAddress,
                        dovecot.host(),
                        dovecot.caFile(),
                        imap,
                        pop3,
                        dovecot.submissionPort(),
                        dovecot.masterUser());
    }

    @AfterAll
    void stop() {
        server.close();
        dovecot.close();
    }

    /** The client of the sixth version of IP comes by a load balancer; Dovecot is called by the fourth. */
    @ParameterizedTest
    @CsvSource({
        "off,            imaps,       127.0.0.7,    127.0.0.1",
        "id-and-xclient, imaps,       127.0.0.7,    127.0.0.7",
        "id-and-xclient, imaps,       2001:db8::7,  2001:db8::7",
        "id-and-xclient, pop3s,       127.0.0.7,    127.0.0.7",
        "id-and-xclient, pop3s,       2001:db8::7,  2001:db8::7",
        "id-and-xclient, submissions, 127.0.0.7,    127.0.0.7",
        "id-and-xclient, submissions, 2001:db8::7,  2001:db8::7",
        "proxy-protocol, imaps,       127.0.0.7,    127.0.0.7",
        "proxy-protocol, imaps,       2001:db8::7,  2001:db8::7",
        "proxy-protocol, pop3s,       127.0.0.7,    127.0.0.7"
    })
    void dovecotSeesTheClientWhereItIsToldOfIt(String clientAddress, String door, String from, String seen)
            throws Exception {
        LoginName ada = new LoginName(
                "ada-%s-%s@%s.example".formatted(door, from.startsWith("127.") ? "4" : "6", clientAddress));
        try (MailClient client = comes(from, door)) {
            logIn(client, door, ada);
        }

        await().untilAsserted(() ->
                assertThat(dovecot.log()).contains("Login: user=<" + ada + ">, method=PLAIN, rip=" + seen + ","));
    }

    private MailClient comes(String from, String door) throws Exception {
        return from.startsWith("127.")
                ? server.overTls(door, from, "")
                : server.overTls(door, BALANCER, "PROXY TCP6 " + from + " 2001:db8::1 5000 993\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "id-and-xclient", "proxy-protocol"})
    void whatTheClientSaysOfItselfStaysHere(String clientAddress) throws Exception {
        String domain = "@" + clientAddress + ".example";
        try (MailClient client = server.overTls("imaps", CLIENT, "")) {
            client.send("i ID (\"name\" \"Outlook\" \"x-originating-ip\" \"" + LIE + "\")\r\n");
            assertThat(client.until("i ")).contains("i OK");
            logIn(client, "imaps", new LoginName("eve-imap" + domain));
            assertThat(client.ask("j ID (\"x-originating-ip\" \"" + LIE + "\")"))
                    .isEqualTo("j BAD Say of yourself what you like, and of others nothing.");
        }
        try (MailClient client = server.overTls("pop3s", CLIENT, "")) {
            logIn(client, "pop3s", new LoginName("eve-pop3" + domain));
            assertThat(client.ask("XCLIENT ADDR=" + LIE)).isEqualTo("-ERR You are logged in already.");
        }
        await().untilAsserted(() -> assertThat(dovecot.log().lines())
                .filteredOn(line -> line.contains("Login: user=<eve-") && line.contains(domain))
                .hasSize(2));

        assertThat(dovecot.log()).doesNotContain(LIE);
    }

    /** Only those in {@code proxy-protocol.from} may say so, and nobody is. */
    @ParameterizedTest
    @CsvSource({"imap, PROXY TCP4 192.0.2.66 127.0.0.1 5000 143", "pop3, XCLIENT ADDR=192.0.2.66"})
    void whoBeginsWithItIsSentAway(String door, String said) throws Exception {
        try (MailClient client = server.inTheClear(door)) {
            client.send(said + "\r\n");

            assertThat(allThatIsSaid(client)).doesNotContain("OK");
        }
        assertThat(dovecot.log()).doesNotContain(LIE);
    }

    private static String allThatIsSaid(MailClient client) throws IOException {
        StringBuilder said = new StringBuilder();
        while (true) {
            try {
                said.append(client.line()).append('\n');
            } catch (EOFException _) {
                return said.toString();
            }
        }
    }

    private void logIn(MailClient client, String door, LoginName name) throws Exception {
        String secret = server.newcomer(name).secret();
        String answer = switch (door) {
            case "imaps" -> client.ask("l LOGIN %s %s".formatted(name, secret));
            case "pop3s" -> client.ask("USER " + name) + client.ask("PASS " + secret);
            default -> client.ask(LoginAnswer.authPlain(name.value(), secret));
        };
        assertThat(answer).matches(LoginAnswer::isIn);
    }
}
