package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.listen.SampleTls;

/** What was begun at one door is worth nothing at another, and a client of another protocol gets nowhere at any. */
@Tag("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsApartTest {

    private static final String RESUMED = "Reused, ";
    private static final String NEW = "New, ";
    private static final String GREETING = "* OK [CAPABILITY";

    private final Path folder;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    @SuppressWarnings("NullAway.Init")
    private X509Bundle phone;

    DoorsApartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        X509Bundle other = SampleTls.issuedTo("other.example.org");
        phone = new CertificateBuilder()
                .subject("CN=Ada's phone")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(SampleTls.AUTHORITY);
        server = WholeServer.start(data, """
                listeners.old-devices { protocol = imap, port = 0, tls-rules.versions = [ "1.0", "1.1", "1.2", "1.3" ] }
                listeners.gate {
                  protocol = imap, port = 0, tls-rules { client-certificates = require, client-ca-file = "%s" }
                }
                tls.certificates.other { certificate-file = "%s", key-file = "%s" }
                """.formatted(
                        SampleTls.AUTHORITY.toTempRootCertPem().toPath(),
                        other.toTempCertChainPem().toPath(),
                        other.toTempPrivateKeyPem().toPath()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Trap 48: a ticket of the door with the lax rules opens nothing at those with the strict rules. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionIsResumedWhereItBeganAndNowhereElse(String version) throws Exception {
        String session = folder.resolve("session" + version).toString();
        assertThat(logout("old-devices", version, "-sess_out", session)).contains(NEW);
        assertThat(Path.of(session)).exists();

        assertThat(logout("old-devices", version, "-sess_in", session)).contains(RESUMED);
        for (String other : List.of("imaps", "pop3s", "submissions")) {
            assertThat(logout(other, version, "-sess_in", session))
                    .as(other)
                    .contains(NEW)
                    .doesNotContain(RESUMED);
        }
    }

    /** Trap 48: who has shown no certificate does not get past the gate with a session from where none is asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionFromElsewhereOpensNoGate(String version) throws Exception {
        String session = folder.resolve("outside" + version).toString();
        String inside = folder.resolve("inside" + version).toString();
        String[] certificate = {
            "-cert", phone.toTempCertChainPem().toPath().toString(),
            "-key", phone.toTempPrivateKeyPem().toPath().toString()
        };
        assertThat(logout("imaps", version, "-sess_out", session)).contains(NEW, GREETING);

        assertThat(logout("gate", version, "-sess_in", session)).doesNotContain(RESUMED, GREETING);
        assertThat(logout("gate", version, with(certificate, "-sess_in", session)))
                .contains(NEW, GREETING)
                .doesNotContain(RESUMED);
        assertThat(logout("gate", version, with(certificate, "-sess_out", inside)))
                .contains(GREETING);
        assertThat(logout("imaps", version, "-sess_in", inside))
                .contains(NEW, GREETING)
                .doesNotContain(RESUMED);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    /** Trap 48: what was begun under one certificate of a door is not gone on with under another. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionIsResumedUnderTheCertificateThatItBeganWith(String version) throws Exception {
        String session = folder.resolve("other" + version).toString();
        assertThat(logout("imaps", version, "-servername", "other.example.org", "-sess_out", session))
                .contains(NEW, "other.example.org");

        assertThat(logout("imaps", version, "-servername", "localhost", "-sess_in", session))
                .contains(NEW)
                .doesNotContain(RESUMED);
        assertThat(logout("imaps", version, "-servername", "other.example.org", "-sess_in", session))
                .contains(RESUMED);
    }

    /** By TLS 1.3 a ticket comes behind the handshake. */
    private String logout(String door, String version, String... more) throws Exception {
        return OpenSslClient.say(
                door.startsWith("pop3") ? "QUIT\r\n" : "a1 LOGOUT\r\nQUIT\r\n", port(door), version, more);
    }

    @ParameterizedTest
    @CsvSource({
        "imaps, imap, ALPN protocol: imap",
        "imaps, 'http/1.1,imap', ALPN protocol: imap",
        "imaps, 'h2,http/1.1', alert no application protocol",
        "imaps, pop3, alert no application protocol",
        "pop3s, pop3, ALPN protocol: pop3",
        "pop3s, imap, alert no application protocol",
        "submissions, smtp, No ALPN negotiated",
        "submissions, 'h2,http/1.1', alert no application protocol",
    })
    void whoMeansToSpeakAnotherProtocolIsTurnedAwayInTheHandshake(String door, String offered, String told)
            throws Exception {
        assertThat(OpenSslClient.handshake(port(door), "-tls1_2", "-alpn", offered))
                .contains(told);
    }

    /** Trap 49, and trap 32: an unlisted peer that says for whom it speaks. */
    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "submission", "submissions"})
    void aRequestOfABrowserEndsWithItsFirstWord(String door) throws Exception {
        for (String said : List.of(
                "POST / HTTP/1.1\r\nHost: x\r\n\r\na1 NOOP\r\nNOOP\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.8 1 2\r\nNOOP\r\n")) {
            try (MailClient client = door.endsWith("s") ? server.overTls(door) : server.inTheClear(door)) {
                client.send(said);

                assertThat(client.line()).contains("I cannot read that");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3", "submission"})
    void aRecordOfTlsInTheClearEndsThere(String door) throws Exception {
        try (MailClient client = server.inTheClear(door)) {
            client.send("\u0016\u0003\u0001\u0002\0\u0001\0\u0001t\u0003\u0003");

            assertThat(client.line()).contains("I cannot read that");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    private int port(String listener) {
        InetSocketAddress door = Objects.requireNonNull(server.postern().doors().get(listener));
        return door.getPort();
    }
}
