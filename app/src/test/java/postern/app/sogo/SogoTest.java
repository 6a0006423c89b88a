package postern.app.sogo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.dovecot.Dovecot;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.ActiveSyncPhone.Form;
import postern.proxy.http.HttpAnswer;
import postern.proxy.http.InboxReader;

/** The phone of our tests at a server that others made. */
@Tag("sogo")
@Tag("dovecot")
class SogoTest {

    private static final String ADA = "ada@example.org";

    @TempDir
    private static Path mail;

    @TempDir
    private static Path folder;

    private static Dovecot dovecot;
    private static Sogo sogo;

    private ActiveSyncPhone phone;

    @BeforeAll
    static void start() throws Exception {
        dovecot = Dovecot.start(mail);
        sogo = Sogo.start(folder, dovecot, List.of(ADA));
    }

    @AfterAll
    static void end() {
        sogo.close();
        dovecot.close();
    }

    @BeforeEach
    void connect() throws Exception {
        phone = ActiveSyncPhone.inTheClear(new InetSocketAddress(InetAddress.getLoopbackAddress(), sogo.port()))
                .as(ADA, sogo.password());
    }

    @AfterEach
    void hangUp() throws Exception {
        phone.close();
    }

    @Test
    void aPhoneReadsTheMailThatIsThereAndIsToldOfMore() throws Exception {
        dovecot.deliver(ADA, "From: charles@example.org\nSubject: Tea at four\n\nWith the engine.\n");
        phone.asking(Form.BASE64);
        assertThat(phone.options().head().first("MS-ASProtocolVersions")).contains("2.5,12.0,12.1,14.0,14.1");
        InboxReader inbox = InboxReader.open(phone);
        assertThat(inbox.subjects()).containsExactly("Tea at four");

        inbox.beginPing(600);
        await().until(() -> sogo.log().contains("Sleeping"));
        dovecot.deliver(ADA, "From: charles@example.org\nSubject: Tea at five\n\nThe engine was late.\n");

        assertThat(phone.answer().document().find("Ping:Status")).contains("2");
        assertThat(inbox.subjects()).containsExactly("Tea at five");
    }

    @Test
    void whoHasTheWrongPasswordIsRefused() throws Exception {
        HttpAnswer answer = phone.as(ADA, "wrong").options();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().first("WWW-Authenticate")).contains("basic realm=\"SOGo\"");
    }
}
