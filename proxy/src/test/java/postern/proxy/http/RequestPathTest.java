package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 38: a path is what it looks like, however often somebody behind us decodes it. */
class RequestPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/Microsoft-Server-ActiveSync",
                "/Microsoft-Server-ActiveSync/default.eas",
                "/dav/ada@example.org/Calendar/",
                "/dav/ada%40example.org/caf%C3%A9/1.ics",
                "/.well-known/autoconfig/mail/config-v1.1.xml",
                "/a...b/~x"
            })
    void aPlainPathIsOne(String raw) {
        assertThat(RequestPath.read(raw)).map(RequestPath::text).contains(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Microsoft-Server-ActiveSync",
                "http://mail.example.org/Microsoft-Server-ActiveSync",
                "//Microsoft-Server-ActiveSync",
                "/Microsoft-Server-ActiveSync//",
                "/Microsoft-Server-ActiveSync/../owa/",
                "/Microsoft-Server-ActiveSync/./owa/",
                "/Microsoft-Server-ActiveSync/..",
                "/Microsoft-Server-ActiveSync/%2e%2e/owa/",
                "/Microsoft-Server-ActiveSync/.%2e/owa/",
                "/Microsoft-Server-ActiveSync/%2E./owa/",
                "/Microsoft-Server-ActiveSync/%252e%252e/owa/",
                "/Microsoft-Server-ActiveSync%2f..%2fowa",
                "/Microsoft-Server-ActiveSync%5c..%5cowa",
                "/Microsoft-Server-ActiveSync\\..\\owa",
                "/Microsoft-Server-ActiveSync;x=/owa/",
                "/Microsoft-Server-ActiveSync;/../owa",
                "/Microsoft-Server-ActiveSync%3b/owa",
                "/Microsoft-Server-ActiveSync%00",
                "/Microsoft-Server-ActiveSync%0d%0ax",
                "/Microsoft-Server-ActiveSync%7f",
                "/Microsoft-Server-ActiveSync%",
                "/Microsoft-Server-ActiveSync%4",
                "/Microsoft-Server-ActiveSync%zz",
                "/Microsoft-Server-ActiveSync#x",
                "/Microsoft-Server-ActiveSync x"
            })
    void whatCouldBecomeAnotherIsNone(String raw) {
        assertThat(RequestPath.read(raw)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/davs", "/dav2/x", "/DAV"})
    void whatOnlyBeginsLikeItDoesNotLieBelow(String raw) {
        assertThat(RequestPath.read(raw).orElseThrow().isWithin("/dav")).isFalse();
        assertThat(RequestPath.read("/dav/x").orElseThrow().isWithin("/dav")).isTrue();
    }
}
