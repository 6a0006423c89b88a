package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.ActiveSyncVersion;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamSettings;
import postern.proxy.listen.TlsContexts;
import postern.proxy.upstream.ConfiguredProofs;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.SampleUpstreamSettings;
import postern.proxy.upstream.Upstream;

class TurnaroundTest {

    private final Destination to = destination();

    private static Destination destination() {
        try {
            UpstreamSettings settings = SampleUpstreamSettings.home("host = exchange.corp.example", "s3cret");
            Upstream upstream =
                    new Upstream(settings, TlsContexts.forUpstream(settings.trust()), new ConfiguredProofs((Configured)
                            settings.login()));
            return new Destination(upstream, settings.http().door(), "exchange.corp.example", Optional.empty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Turnaround rules(Optional<String> address, Optional<ActiveSyncVersion> least) {
        return new Turnaround(
                "/Microsoft-Server-ActiveSync?Cmd=Ping", "Bearer token", address, "mail.example.org", least, _ -> {});
    }

    private HttpRequest asked(String... fields) {
        RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.POST, "/Microsoft-Server-ActiveSync")
                .authority("mail.example.org")
                .scheme("https");
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        return rules(Optional.empty(), Optional.empty()).ask(headers.build(), to, true);
    }

    private static ResponseHeaders answered(Turnaround rules, int status, String... fields) {
        HttpResponse said = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        for (int i = 0; i < fields.length; i += 2) {
            said.headers().add(fields[i], fields[i + 1]);
        }
        return rules.answer(said);
    }

    private static ResponseHeaders answered(int status, String... fields) {
        return answered(rules(Optional.empty(), Optional.empty()), status, fields);
    }

    @Test
    void theUpstreamHearsOurProofAndItsOwnName() {
        HttpRequest heard = asked("authorization", "Basic QTpC", "host", "evil.example");

        assertThat(heard.headers().getAll("authorization")).containsExactly("Bearer token");
        assertThat(heard.headers().getAll("host")).containsExactly("exchange.corp.example");
        assertThat(heard.uri()).isEqualTo("/Microsoft-Server-ActiveSync?Cmd=Ping");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cookie",
                "x-forwarded-for",
                "forwarded",
                "x-real-ip",
                "x-original-url",
                "x-rewrite-url",
                "x-beresource",
                "x-proxytargetserver",
                "x-commonaccesstoken",
                "x-anchormailbox",
                "msexchlogonmailbox",
                "x-rps-cat",
                "securitytoken",
                "proxy-authorization",
                "connection",
                "upgrade",
                "te",
                "expect",
                "via"
            })
    void whatItMightObeyDoesNotReachIt(String name) {
        assertThat(asked(name, "x").headers().contains(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ms-asprotocolversion",
                "ms-asacceptmultipart",
                "x-ms-policykey",
                "content-type",
                "content-encoding",
                "accept-encoding",
                "user-agent",
                "depth",
                "if-match"
            })
    void whatAPhoneSaysReachesIt(String name) {
        assertThat(asked(name, "x").headers().getAll(name)).containsExactly("x");
    }

    @Test
    void aBodyIsFramedAnewAndByOneWordAlone() {
        assertThat(asked("content-length", "5").headers().get("content-length")).isEqualTo("5");
        assertThat(asked("content-length", "5").headers().contains("transfer-encoding"))
                .isFalse();
        assertThat(asked().headers().get("transfer-encoding")).isEqualTo("chunked");
    }

    @Test
    void whereTheClientIsIsToldOnlyIfItIsWanted() {
        RequestHeaders headers =
                RequestHeaders.builder(HttpMethod.GET, "/").authority("h").build();

        assertThat(rules(Optional.of("192.0.2.7"), Optional.empty())
                        .ask(headers, to, false)
                        .headers()
                        .getAll("x-forwarded-for"))
                .containsExactly("192.0.2.7");
        assertThat(asked().headers().contains("x-forwarded-for")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://mail.example.org/dav/b.ics, https://exchange.corp.example/dav/b.ics",
        "https://exchange.corp.example/dav/b.ics,",
        "https://mail.example.org.evil.example/b,",
        "https://mail.example.org/dav/%2e%2e/b,"
    })
    void aDestinationIsBelowOurNameAndBecomesTheUpstreams(String said, String heard) {
        assertThat(asked("destination", said).headers().get("destination")).isEqualTo(heard);
    }

    /** Trap 39. */
    @ParameterizedTest
    @CsvSource({
        "451, X-MS-Location, https://mail07.corp.example/Microsoft-Server-ActiveSync",
        "451, X-MS-Location, https://mail07.corp.example:444/Microsoft-Server-ActiveSync",
        "302, Location, http://exchange.corp.example/Microsoft-Server-ActiveSync",
        "301, Location, //mail07.corp.example/Microsoft-Server-ActiveSync",
        "301, Location, HTTPS://user@mail07.corp.example/Microsoft-Server-ActiveSync",
        "200, Content-Location, /Microsoft-Server-ActiveSync"
    })
    void whereverItSendsAPhoneItIsToUs(int status, String name, String place) {
        ResponseHeaders heard = answered(status, name, place);

        assertThat(heard.status().code()).isEqualTo(status);
        assertThat(heard.getAll(name)).containsExactly("https://mail.example.org/Microsoft-Server-ActiveSync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://mail07.corp.example/%2e%2e/owa", "javascript:alert(1)", "https://a/;b"})
    void aPlaceThatIsNoneIsNotTold(String place) {
        assertThat(answered(302, "location", place).contains("location")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server",
                "Set-Cookie",
                "WWW-Authenticate",
                "X-FEServer",
                "X-BEServer",
                "X-CalculatedBETarget",
                "X-DiagInfo",
                "X-Powered-By",
                "X-AspNet-Version",
                "Alt-Svc",
                "Strict-Transport-Security",
                "Connection",
                "Transfer-Encoding"
            })
    void whatNamesTheUpstreamIsNotTold(String name) {
        assertThat(answered(200, name, "exchange07").contains(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "449, X-MS-Credential-Service-Url, x",
        "200, Content-Encoding, gzip",
        "200, Content-Length, 0",
        "200, Content-Type, application/vnd.ms-sync.wbxml",
        "200, MS-ASProtocolVersions, '2.5,12.1,16.1'",
        "200, X-MS-RP, '2.0,16.1'",
        "503, Retry-After, 120",
        "507, X-MS-ASThrottle, RecentCommands"
    })
    void theRestIs(int status, String name, String value) {
        ResponseHeaders heard = answered(status, name, value);

        assertThat(heard.status().code()).isEqualTo(status);
        assertThat(heard.getAll(name)).isEqualTo(List.of(value));
    }

    @Test
    void aPhoneHearsOfNoVersionThatWouldBeRefused() {
        Turnaround rules = rules(Optional.empty(), ActiveSyncVersion.read("16.1"));

        assertThat(answered(rules, 200, "MS-ASProtocolVersions", "2.5,12.1,14.1,16.0,16.1")
                        .get("ms-asprotocolversions"))
                .isEqualTo("16.1");
    }
}
