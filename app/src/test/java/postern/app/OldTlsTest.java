package postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.LogFormat;
import postern.config.LogLevel;
import postern.config.LoggingSettings;

/** One door takes old TLS, and no other port of the same process does, as OpenSSL's own client sees it. */
@Tag("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldTlsTest {

    private static final Map<String, String> BY_STARTTLS = Map.of("imap", "imap", "pop3", "pop3", "submission", "smtp");

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    @SuppressWarnings("NullAway.Init")
    private HostCommands host;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        host = new HostCommands(folder);
        server = WholeServer.start(folder, """
                listeners.old-devices { protocol = imap, port = 0, tls-rules.versions = [ "1.0", "1.1", "1.2", "1.3" ] }
                listeners.old-phones { protocol = http, port = 0, tls-rules.versions = [ "1.0", "1.1", "1.2", "1.3" ] }
                listeners.https { enabled = true, port = 0 }
                """);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1, 1.0, Protocol  : TLSv1",
        "-tls1_1, 1.1, Protocol  : TLSv1.1",
        "-tls1_2, 1.2, Protocol  : TLSv1.2",
        "-tls1_3, 1.3, 'New, TLSv1.3'"
    })
    void theDoorsOfOldDevicesTakeAllOfThem(String option, String version, String told) throws Exception {
        for (String door : List.of("old-devices", "old-phones")) {
            assertThat(OpenSslClient.handshake(port(door), option)).contains(told);
            assertThat(server.management("/metrics").body())
                    .containsPattern("postern_tls_handshakes_total\\{listener=\"" + door + "\",version=\"" + version
                            + "\"} [1-9]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "submission", "submissions", "https"})
    void allOtherDoorsRefuseWhatIsOld(String door) throws Exception {
        String[] starttls =
                BY_STARTTLS.containsKey(door) ? new String[] {"-starttls", BY_STARTTLS.get(door)} : new String[0];
        for (String old : List.of("-tls1", "-tls1_1")) {
            assertThat(OpenSslClient.handshake(port(door), old, starttls))
                    .as(door)
                    .contains("alert protocol version");
        }
        assertThat(OpenSslClient.handshake(port(door), "-tls1_2", starttls))
                .as(door)
                .contains("Cipher    : ECDHE-ECDSA-");
    }

    /** One port, and two addresses of this machine. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void theDoorOfDevicesTakesWhatIsOldFromWhereItIsListedAndFromNowhereElse(String old) throws Exception {
        for (String[] starttls : List.of(new String[0], new String[] {"-starttls", "smtp"})) {
            assertThat(OpenSslClient.from("127.0.0.2", port("devices"), old, starttls))
                    .contains("Protocol  : TLSv1", "-SHA");
            assertThat(OpenSslClient.from("127.0.0.1", port("devices"), old, starttls))
                    .contains("alert protocol version");
        }
        assertThat(OpenSslClient.from("127.0.0.1", port("devices"), "-tls1_2")).contains("Cipher    : ECDHE-ECDSA-");
    }

    /** Trap 48: one port, and two sets of rules. */
    @Test
    void aTicketOfOldDevicesIsWorthNothingElsewhere(@TempDir Path folder) throws Exception {
        String session = folder.resolve("session").toString();
        assertThat(OpenSslClient.from("127.0.0.2", port("devices"), "-tls1_2", "-sess_out", session))
                .contains("New, ");

        assertThat(OpenSslClient.from("127.0.0.2", port("devices"), "-tls1_2", "-sess_in", session))
                .contains("Reused, ");
        assertThat(OpenSslClient.from("127.0.0.1", port("devices"), "-tls1_2", "-sess_in", session))
                .contains("New, ")
                .doesNotContain("Reused, ");
    }

    @Test
    void theAdminApiRefusesWhatIsOld() throws Exception {
        for (String old : List.of("-tls1", "-tls1_1")) {
            assertThat(OpenSslClient.handshake(server.postern().adminPort(), old))
                    .contains("alert protocol version");
        }
    }

    /** Whom to ask before the door is closed. */
    @Test
    void whoLogsInByAnOldVersionIsToldByName() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, UTF_8));
        Logging.apply(new LoggingSettings(LogFormat.TEXT, LogLevel.INFO));
        try {
            String login = "a1 LOGIN ada@example.org " + server.issue(ADA).secret() + "\r\n";
            assertThat(OpenSslClient.say(login, port("old-devices"), "-tls1", "-quiet"))
                    .contains("a1 NO");
            assertThat(OpenSslClient.say(login, port("old-devices"), "-tls1_2", "-quiet"))
                    .contains("a1 NO");
        } finally {
            System.setOut(console);
            Logging.apply(new LoggingSettings(LogFormat.TEXT, LogLevel.ERROR));
        }

        await().untilAsserted(() -> {
            assertThat(host.execute("legacy-tls")).isZero();
            assertThat(host.said().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("ada@example.org  apw_")
                                    .contains("\"Test\"  (says not what it is)  old-devices (imap)  TLS 1.0  20")
                                    .endsWith("Z  times: 1"),
                            last -> assertThat(last).isEqualTo("app passwords that need an old TLS: 1"));
        });
        assertThat(host.execute("person export", "--user", "ada@example.org")).isZero();
        assertThat(host.said()).contains("{\"kind\":\"legacy_tls_use\"");
        assertThat(written.toString(UTF_8).lines().filter(line -> line.contains("login by an old TLS")))
                .singleElement()
                .asString()
                .contains("login by an old TLS listener=\"old-devices\" tls=\"1.0\" login_name=\"ada@example.org\"");
    }

    private int port(String listener) {
        InetSocketAddress door = Objects.requireNonNull(server.postern().doors().get(listener));
        return door.getPort();
    }
}
