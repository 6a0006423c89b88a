package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was begun at one door is worth nothing at another, and a client of another protocol gets nowhere at any. */
@Tag("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsApartTest {

    private static final String RESUMED = "Reused, ";
    private static final String NEW = "New, ";

    private final Path folder;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    DoorsApartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        server = WholeServer.start(data, """
                listeners.old-devices { protocol = imap, port = 0, tls-rules.versions = [ "1.0", "1.1", "1.2", "1.3" ] }
                """);
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
