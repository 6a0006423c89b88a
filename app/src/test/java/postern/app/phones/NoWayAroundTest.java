package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.FakeExchange.Heard;
import postern.proxy.http.HttpAnswer;

/** Trap 38: somebody with a right app password who wants to reach more than their mail. What counts is what the server hears. */
class NoWayAroundTest {

    private static final String HERE = ActiveSyncPhone.PATH;
    private static final String ASKED = HERE + "?Cmd=FolderSync&User=ada%40example.org&DeviceId=1&DeviceType=a";

    @TempDir
    private static Path folder;

    private static PhoneServer house;
    private static String authorization;

    private int before;

    @BeforeAll
    static void open() throws Exception {
        house = PhoneServer.start(folder, "");
        house.exchange().withoutRules();
        authorization = ActiveSyncPhone.basic(
                ADA.value(), house.welcome(ADA, house.server().issue(ADA)).secret(), StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @BeforeEach
    void count() {
        before = house.exchange().heard().size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ecp/",
                "/owa/auth.owa",
                "/ews/exchange.asmx",
                "/autodiscover/autodiscover.json?@example.org/mapi/nspi/?&Email=autodiscover/autodiscover.json%3F@example.org",
                "/Autodiscover/Autodiscover.xml/../../ecp/",
                HERE + "/../ecp/",
                HERE + "/%2e%2e/ecp/",
                HERE + "/%2E%2E/ecp/",
                HERE + "/.%2e/ecp/",
                HERE + "/..%2fecp/",
                HERE + "/%252e%252e/ecp/",
                HERE + "/..;/ecp/",
                HERE + "/..\\ecp",
                HERE + "/..%5cecp",
                HERE + "/./",
                "/." + HERE,
                "/ecp/.." + HERE,
                "/ecp/%2e%2e" + HERE,
                "//Microsoft-Server-ActiveSync",
                HERE + "//",
                HERE + ";/ecp/",
                HERE + ";jsessionid=1",
                HERE + "?@mail02.corp.example/ecp",
                HERE + "%3f/ecp",
                HERE + "%00/ecp",
                HERE + "%0d%0aX:1",
                HERE + "%20",
                HERE + "/ecp",
                HERE + "%",
                "/%4dicrosoft-Server-ActiveSync/../ecp",
                "@mail02.corp.example" + HERE,
                "\\Microsoft-Server-ActiveSync",
                "http://mail02.corp.example/ecp/",
                "https://localhost/ecp/",
                "https://localhost" + HERE + "?Cmd=FolderSync&User=ada%40example.org&DeviceId=1&DeviceType=a",
                "mail02.corp.example:443",
                "*"
            })
    void noOtherPathThanThatOfActiveSyncIsAskedFor(String target) throws Exception {
        assertRefused("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING);
    }

    private static final String AUTHORIZED = "Authorization: @\r\n";
    private static final String NOTHING = "Content-Length: 0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "PUT", "DELETE", "PROPFIND", "PATCH", "get"})
    void noOtherMethodIsPassedOn(String method) throws Exception {
        assertRefused(method + " " + HERE + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: \r\n",
                "Host: localhost\r\nHost: localhost\r\n",
                "Host: localhost\r\nHost: mail02.corp.example\r\n",
                "Host: localhost/ecp\r\n",
                "Host: localhost, mail02.corp.example\r\n",
                "Host: localhost@mail02.corp.example\r\n",
                "Host: localhost:443:443\r\n",
                "Host: localhost:x\r\n",
                "Host: local host\r\n",
                "Host: localhost#\r\n",
                "Host: localhost?x=\r\n",
                "Host: localhost%00\r\n",
                "Host: http://localhost\r\n"
            })
    void whomItCallsIsSaidOnceAndIsAName(String host) throws Exception {
        assertRefused("POST " + ASKED + " HTTP/1.1\r\n" + host + AUTHORIZED + NOTHING);
    }

    /** Whatever a client calls us, and wherever it says that it comes from. */
    @Test
    void theServerIsCalledByItsOwnName() throws Exception {
        ask("POST " + ASKED + " HTTP/1.1\r\nHost: mail02.corp.example\r\nX-Forwarded-Host: mail03.corp.example\r\n"
                + "X-Forwarded-For: 10.0.0.1\r\nX-Original-URL: /ecp/\r\nX-Rewrite-URL: /ecp/\r\n"
                + "Cookie: X-BEResource=mail03.corp.example~1941997017; SecurityToken=x; cadata=y\r\n"
                + "X-CommonAccessToken: VgEA\r\nX-BEResource: mail03\r\nMsExchProxyUri: https://mail03/\r\n"
                + AUTHORIZED + NOTHING);

        Heard heard = house.exchange().heard().getLast();
        assertThat(heard.head().all("Host"))
                .containsExactly("127.0.0.1:" + house.exchange().port());
        assertThat(heard.head().toString())
                .doesNotContain(
                        "corp.example", "10.0.0.1", "ecp", "BEResource", "SecurityToken", "cadata", "VgEA", "mail03");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void whatCanBeReadInTwoWaysIsReadInNone(String head, String body) throws Exception {
        assertRefused("POST " + ASKED + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + head + "\r\n" + body + "POST "
                + ASKED + "&Hidden=1 HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING);
    }

    private static Stream<String[]> framings() {
        return Stream.of(
                framing("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
                framing("Content-Length: 0\r\nContent-Length: 5\r\n", "GET /"),
                framing("Content-Length: 5\r\nContent-Length: 5\r\n", "12345"),
                framing("Content-Length: 5, 5\r\n", "12345"),
                framing("Content-Length: +5\r\n", "12345"),
                framing("Content-Length: -1\r\n", ""),
                framing("Content-Length: 0x5\r\n", "12345"),
                framing("Content-Length: 99999999999999999999\r\n", ""),
                framing("Content-Length:\r\n", ""),
                framing("Content-Length: 5 5\r\n", "12345"),
                framing("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding: \u000Bchunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
                framing("Transfer-Encoding\r\n", "0\r\n\r\n"),
                framing("X: 1\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                framing("Content-Length: 5\r\n\tTransfer-Encoding: chunked\r\n", "12345"),
                framing(" Content-Length: 5\r\n", "12345"),
                framing("Content-Length : 5\r\n", "12345"),
                framing("X: a\0b\r\n", ""),
                framing("X\0: a\r\n", ""),
                framing("X: a\rContent-Length: 5\r\n", "12345"),
                framing("X: a\nContent-Length: 5\r\n", "12345"),
                framing("X: a\r\r\n", ""),
                framing("X: a\n\n", ""),
                framing("(X): a\r\n", ""),
                framing(": a\r\n", ""),
                framing("X a\r\n", ""),
                framing("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n", ""),
                framing("Upgrade: websocket\r\nConnection: Upgrade\r\n", ""),
                framing("Authorization: Basic eDp5\r\n", ""),
                framing("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\n", " 0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\n", "0\n\n"),
                framing("Transfer-Encoding: chunked\r\n", "5\r\n123456\r\n0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\n", "5;a\nb\r\n12345\r\n0\r\n\r\n"),
                framing("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"));
    }

    private static String[] framing(String head, String body) {
        return new String[] {head, body};
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST " + HERE + "\r\n\r\n",
                "POST  " + ASKED + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + "  HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST\t" + ASKED + "\tHTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + " HTTP/2.0\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + " HTTP/1.2\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + " http/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + " HTTP/1.1\nHost: localhost\n" + AUTHORIZED + NOTHING,
                "POST " + ASKED + " HTTP/1.0\r\n" + AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void aLineThatIsNoRequestIsNone(String packet) throws Exception {
        assertRefused(packet);
    }

    @Test
    void aHeadHasAnEnd() throws Exception {
        assertRefused("POST " + ASKED + " HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n" + AUTHORIZED
                + NOTHING);
        assertRefused(
                "POST " + ASKED + " HTTP/1.1\r\nHost: localhost\r\n" + "X: 1\r\n".repeat(500) + AUTHORIZED + NOTHING);
        assertRefused("POST " + ASKED + "&X=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED
                + NOTHING);
    }

    /** All that is refused differs by this little from what is not. */
    @Test
    void whoAsksAsAPhoneDoesIsPassedOn() throws Exception {
        HttpAnswer answer = ask("POST " + ASKED + " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZED + NOTHING);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(house.exchange().heard()).hasSize(before + 1);
    }

    private HttpAnswer ask(String packet) throws Exception {
        try (ActiveSyncPhone phone = house.phone()) {
            phone.say(packet.replace("@\r\n", authorization + "\r\n"));
            return phone.answer();
        }
    }

    /** In words or by hanging up; and nobody behind hears any of it, nor what comes after it in the same packet. */
    private void assertRefused(String packet) throws Exception {
        try (ActiveSyncPhone phone = house.phone()) {
            phone.say(packet.replace("@\r\n", authorization + "\r\n"));
            if (!phone.isHungUp()) {
                assertThat(phone.answer().status()).isBetween(400, 505);
            }
        }
        assertThat(house.exchange().heard()).hasSize(before);
    }
}
