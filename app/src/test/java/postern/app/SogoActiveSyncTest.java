package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.dovecot.Dovecot;
import postern.app.sogo.Sogo;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.ActiveSyncPhone.Form;
import postern.proxy.http.InboxReader;

/** A phone with an app password reads mail that is on a SOGo. */
@Tag("sogo")
@Tag("dovecot")
class SogoActiveSyncTest {

    private static final int TEN_MINUTES = 600;

    @TempDir
    private static Path mail;

    @TempDir
    private static Path groupware;

    @TempDir
    private static Path own;

    private static Dovecot dovecot;
    private static Sogo sogo;
    private static WholeServer server;
    private static Made made;

    @BeforeAll
    static void start() throws Exception {
        dovecot = Dovecot.start(mail);
        sogo = Sogo.start(groupware, dovecot, List.of(ADA.value()));
        server = WholeServer.start(own, """
                listeners.https { enabled = true, port = 0 }
                upstreams.sogo {
                  host = "127.0.0.1", http { port = %d, tls = none }, login.strategy = mailbox-password
                }
                routes.default = sogo
                """.formatted(sogo.port()));
        HostCommands host = new HostCommands(own);
        Path given = Files.writeString(own.resolve("given"), sogo.password());
        int put = host.execute(
                "grant put", "--user", ADA.value(), "--upstream", "sogo", "--password", "--from", given.toString());
        assertThat(put).as(host.complained()).isZero();
        made = server.issue(ADA);
    }

    @AfterAll
    static void end() {
        server.close();
        sogo.close();
        dovecot.close();
    }

    private static ActiveSyncPhone phone() throws Exception {
        return ActiveSyncPhone.overTls(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("https")),
                MailClient.trusting(server.caFile()));
    }

    @Test
    void aPhoneReadsTheMailThatIsThereAndIsToldOfMore() throws Exception {
        dovecot.deliver(ADA.value(), "From: charles@example.org\nSubject: Tea at four\n\nWith the engine.\n");
        try (ActiveSyncPhone phone = phone().as(ADA.value(), made.secret()).asking(Form.BASE64)) {
            assertThat(phone.options().head().first("MS-ASProtocolVersions")).contains("2.5,12.0,12.1,14.0,14.1");
            InboxReader inbox = InboxReader.open(phone);
            assertThat(inbox.subjects()).containsExactly("Tea at four");

            inbox.beginPing(TEN_MINUTES);
            await().until(() -> sogo.log().contains("Sleeping"));
            dovecot.deliver(ADA.value(), "From: charles@example.org\nSubject: Tea at five\n\nThe engine was late.\n");

            assertThat(phone.answer().document().find("Ping:Status")).contains("2");
            assertThat(inbox.subjects()).containsExactly("Tea at five");
        }
    }

    @Test
    void whoHasNoAppPasswordIsAskedForOneByUsAndNotBySogo() throws Exception {
        for (String secret : List.of(WRONG_SECRET, sogo.password())) {
            try (ActiveSyncPhone phone = phone().as(ADA.value(), secret)) {
                assertThat(phone.options().status()).isEqualTo(401);
            }
        }
        assertThat(sogo.log()).doesNotContain("\" 401 ");
    }
}
