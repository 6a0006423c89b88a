package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.app.dovecot.FreePorts;
import postern.app.postfix.Postfix;
import postern.credentials.LoginName;
import postern.credentials.hash.SecretFile;

/** So does a Postfix that believes Postern, and it hears of nobody else but by Postern. */
@Tag("dovecot")
@Tag("postfix")
@EnabledIf("postern.app.postfix.Postfix#mayRun")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostfixClientAddressTest {

    private static final String CLIENT = "127.0.0.7";
    private static final String BALANCER = "127.0.0.8";
    private static final String GRACE = "grace@example.org";
    private static final String LIE = "192.0.2.66";

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private Postfix postfix;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    @BeforeAll
    @Timeout(120)
    void start(@TempDir Path dovecotFolder, @TempDir Path postfixFolder, @TempDir Path own) throws Exception {
        int relayPort = FreePorts.on("127.0.0.1", 1).getFirst();
        dovecot = Dovecot.start(dovecotFolder, DovecotSetup.relayingTo(relayPort));
        Files.setPosixFilePermissions(postfixFolder, PosixFilePermissions.fromString("rwxr-xr-x"));
        postfix = Postfix.start(postfixFolder, relayPort, dovecot, List.of(GRACE));
        SecretFile.create(own.resolve("master"), dovecot.masterPassword());
        server = WholeServer.start(
                own,
                upstream("off", postfix.submissionsPort(), "implicit")
                        + upstream("id-and-xclient", postfix.submissionPort(), "starttls")
                        + upstream("proxy-protocol", postfix.submissionsProxyPort(), "implicit")
                        + "listener-defaults.proxy-protocol.from = [ \"" + BALANCER + "\" ]\n");
    }

    /** For everybody of a domain that is called after it. */
    private String upstream(String clientAddress, int port, String tls) {
        return """
                upstreams.%1$s {
                  host = "%2$s", ca-file = "%3$s", client-address = %1$s, smtp { port = %4$d, tls = %5$s }
                  login { strategy = authzid, user = %6$s, password = { file = master } }
                }
                routes.domains { "%1$s.example" = %1$s }
                """.formatted(clientAddress, postfix.host(), dovecot.caFile(), port, tls, dovecot.masterUser());
    }

    @AfterAll
    void stop() {
        server.close();
        postfix.close();
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"off, 127.0.0.1", "id-and-xclient, 127.0.0.7", "proxy-protocol, 127.0.0.7"})
    void postfixSeesTheClientWhereItIsToldOfItAndNeverWhatTheClientSays(String clientAddress, String seen)
            throws Exception {
        LoginName ada = new LoginName("ada@" + clientAddress + ".example");
        String secret = server.newcomer(ada).secret();
        try (MailClient client = server.overTls("submissions", CLIENT, "")) {
            client.send("EHLO scanner\r\n");
            client.until("250 ");
            assertThat(client.ask("XCLIENT ADDR=" + LIE)).isEqualTo("550 5.7.0 Not here.");
            assertThat(client.ask(LoginAnswer.authPlain(ada.value(), secret))).matches(LoginAnswer::isIn);
            assertThat(client.ask("XCLIENT ADDR=" + LIE)).isEqualTo("550 5.7.0 Not here.");
            assertThat(client.ask("MAIL FROM:<" + ada + ">")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<" + GRACE + ">")).startsWith("250 ");
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }

        await().untilAsserted(() -> assertThat(postfix.log())
                .containsPattern("client=\\S*\\[" + seen + "], sasl_method=PLAIN, sasl_username=" + ada));
        assertThat(postfix.log()).doesNotContain(LIE);
    }

    /** With {@code inet_protocols = ipv4}, as this one has it. */
    @Test
    void aPostfixThatKnowsNoOtherAddressesIsNotReachableForThem() throws Exception {
        LoginName ada = new LoginName("ada6@id-and-xclient.example");
        String secret = server.newcomer(ada).secret();
        try (HeardLog log = new HeardLog();
                MailClient client =
                        server.overTls("submissions", BALANCER, "PROXY TCP6 2001:db8::7 2001:db8::1 5000 465\r\n")) {
            assertThat(client.ask(LoginAnswer.authPlain(ada.value(), secret)))
                    .isEqualTo("454 4.7.0 The mail server is not reachable.");

            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "failure=\"confused\"", "it refused XCLIENT, which client-address asks for: 501 "));
        }
    }
}
