package postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.LogFormat;
import postern.config.LogLevel;
import postern.config.LoggingSettings;
import postern.credentials.hash.SecretFile;

/** Trap 34: who sends without a password, and who does not. */
class DeviceRelayTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String MAIL = "MAIL FROM:<ada@example.org>\r\n";
    private static final String SENDS_NOTHING = "530 5.7.0 Turn on TLS first.";

    private final MailServerThatListens mail;
    private final WholeServer server;

    DeviceRelayTest(@TempDir Path folder) throws Exception {
        mail = new MailServerThatListens(
                "220 Here.",
                List.of(
                        "250-Here.\r\n250-PIPELINING\r\n250-SIZE\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                        "334 ",
                        "235 Come in."));
        SecretFile.create(folder.resolve("master"), "master-password");
        server = WholeServer.start(folder, """
                upstreams.mail {
                  host = "127.0.0.1", smtp { port = %d, tls = none }
                  login { user = postern, password = { file = master } }
                }
                routes.default = mail
                listeners.known-devices {
                  login-by-address.networks = [ "127.0.0.1", "127.0.0.5" ], proxy-protocol.from = [ "127.0.0.5" ]
                }
                """.formatted(mail.port()));
        server.postern().store().add(SCANNER, 40, ROOT);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        mail.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HELO scanner\r\n", "EHLO scanner\r\n"})
    void theMailServerHearsEhloWhateverTheDeviceSays(String hello) throws Exception {
        try (MailClient device = server.inTheClear("known-devices")) {
            device.send(hello + MAIL);

            assertThat(mail.heardFirst()).isEqualTo("EHLO mail.example.org");
            assertThat(mail.heard() + "\r\n").isEqualTo(MAIL);
        }
    }

    @Test
    void whoIsNotListedSendsNothing() throws Exception {
        assertThat(answer("127.0.0.3", "HELO scanner\r\n" + MAIL)).contains(SENDS_NOTHING);
    }

    /** It is in the list, and speaks for everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY TCP4 192.0.2.7 127.0.0.1 50000 25\r\n"})
    void aLoadBalancerSendsNothingOfItsOwn(String header) throws Exception {
        assertThat(answer("127.0.0.5", header + MAIL)).contains(SENDS_NOTHING);
    }

    @Test
    void aLoadBalancerThatSaysNothingOfAnybodyIsNotHeard() throws Exception {
        assertThat(answer("127.0.0.5", MAIL)).isEmpty();
    }

    @Test
    void behindALoadBalancerTheDeviceIsKnown() throws Exception {
        try (Socket balancer = connect("127.0.0.5")) {
            balancer.getOutputStream().write(("PROXY TCP4 127.0.0.1 127.0.0.1 50000 25\r\n" + MAIL).getBytes(UTF_8));

            assertThat(mail.heard() + "\r\n").isEqualTo(MAIL);
        }
    }

    @Test
    void afterTheRevocationNobodySendsAndTheLogSaysWhy() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, UTF_8));
        Logging.apply(new LoggingSettings(LogFormat.TEXT, LogLevel.INFO));
        try {
            server.postern().store().revoke(ADA, SCANNER_ID, ROOT);

            assertThat(answer("127.0.0.1", MAIL)).contains("530 5.7.0 Log in first.");
        } finally {
            System.setOut(console);
            Logging.apply(new LoggingSettings(LogFormat.TEXT, LogLevel.ERROR));
        }

        assertThat(written.toString(UTF_8))
                .containsPattern("login denied protocol=\"smtp\" login_name=\"ada@example.org\" client=\"127.0.0.1\" .*"
                        + "by=\"address\" reason=\"revoked\" app_password=\"" + SCANNER_ID + "\"");
        assertThat(server.management("/metrics").body())
                .contains("postern_address_logins_total{outcome=\"denied\"} 1.0");
    }

    /** All of it, up to its goodbye. */
    private String answer(String from, String said) throws IOException {
        try (Socket client = connect(from)) {
            client.getOutputStream().write((said + "QUIT\r\n").getBytes(UTF_8));
            return rest(client.getInputStream());
        }
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), server.port("known-devices"), InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String rest(InputStream in) throws IOException {
        try {
            return new String(in.readAllBytes(), UTF_8);
        } catch (SocketException _) {
            return ""; // what was not read there is lost here
        }
    }
}
