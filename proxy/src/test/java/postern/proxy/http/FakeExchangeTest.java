package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.proxy.http.Documents.attachment;
import static postern.proxy.http.Documents.folders;
import static postern.proxy.http.Documents.mail;
import static postern.proxy.http.Documents.ping;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.proxy.http.ActiveSyncPhone.Form;
import postern.proxy.listen.SampleTls;

/** The phone and the server of our tests, without a door between them. */
class FakeExchangeTest {

    private static final String ADA = "ada@example.org";
    private static final String SECRET = "bcdfghjkmnpqrstvwxyz";
    private static final int HOUR = 3_540;
    private static final long BIG = 30 << 20;

    private FakeExchange exchange;
    private ActiveSyncPhone phone;

    @BeforeEach
    void connect() throws IOException, GeneralSecurityException {
        exchange = FakeExchange.overTls(SampleTls.server(SampleTls.LOCALHOST));
        exchange.letsIn(ActiveSyncPhone.basic(ADA, SECRET, StandardCharsets.UTF_8), ADA);
        phone = another();
    }

    private ActiveSyncPhone another() throws IOException {
        return ActiveSyncPhone.overTls(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), exchange.port()), SampleTls.client())
                .as(ADA, SECRET);
    }

    @AfterEach
    void hangUp() throws IOException {
        phone.close();
        exchange.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPhoneIsProvisionedReadsItsFoldersAndWaitsUntilAMessageArrives(Form form) throws Exception {
        phone.asking(form);
        assertThat(phone.options().head().first("MS-ASProtocolVersions").orElse(""))
                .endsWith("16.1");

        assertThat(phone.ask("FolderSync", folders("0")).status()).isEqualTo(449);
        phone.provision();
        assertThat(phone.ask("FolderSync", folders("0")).document().find("FolderHierarchy:DisplayName"))
                .contains("Inbox of " + ADA);
        String key = phone.ask("Sync", mail("5", "0"))
                .document()
                .find("AirSync:SyncKey")
                .orElseThrow();

        phone.begin("Ping", ping("5", HOUR));
        await().until(() -> exchange.hanging() == 1);
        exchange.change(ADA);

        assertThat(phone.answer().document().find("Ping:Status")).contains("2");
        assertThat(phone.ask("Sync", mail("5", key)).document().find("Email:Subject"))
                .contains("Message 1 of " + ADA);
        assertThat(exchange.accepted()).isEqualTo(1);
    }

    @Test
    void aPingEndsByItselfWhenItsTimeIsUp() throws Exception {
        phone.provision();

        assertThat(phone.ask("Ping", ping("5", 0)).document().find("Ping:Status"))
                .contains("1");
        assertThat(exchange.hanging()).isZero();
        assertThat(exchange.cancelled()).isZero();
    }

    @Test
    void theServerKnowsWhoNoLongerWaits() throws Exception {
        phone.provision();
        phone.begin("Ping", ping("5", HOUR));
        await().until(() -> exchange.hanging() == 1);

        phone.close();

        await().until(() -> exchange.hanging() == 0);
        assertThat(exchange.cancelled()).isEqualTo(1);
    }

    @Test
    void whoShowsNothingHearsThreeWaysToLogIn() throws Exception {
        HttpAnswer answer = phone.asNobody().options();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().all("WWW-Authenticate"))
                .containsExactly("Negotiate", "NTLM", "Basic realm=\"mail02.corp.example\"");
    }

    @Test
    void whoIsKnownByALetterOfLatin1IsNotByTheSameOfUtf8() throws Exception {
        exchange.letsIn(ActiveSyncPhone.basic("åsa", SECRET, StandardCharsets.ISO_8859_1), "åsa");

        assertThat(phone.as("åsa", SECRET, StandardCharsets.ISO_8859_1)
                        .options()
                        .status())
                .isEqualTo(200);
        assertThat(phone.as("åsa", SECRET).options().status()).isEqualTo(401);
    }

    @Test
    void whoAsksForLessHearsLess() throws Exception {
        phone.provision();
        phone.with("Accept-Encoding", "gzip");

        HttpAnswer answer = phone.ask("FolderSync", folders("0"));

        assertThat(answer.head().first("Content-Encoding")).contains("gzip");
        assertThat(answer.document().find("FolderHierarchy:Status")).contains("1");
    }

    @Test
    void anAttachmentComesInPartsToWhoAsksForThat() throws Exception {
        phone.provision();
        phone.with("MS-ASAcceptMultiPart", "T");

        HttpAnswer answer = phone.ask("ItemOperations", attachment("1234"));

        assertThat(answer.head().first("Content-Type")).contains("application/vnd.ms-sync.multipart");
        assertThat(answer.body()).startsWith(2, 0, 0, 0, 20, 0, 0, 0).endsWith("1234".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void muchMayBeSentBothWays() throws Exception {
        phone.provision();
        phone.begin("ItemOperations", attachment(String.valueOf(BIG)));
        assertThat(phone.longAnswer()).isEqualTo(LongBody.of(BIG));

        assertThat(phone.upload("SendMail", "message/rfc822", BIG).status()).isEqualTo(200);
        assertThat(exchange.heard().getLast().body()).isEqualTo(LongBody.of(BIG));
    }

    @Test
    void itSaysWhatATestWantsItToSay() throws Exception {
        HttpAnswer elsewhere =
                HttpAnswer.of(451, "Redirect", "", "X-MS-Location", "https://eu.example.net" + ActiveSyncPhone.PATH);
        exchange.says("FolderSync", elsewhere);

        HttpAnswer answer = phone.ask("FolderSync", folders("0"));

        assertThat(answer.status()).isEqualTo(451);
        assertThat(answer.head().first("X-MS-Location")).contains("https://eu.example.net" + ActiveSyncPhone.PATH);
    }

    @Test
    void chunksAreReadAsOneBody() throws Exception {
        exchange.says("OPTIONS", HttpAnswer.of(200, "OK", "In pieces.", "Transfer-Encoding", "chunked"));

        assertThat(phone.options().text()).isEqualTo("In pieces.");
    }

    @Test
    void itRemembersWhatItHeardAndOnWhichConnection() throws Exception {
        phone.options();
        try (ActiveSyncPhone other = another()) {
            other.say(other.head("GET", "/ews//exchange.asmx"));
            assertThat(other.answer().status()).isEqualTo(404);
        }

        assertThat(exchange.heard().stream().map(FakeExchange.Heard::toString))
                .isEqualTo(List.of(
                        "1: OPTIONS /Microsoft-Server-ActiveSync HTTP/1.1", "2: GET /ews//exchange.asmx HTTP/1.1"));
    }
}
