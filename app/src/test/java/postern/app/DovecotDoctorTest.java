package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
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

/** The doctor at a real Dovecot, by all three protocols. */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotDoctorTest {

    private final GreenMail onwards = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HostCommands host;

    @BeforeAll
    void startDovecot(@TempDir Path dovecotFolder, @TempDir Path own) throws Exception {
        onwards.start();
        dovecot = Dovecot.start(
                dovecotFolder, DovecotSetup.relayingTo(onwards.getSmtp().getPort()));
        dovecot.deliver(ADA.value(), "Subject: New\r\n\r\nHello.\r\n");
        folder = own;
        Files.createFile(
                folder.resolve("master"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        WholeServer.start(folder, "").close();
        host = new HostCommands(folder);
    }

    @AfterAll
    void stopDovecot() {
        dovecot.close();
        onwards.stop();
    }

    @ParameterizedTest
    @CsvSource({"implicit, master-user", "starttls, authzid"})
    void allIsWellAndNoMessageIsReadByIt(String tls, String strategy) throws Exception {
        write(dovecot.masterPassword(), tls, strategy);

        assertThat(host.execute("doctor")).as(host.said()).isZero();
        assertThat(host.said()).contains("login         skipped  it is somebody's: name a USER\n");

        assertThat(host.execute("doctor", ADA.value())).as(host.said()).isZero();
        assertThat(host.said())
                .doesNotContain("FAILED", dovecot.masterPassword())
                .contains("upstream mail, pop3 at 127.0.0.2:")
                .contains("name          ok       127.0.0.2 is 127.0.0.2\n")
                .containsPattern("tls +(ok|warning) +TLSv1.3, for ")
                .contains("greeting      ok       * OK ", "greeting      ok       +OK ", "greeting      ok       220 ")
                .contains("mailbox       ok       EXAMINE INBOX, NOOP, LOGOUT are answered\n")
                .contains("mailbox       ok       STAT, NOOP, QUIT are answered\n")
                .contains("mailbox       ok       NOOP, QUIT are answered\n");
        assertThat(host.said()
                        .lines()
                        .filter(line -> line.startsWith("  login         ok       as ada@example.org in ")))
                .hasSize(3);
        try (Stream<Path> messages = Files.walk(dovecot.mail().resolve(ADA.value()))) {
            assertThat(messages.map(file -> file.getFileName().toString()).filter(name -> name.contains(":2,")))
                    .as("in Maildir, S is for seen")
                    .allSatisfy(name -> assertThat(name).endsWith(":2,"));
        }
    }

    @Test
    void aWrongMasterPasswordIsToldApartFromAMailServerThatIsDown() throws Exception {
        write("not-the-master-password", "implicit", "master-user");

        assertThat(host.execute("doctor", ADA.value())).isOne();
        assertThat(host.said())
                .contains("login         FAILED   it knows us and says no: L1 NO [AUTHENTICATIONFAILED]")
                .contains("cure:    upstreams.mail.login: user, password, strategy")
                .contains("capabilities  ok ")
                .doesNotContain("not-the-master-password");
        await().untilAsserted(() -> assertThat(dovecot.log()).contains("auth failed"));
    }

    @Test
    void anExtensionThatDovecotDoesNotHaveIsNamed() throws Exception {
        write(dovecot.masterPassword(), "implicit", "master-user");
        Path config = folder.resolve("postern.conf");
        Files.writeString(
                config, Files.readString(config) + "\nupstreams.mail.smtp.extensions = \"SIZE FUTURERELEASE\"\n");

        assertThat(host.execute("doctor")).isOne();
        assertThat(host.said())
                .contains("capabilities  FAILED   it does not offer FUTURERELEASE\n")
                .contains("cure:    turn it on at the mail server, or look at upstreams.mail.smtp.extensions\n");
    }

    private void write(String password, String tls, String strategy) throws Exception {
        boolean implicit = tls.equals("implicit");
        Files.writeString(folder.resolve("master"), password);
        Files.writeString(folder.resolve("postern.conf"), """
                data-directory = "%s"
                listeners { imap.port = 0, imaps.port = 0 }
                listeners { pop3 { enabled = true, port = 0 }, submission { enabled = true, port = 0 } }
                upstreams.mail {
                  host = "%s"
                  ca-file = "%s"
                  imap { port = %d, tls = %s }
                  pop3 { port = %d, tls = %s }
                  smtp { port = %d, tls = %s, extensions = SIZE }
                  login { strategy = %s, user = %s, password = { file = master } }
                }
                routes.default = mail
                """.formatted(
                        folder,
                        dovecot.host(),
                        dovecot.caFile(),
                        implicit ? dovecot.imapsPort() : dovecot.imapPort(),
                        tls,
                        implicit ? dovecot.pop3sPort() : dovecot.pop3Port(),
                        tls,
                        implicit ? dovecot.submissionsPort() : dovecot.submissionPort(),
                        tls,
                        strategy,
                        dovecot.masterUser()));
    }
}
