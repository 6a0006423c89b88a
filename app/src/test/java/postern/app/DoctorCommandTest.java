package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.upstream.ScriptedUpstream.answering;

import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;
import postern.proxy.listen.SampleTls;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Script;

/** Mail servers with something wrong, as far as it shows without anybody's login: each with its cause and its cure. */
@Timeout(300)
class DoctorCommandTest {

    private static final String PASSWORD = "canary-master-password";
    private static final Map<String, String> IMAP = Map.of(
            "C1", "* CAPABILITY IMAP4rev1 AUTH=PLAIN ID\r\nC1 OK\r\n",
            "D3", "* BYE\r\nD3 OK\r\n");

    private final Path folder;
    private final HostCommands host;

    DoctorCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Path file = Files.createFile(
                folder.resolve("master"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, PASSWORD);
        Files.writeString(folder.resolve("postern.conf"), "");
        this.host = new HostCommands(folder);
    }

    @Test
    void aMailServerThatIsWellIsSaidToBeAndNothingIsProvedToIt() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", IMAP))) {
            assertThat(examine(plain(server))).isZero();

            assertThat(host.said())
                    .startsWith("upstream mail, imap at 127.0.0.1:%d, tls none\n".formatted(server.port()))
                    .contains("  name          ok       127.0.0.1 is 127.0.0.1\n")
                    .containsPattern("  connection    ok       127.0.0.1 port \\d+ in \\d+ ms, from 127.0.0.1\n")
                    .contains(
                            "  greeting      ok       * OK ready\n",
                            "  capabilities  ok       all that is asked of it\n")
                    .contains("  login         skipped  it is somebody's: name a USER\n")
                    .contains("upstream mail, pop3\n  listener      skipped  no listener speaks pop3\n");
            assertThat(server.heard()).containsExactly("C1 CAPABILITY", "D3 LOGOUT");
        }
    }

    @Test
    void aPortThatNobodyListensAt() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertFails(
                "host = \"127.0.0.1\", imap { port = %d, tls = none }".formatted(port),
                "connection    FAILED   127.0.0.1 port " + port + ": Connection refused",
                "start the mail server, or mend upstreams.mail.imap.port: nobody listens at 127.0.0.1 port " + port);
    }

    @Test
    void aNameThatLeadsNowhere() throws Exception {
        assertFails(
                "host = nowhere.invalid, login-timeout = 3s",
                "name          FAILED   nowhere.invalid: no name server gives an address for it",
                "upstreams.mail.host: a name that this machine can resolve (getent ahosts nowhere.invalid");
    }

    @Test
    void anAddressToCallFromThatIsSomebodyElses() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", IMAP))) {
            assertFails(
                    plain(server) + ", source-address = \"192.0.2.1\"",
                    "connection    FAILED   this machine cannot call from 192.0.2.1: ",
                    "upstreams.mail.source-address: an address of this machine");
            assertFails(
                    plain(server) + ", source-address = \"::1\"",
                    "name          FAILED   no address of the source address's family among ",
                    "upstreams.mail.source-address: one of the family that 127.0.0.1 has");
        }
    }

    static List<Arguments> certificates() {
        return List.of(
                Arguments.of(
                        SampleTls.issuedTo("mail.example"),
                        "its certificate is for mail.example, and not for localhost",
                        "upstreams.mail.host: a name that it is for; or a certificate for localhost at the mail server"),
                Arguments.of(
                        SampleTls.ofAnotherAuthority(),
                        "nobody who is trusted here vouches for its certificate: signed by An authority of somebody else",
                        "upstreams.mail.ca-file: the authority that signed it, in PEM"),
                Arguments.of(SampleTls.expired(), "its certificate ended on ", "renew it at the mail server"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("certificates")
    void aCertificateThatIsNotRight(X509Bundle certificate, String cause, String cure) throws Exception {
        Script implicit = line -> {
            line.turnOnTls(certificate);
            answering("* OK ready\r\n", IMAP).play(line);
        };
        try (ScriptedUpstream server = new ScriptedUpstream(implicit)) {
            assertFails(encrypted(server, "implicit"), "tls           FAILED   " + cause, cure);
        }
        Script startTls = line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("S1 OK go\r\n");
            line.turnOnTls(certificate);
            line.hear();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(startTls)) {
            assertFails(encrypted(server, "starttls"), "tls           FAILED   " + cause, cure);
        }
    }

    @Test
    void aKeyThatIsNotPinnedAndACertificateThatIsRight() throws Exception {
        Script script = line -> {
            line.turnOnTls(SampleTls.LOCALHOST);
            answering("* OK ready\r\n", IMAP).play(line);
        };
        String pin = ScriptedUpstream.pin(SampleTls.LOCALHOST.getCertificate());
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(examine(encrypted(server, "implicit") + ", pins = [ \"sha256/" + pin + "\" ]"))
                    .isZero();
            assertThat(host.said())
                    .containsPattern(
                            "tls           (ok|warning) +TLSv1.3, for localhost, signed by An authority of our own")
                    .contains(", key sha256/" + pin + ", until ");

            String other = "sha256/K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=";
            assertFails(
                    encrypted(server, "implicit") + ", pins = [ \"" + other + "\" ]",
                    "tls           FAILED   its key sha256/" + pin + " is not among the pins",
                    "if that is the mail server's new key, add it to upstreams.mail.pins");
        }
    }

    @Test
    void aPortWithoutTls() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", Map.of("S1", "S1 NO\r\n")))) {
            assertFails(
                    encrypted(server, "implicit"),
                    "tls           FAILED   it does not begin with TLS: ",
                    "upstreams.mail.imap.tls: starttls, or the port where it speaks TLS from the first byte, in"
                            + " upstreams.mail.imap.port");
            assertFails(
                    encrypted(server, "starttls"),
                    "tls           FAILED   STARTTLS refused: S1 NO",
                    "turn STARTTLS on at the mail server, or upstreams.mail.imap.tls: implicit");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * PREAUTH welcome            | it opens a mailbox before anybody has logged in | have it ask for a login
            * BYE too many               | it sends us away: * BYE too many                | its log: whether it is going down
            220 mail.example ESMTP ready | it does not speak IMAP as it is written: 220    | upstreams.mail.imap.port, and what
            """)
    void aGreetingThatIsNone(String greeting, String cause, String cure) throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering(greeting + "\r\n", Map.of()))) {
            assertFails(plain(server), "greeting      FAILED   " + cause, cure);
        }
    }

    @Test
    void aMailServerThatFallsSilentIsNotWaitedForForEver() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(ScriptedUpstream.Line::fallSilent)) {
            assertFails(
                    plain(server) + ", login-timeout = 3s",
                    "greeting      FAILED   it fell silent: not done after 3 s",
                    "its log and its load; whether it waits for TLS or for a PROXY header first (upstreams.mail.imap.tls,");
        }
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", Map.of()))) {
            assertFails(
                    plain(server) + ", login-timeout = 3s",
                    "capabilities  FAILED   it fell silent: not done after 3 s",
                    "its log and its load");
        }
        try (ScriptedUpstream server = new ScriptedUpstream(_ -> {})) {
            assertFails(plain(server), "greeting      FAILED   it hung up", "its log: whether it lets this machine in");
        }
    }

    @Test
    void aMechanismThatIsNotThere() throws Exception {
        Map<String, String> little =
                Map.of("C1", "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nC1 OK\r\n", "D3", "D3 OK\r\n");
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", little))) {
            assertFails(
                    plain(server),
                    "capabilities  FAILED   it does not offer LOGIN (it says LOGINDISABLED)",
                    "turn it on at the mail server, or look at upstreams.mail.login.strategy");
            assertFails(
                    plain(server) + ", login.strategy = authzid, client-address = id-and-xclient",
                    "capabilities  FAILED   it does not offer AUTH=PLAIN",
                    "upstreams.mail.login.strategy");
            assertThat(host.said()).contains("it does not offer ID\n", "look at upstreams.mail.client-address\n");
        }
    }

    @Test
    void aPromiseToThoseWhoSend() throws Exception {
        Map<String, String> smtp = Map.of(
                "EHLO", "250-mail.example\r\n250-DSN\r\n250-CHUNKING\r\n250 AUTH GSSAPI\r\n", "QUIT", "221 bye\r\n");
        try (ScriptedUpstream server = new ScriptedUpstream(answering("220 ready\r\n", smtp))) {
            String upstream = "host = \"127.0.0.1\", smtp { port = %d, tls = none, extensions = \"%s\" }";
            assertFails(
                    upstream.formatted(server.port(), "DSN SIZE"),
                    "capabilities  FAILED   it does not offer SIZE",
                    "look at upstreams.mail.smtp.extensions");
            assertThat(host.said()).contains("it does not offer AUTH PLAIN nor AUTH LOGIN\n");
            assertFails(
                    upstream.formatted(server.port(), "DSN") + withToken(),
                    "capabilities  FAILED   it does not offer AUTH XOAUTH2",
                    "look at upstreams.mail.login.oauth.mechanism");
        }
        smtp = Map.of(
                "EHLO", "250-mail.example\r\n250-DSN\r\n250-CHUNKING\r\n250 AUTH LOGIN\r\n", "QUIT", "221 bye\r\n");
        try (ScriptedUpstream server = new ScriptedUpstream(answering("220 ready\r\n", smtp))) {
            examine("host = \"127.0.0.1\", smtp { port = %d, tls = none, extensions = DSN }".formatted(server.port()));
            assertThat(host.said())
                    .contains(
                            "all that is asked of it; it has CHUNKING, too, which upstreams.mail.smtp.extensions may promise\n");
        }
    }

    @Test
    void aTokenThatIsRefusedToUs() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", IMAP));
                FakeProvider provider = FakeProvider.saying(Reply.error("invalid_client", "AADSTS7000222: expired"))) {
            assertFails(
                    plain(server)
                            + withToken()
                                    .replace(
                                            "https://login.example/token",
                                            provider.endpoint().toString()),
                    "token         FAILED   invalid_client AADSTS7000222: ",
                    "cure:");
            provider.say("{\"token_type\":\"Bearer\",\"access_token\":\"canary-token\",\"expires_in\":3600}");
            examine(plain(server)
                    + withToken()
                            .replace(
                                    "https://login.example/token",
                                    provider.endpoint().toString()));
            assertThat(host.said())
                    .contains("token         ok       got from 127.0.0.1, or still good\n")
                    .contains("it does not offer AUTH=XOAUTH2\n")
                    .doesNotContain("canary-token");
        }
    }

    private static String withToken() {
        return ", login { strategy = oauth, oauth { grant = client-credentials, mechanism = xoauth2"
                + ", token-endpoint = \"https://login.example/token\", client-id = us, scopes = [ mail ],"
                + " client-secret = { file = master } } }";
    }

    @Test
    void aFileThatIsNotThere() throws Exception {
        assertFails(
                "host = localhost, ca-file = nowhere.pem",
                "files         FAILED   ca-file: ",
                "a PEM file that this account may read");
    }

    @Test
    void wrongUseAndWrongSettingsAreToldApartFromAnUnhealthyServer() throws Exception {
        assertThat(host.execute("doctor", "ada@")).isEqualTo(2);
        assertThat(host.complained()).startsWith("login name: ");
        Files.writeString(folder.resolve("postern.conf"), "upstreams.mail.hots = x");
        assertThat(host.execute("doctor")).isEqualTo(2);
    }

    private static String plain(ScriptedUpstream server) {
        return "host = \"127.0.0.1\", imap { port = %d, tls = none }".formatted(server.port());
    }

    private static String encrypted(ScriptedUpstream server, String tls) throws Exception {
        return "host = localhost, ca-file = \"%s\", imap { port = %d, tls = %s }"
                .formatted(SampleTls.AUTHORITY.toTempRootCertPem(), server.port(), tls);
    }

    private void assertFails(String upstream, String cause, String cure) throws Exception {
        int code = examine(upstream);
        assertThat(code).as(host.said() + host.complained()).isOne();
        assertThat(host.said()).contains(cause).contains(cure).doesNotContain(PASSWORD);
        assertThat(host.said()
                        .substring(host.said().indexOf(cause))
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow())
                .startsWith("                cure:    ");
    }

    private int examine(String upstream) throws Exception {
        String protocol = upstream.contains("smtp {") ? "listeners.submission" : "listeners.imap";
        Files.writeString(folder.resolve("postern.conf"), """
                data-directory = "%s"
                listeners { imap.enabled = off, imaps.enabled = off }
                %s { enabled = on, port = 0 }
                upstreams.mail { login { user = postern, password = { file = master } } }
                upstreams.mail { connect-timeout = 20s, %s }
                """.formatted(folder, protocol, upstream));
        return host.execute("doctor");
    }
}
