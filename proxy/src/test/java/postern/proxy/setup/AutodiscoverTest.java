package postern.proxy.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.setup.SampleQuestions.MOBILESYNC;
import static postern.proxy.setup.SampleQuestions.OUTLOOK;
import static postern.proxy.setup.SampleQuestions.question;
import static postern.proxy.setup.Schemas.text;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What Outlook and phones are told, and what they are never told. */
@Timeout(60)
class AutodiscoverTest {

    private static final SetupHouse HOUSE = new SetupHouse();

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    @Test
    void outlookIsToldOfAllThatIsOffered() throws Exception {
        HttpResponse<String> answer = ask(question("ada@example.org", OUTLOOK));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/xml; charset=utf-8");
        Document xml = Schemas.autodiscover(answer.body());
        assertThat(protocol(xml, 1))
                .containsExactly("IMAP", "mail.example.org", "993", "SSL", "ada@example.org", "off");
        assertThat(protocol(xml, 2))
                .containsExactly("POP3", "mail.example.org", "995", "SSL", "ada@example.org", "off");
        assertThat(protocol(xml, 3))
                .containsExactly("SMTP", "smtp.example.org", "587", "TLS", "ada@example.org", "off");
        assertThat(text(xml, "Protocol[3]/AuthRequired")).isEqualTo("on");
    }

    private static List<String> protocol(Document xml, int which) throws Exception {
        String path = "Protocol[" + which + "]/";
        return List.of(
                text(xml, path + "Type"),
                text(xml, path + "Server"),
                text(xml, path + "Port"),
                text(xml, path + "Encryption"),
                text(xml, path + "LoginName"),
                text(xml, path + "SPA"));
    }

    @Test
    void aPhoneIsToldWhereActiveSyncIs() throws Exception {
        HttpResponse<String> answer = ask(question("Ada@Example.org", MOBILESYNC));

        assertThat(answer.statusCode()).isEqualTo(200);
        Document xml = Schemas.autodiscover(answer.body());
        assertThat(text(xml, "Server/Type")).isEqualTo("MobileSync");
        assertThat(text(xml, "Server/Url")).isEqualTo("https://mail.example.org:8443/Microsoft-Server-ActiveSync");
        assertThat(text(xml, "Server/Name")).isEqualTo(text(xml, "Server/Url"));
        assertThat(text(xml, "User/EMailAddress")).isEqualTo("ada@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/autodiscover/autodiscover.xml",
                "/Autodiscover/Autodiscover.xml",
                "/AutoDiscover/AutoDiscover.xml",
                "/AUTODISCOVER/autodiscover.XML"
            })
    void anybodysCapitalsMeanTheSame(String path) throws Exception {
        assertThat(HOUSE.post(path, "text/xml", question("ada@plain.example", OUTLOOK))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Trap 39: who is told of servers of ours, or asked for a password, would send one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@elsewhere.example",
                "ada@sub.example.org",
                "ada@example.org.elsewhere.example",
                "ada@example.org@elsewhere.example",
                "ada",
                "@example.org",
                "example.org",
                ""
            })
    void ofAnotherDomainNothingIsToldAndNobodyIsAskedForAPassword(String address) throws Exception {
        HttpResponse<String> outlook = ask(question(address, OUTLOOK));
        HttpResponse<String> phone = ask(question(address, MOBILESYNC));
        HttpResponse<String> json =
                HOUSE.get(SetupPath.JSON + "?Protocol=AutodiscoverV1&Email=" + SetupHouse.encoded(address));

        assertThat(text(Schemas.autodiscover(outlook.body()), "Error/ErrorCode"))
                .isEqualTo("500");
        assertThat(phone.body()).isEqualTo(outlook.body());
        assertThat(List.of(outlook.statusCode(), phone.statusCode())).containsOnly(404);
        assertThat(json.statusCode()).isEqualTo(address.isEmpty() ? 400 : 404);
        for (HttpResponse<String> answer : List.of(outlook, phone, json)) {
            assertThat(answer.body()).doesNotContain("mail.example.org", "8443");
            assertThat(answer.headers().map()).doesNotContainKeys("www-authenticate", "location");
        }
    }

    @Test
    void whatIsNotOfferedIsAnErrorOfTheSchemas() throws Exception {
        assertThat(errorOf(question("ada@plain.example", MOBILESYNC))).isEqualTo("601");
        assertThat(errorOf(question("ada@phones.example", OUTLOOK))).isEqualTo("601");
        assertThat(errorOf(question("ada@example.org", "outlook/responseschema/1999")))
                .isEqualTo("601");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<Autodiscover/>",
                "<Autodiscover><Request><EMailAddress>ada@example.org</EMailAddress></Request></Autodiscover>",
                "<Envelope><Request><EMailAddress>ada@example.org</EMailAddress></Request></Envelope>",
                "<Autodiscover><Request><EMailAddress>ada@example.org</EMailAddress><EMailAddress>b@example.org"
                        + "</EMailAddress><AcceptableResponseSchema>x</AcceptableResponseSchema></Request></Autodiscover>",
                "<Autodiscover><Request><EMailAddress>ada@<b/>example.org</EMailAddress></Request></Autodiscover>",
                "<?xml version=\"1.0\" encoding=\"nonsense\"?><Autodiscover/>",
                "<Autodiscover><Request><EMailAddress>ada@example.org</EMailAddress><AcceptableResponseSchema>x"
            })
    void whatIsNoQuestionIsAnErrorWithStatus200AsExchangeHasIt(String body) throws Exception {
        assertThat(errorOf(body)).isEqualTo("600");
    }

    @Test
    void whatIsNestedTooDeepIsNoQuestion() throws Exception {
        String deep = "<a>".repeat(500) + "</a>".repeat(500);

        assertThat(errorOf(question("ada@example.org", OUTLOOK).replace("</Request>", "</Request>" + deep)))
                .isEqualTo("600");
        assertThat(errorOf(question("ada@example.org", OUTLOOK).replace("<Request>", "<Request>" + deep)))
                .isEqualTo("600");
    }

    /** No file is read, nothing is fetched, nothing grows. */
    @Test
    void anEntityIsNeverResolved() throws Exception {
        Autodiscover autodiscover = new Autodiscover(new Offers(SetupHouse.settings()));
        try (ServerSocketChannel trap =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            trap.configureBlocking(false);
            String there = "http://127.0.0.1:" + ((InetSocketAddress) trap.getLocalAddress()).getPort() + "/x";
            for (String doctype : List.of(
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + there + "\">]>",
                    "<!DOCTYPE a SYSTEM \"" + there + "\">",
                    "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + there + "\"> %p;]>",
                    "<!DOCTYPE a [<!ENTITY y \"yyyyyyyyyy\"><!ENTITY x \"&y;&y;&y;&y;&y;&y;&y;&y;\">]>",
                    "<!DOCTYPE a>")) {
                for (String address : List.of("&x;ada@example.org", "ada@example.org")) {
                    SetupReply reply = autodiscover.pox((doctype + question(address, OUTLOOK)).getBytes(UTF_8));
                    assertThat(text(Schemas.autodiscover(reply.body()), "Error/ErrorCode"))
                            .isEqualTo("600");
                }
            }
            assertThat(trap.accept()).isNull();
        }
    }

    @Test
    void aBodyHasABound() throws Exception {
        HttpResponse<String> answer = ask(question("ada@example.org", OUTLOOK) + " ".repeat(20_000));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "?Email=ada@example.org&Protocol=ActiveSync, 200, https://mail.example.org:8443/Microsoft-Server-ActiveSync",
        "?protocol=activesync&email=ada@example.org, 200, https://mail.example.org:8443/Microsoft-Server-ActiveSync",
        "?Email=ada@plain.example&Protocol=AutodiscoverV1, 200, https://mail.plain.example/autodiscover/autodiscover.xml",
        "/v1.0/ada@example.org?Protocol=ActiveSync&RedirectCount=1, 200, https://mail.example.org:8443/Microsoft-Server-ActiveSync",
        "/v1.0/ada%40example.org?Protocol=ActiveSync, 200, https://mail.example.org:8443/Microsoft-Server-ActiveSync",
        "/v1.0/a+b@example.org?Protocol=ActiveSync, 200, https://mail.example.org:8443/Microsoft-Server-ActiveSync",
        "/v1.0/ada@elsewhere.example?Protocol=ActiveSync, 404, UserNotFound",
        "?Email=ada@plain.example&Protocol=ActiveSync, 404, ProtocolNotSupported",
        "?Email=ada@example.org&Protocol=Ews, 400, InvalidProtocol",
        "?Email=ada@example.org, 400, MandatoryParameterMissing",
        "?Protocol=ActiveSync, 400, MandatoryParameterMissing",
        "?Email=ada@example.org&Email=b@example.org&Protocol=ActiveSync, 400, MandatoryParameterMissing"
    })
    void byAQueryItIsOneQuestion(String query, int status, String word) throws Exception {
        HttpResponse<String> answer = HOUSE.get("/AutoDiscover/AutoDiscover.json" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(answer.body()).contains("\"" + word + "\"");
    }

    private String errorOf(String body) throws Exception {
        HttpResponse<String> answer = ask(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return text(Schemas.autodiscover(answer.body()), "Error/ErrorCode");
    }

    private HttpResponse<String> ask(String body) throws Exception {
        return HOUSE.post(SetupPath.POX, "text/xml; charset=utf-8", body);
    }
}
